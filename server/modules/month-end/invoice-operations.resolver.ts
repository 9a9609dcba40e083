import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { OperationType, operationsById } from "../operation";
import {
  DraftInvoicesInput,
  FinalizeInvoicesInput,
  RecalculateInvoicesInput,
  SendInvoicesInput,
  toRequest,
} from "./invoice-operations.inputs";
import {
  DraftInvoicesResult,
  DraftInvoicesSuccess,
  FinalizeInvoicesResult,
  FinalizeInvoicesSuccess,
  RecalculateInvoicesResult,
  RecalculateInvoicesSuccess,
  SendInvoicesResult,
  SendInvoicesSuccess,
} from "./invoice-operations.types";
import { draftInvoices, finalizeInvoices, recalculateInvoices, sendInvoices } from "./request-invoice-operations";

@Resolver()
export class InvoiceOperationsResolver {
  @Mutation(() => DraftInvoicesResult, { description: "Drafts what has fallen due, for all active contracts." })
  async draftInvoices(
    @Arg("input", () => DraftInvoicesInput) { asOf = null, idempotencyKey }: DraftInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DraftInvoicesSuccess", await draftInvoices(context, { asOf, idempotencyKey }));
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
