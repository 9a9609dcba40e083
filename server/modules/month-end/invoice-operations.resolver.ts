import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { OperationType, operationsById } from "../operation";
import {
  DraftInvoicesInput,
  FinalizeInvoicesInput,
  RecalculateInvoicesInput,
  RemindInvoicesInput,
  SendInvoicesInput,
  SyncInvoicesInput,
  toRequest,
  VoidInvoicesInput,
} from "./invoice-operations.inputs";
import {
  DraftInvoicesResult,
  DraftInvoicesSuccess,
  FinalizeInvoicesResult,
  FinalizeInvoicesSuccess,
  RecalculateInvoicesResult,
  RecalculateInvoicesSuccess,
  RemindInvoicesResult,
  RemindInvoicesSuccess,
  SendInvoicesResult,
  SendInvoicesSuccess,
  SyncInvoicesResult,
  SyncInvoicesSuccess,
  VoidInvoicesResult,
  VoidInvoicesSuccess,
} from "./invoice-operations.types";
import {
  draftInvoices,
  finalizeInvoices,
  recalculateInvoices,
  remindInvoices,
  sendInvoices,
  syncInvoices,
  voidInvoices,
} from "./request-invoice-operations";

@Resolver()
export class InvoiceOperationsResolver {
  @Mutation(() => DraftInvoicesResult, { description: "Drafts what has fallen due, for all active contracts." })
  async draftInvoices(
    @Arg("input", () => DraftInvoicesInput) { asOf = null, includeRunning, idempotencyKey }: DraftInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DraftInvoicesSuccess", await draftInvoices(context, { asOf, includeRunning, idempotencyKey }));
  }

  @Mutation(() => RecalculateInvoicesResult, {
    description: "Calculates drafts anew; unchanged inputs change nothing.",
  })
  async recalculateInvoices(
    @Arg("input", () => RecalculateInvoicesInput) input: RecalculateInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RecalculateInvoicesSuccess", await recalculateInvoices(context, toRequest(input)));
  }

  @Mutation(() => FinalizeInvoicesResult, { description: "Issues drafts: numbers, days, documents; for good." })
  async finalizeInvoices(
    @Arg("input", () => FinalizeInvoicesInput) input: FinalizeInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("FinalizeInvoicesSuccess", await finalizeInvoices(context, toRequest(input)));
  }

  @Mutation(() => SendInvoicesResult, {
    description: "Mails issued invoices. A draft in the selection is skipped, and so is what was sent before.",
  })
  async sendInvoices(@Arg("input", () => SendInvoicesInput) input: SendInvoicesInput, @Ctx() context: RequestContext) {
    return toUnion("SendInvoicesSuccess", await sendInvoices(context, toRequest(input)));
  }

  @Mutation(() => VoidInvoicesResult, {
    description:
      "Withdraws issued invoices that were never sent, viewed, paid or credited, in months that are not closed. Numbers and PDFs stay, marked void; what else was issued is credited instead.",
  })
  async voidInvoices(@Arg("input", () => VoidInvoicesInput) input: VoidInvoicesInput, @Ctx() context: RequestContext) {
    return toUnion("VoidInvoicesSuccess", await voidInvoices(context, { ...toRequest(input), reason: input.reason }));
  }

  @Mutation(() => SyncInvoicesResult, {
    description:
      "Brings issued documents into the connected books now, those that failed before included. What is there already is skipped.",
  })
  async syncInvoices(@Arg("input", () => SyncInvoicesInput) input: SyncInvoicesInput, @Ctx() context: RequestContext) {
    return toUnion("SyncInvoicesSuccess", await syncInvoices(context, toRequest(input)));
  }

  @Mutation(() => RemindInvoicesResult, {
    description:
      "Reminds customers of what is overdue: one mail for a customer, about all of the selection. An invoice whose next level has not come is skipped.",
  })
  async remindInvoices(
    @Arg("input", () => RemindInvoicesInput) input: RemindInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RemindInvoicesSuccess", await remindInvoices(context, toRequest(input)));
  }
}

type Requested = { readonly operationId: string };

const operationOf = ({ operationId }: Requested, context: RequestContext) =>
  context.mustLoad(operationsById, operationId);

@Resolver(() => DraftInvoicesSuccess)
export class DraftInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: DraftInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}

@Resolver(() => RecalculateInvoicesSuccess)
export class RecalculateInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: RecalculateInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}

@Resolver(() => FinalizeInvoicesSuccess)
export class FinalizeInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: FinalizeInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}

@Resolver(() => SendInvoicesSuccess)
export class SendInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: SendInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}

@Resolver(() => VoidInvoicesSuccess)
export class VoidInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: VoidInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}

@Resolver(() => RemindInvoicesSuccess)
export class RemindInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: RemindInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}

@Resolver(() => SyncInvoicesSuccess)
export class SyncInvoicesSuccessResolver {
  @FieldResolver(() => OperationType)
  operation(@Root() success: SyncInvoicesSuccess, @Ctx() context: RequestContext) {
    return operationOf(success, context);
  }
}
