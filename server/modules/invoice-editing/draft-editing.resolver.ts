import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { ProductType, productsById } from "../catalog";
import { type Invoice, InvoiceType, ServicePeriod, withLastDay } from "../invoice";
import { addManualLine } from "./add-manual-line";
import { createOneOffInvoice } from "./create-one-off-invoice";
import { deleteDraftInvoices } from "./delete-draft-invoices";
import {
  AddManualLineInput,
  CreateOneOffInvoiceInput,
  DeleteDraftInvoicesInput,
  MergeDraftInvoicesInput,
  RemoveManualLineInput,
  SplitDraftInvoiceInput,
  toAskedLine,
  UndoDraftPlacementInput,
  UpdateDraftInvoiceInput,
  UpdateManualLineInput,
} from "./invoice-editing.inputs";
import {
  AddManualLineResult,
  AddManualLineSuccess,
  CreateOneOffInvoiceResult,
  CreateOneOffInvoiceSuccess,
  DeleteDraftInvoicesResult,
  ManualLineType,
  MergeDraftInvoicesResult,
  MergeDraftInvoicesSuccess,
  RemoveManualLineResult,
  RemoveManualLineSuccess,
  SplitDraftInvoiceResult,
  SplitDraftInvoiceSuccess,
  UndoDraftPlacementResult,
  UndoDraftPlacementSuccess,
  UpdateDraftInvoiceResult,
  UpdateDraftInvoiceSuccess,
  UpdateManualLineResult,
  UpdateManualLineSuccess,
} from "./invoice-editing.types";
import type { ManualLine } from "./manual-line";
import { mergeDraftInvoices } from "./merge-draft-invoices";
import { invoiceOf, manualLinesOf } from "./read-editing";
import { removeManualLine } from "./remove-manual-line";
import { splitDraftInvoice } from "./split-draft-invoice";
import { undoDraftPlacement } from "./undo-draft-placement";
import { updateDraftInvoice } from "./update-draft-invoice";
import { updateManualLine } from "./update-manual-line";

@Resolver()
export class DraftEditingResolver {
  @Mutation(() => AddManualLineResult, { description: "Adds a line to a draft." })
  async addManualLine(
    @Arg("input", () => AddManualLineInput) input: AddManualLineInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("AddManualLineSuccess", await addManualLine(context, { ...input, line: toAskedLine(input.line) }));
  }

  @Mutation(() => UpdateManualLineResult, { description: "Changes a line that people wrote." })
  async updateManualLine(
    @Arg("input", () => UpdateManualLineInput) {
      id,
      version,
      reason,
      idempotencyKey,
      ...changes
    }: UpdateManualLineInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "UpdateManualLineSuccess",
      await updateManualLine(context, { id, version, reason, idempotencyKey, changes }),
    );
  }

  @Mutation(() => RemoveManualLineResult, { description: "Takes a line that people wrote off its draft." })
  async removeManualLine(
    @Arg("input", () => RemoveManualLineInput) input: RemoveManualLineInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RemoveManualLineSuccess", await removeManualLine(context, { ...input }));
  }

  @Mutation(() => UpdateDraftInvoiceResult, {
    description: "Sets memo, PO number and note of a draft; recalculations keep them.",
  })
  async updateDraftInvoice(
    @Arg("input", () => UpdateDraftInvoiceInput) {
      invoiceId,
      version,
      reason,
      idempotencyKey,
      ...changes
    }: UpdateDraftInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    const updated = await updateDraftInvoice(context, { invoiceId, version, reason, idempotencyKey, changes });
    return toUnion("UpdateDraftInvoiceSuccess", updated);
  }

  @Mutation(() => MergeDraftInvoicesResult, {
    description: "Brings drafts of one customer together on one of them; later calculations keep to it.",
  })
  async mergeDraftInvoices(
    @Arg("input", () => MergeDraftInvoicesInput) input: MergeDraftInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("MergeDraftInvoicesSuccess", await mergeDraftInvoices(context, { ...input }));
  }

  @Mutation(() => CreateOneOffInvoiceResult, {
    description: "Makes a draft of no contract, with lines that people write.",
  })
  async createOneOffInvoice(
    @Arg("input", () => CreateOneOffInvoiceInput) input: CreateOneOffInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "CreateOneOffInvoiceSuccess",
      await createOneOffInvoice(context, {
        ...input,
        currency: input.currency ?? null,
        poNumber: input.poNumber ?? null,
        memo: input.memo ?? null,
        lines: input.lines.map(toAskedLine),
      }),
    );
  }

  @Mutation(() => SplitDraftInvoiceResult, {
    description: "Takes lines off a draft and puts them on a new one; later calculations keep to it.",
  })
  async splitDraftInvoice(
    @Arg("input", () => SplitDraftInvoiceInput) input: SplitDraftInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SplitDraftInvoiceSuccess", await splitDraftInvoice(context, { ...input }));
  }

  @Mutation(() => UndoDraftPlacementResult, {
    description: "Undoes a merge or a split: what contracts bill goes back to the drafts where it belongs by rule.",
  })
  async undoDraftPlacement(
    @Arg("input", () => UndoDraftPlacementInput) input: UndoDraftPlacementInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("UndoDraftPlacementSuccess", await undoDraftPlacement(context, { ...input }));
  }

  @Mutation(() => DeleteDraftInvoicesResult, {
    description:
      "Deletes drafts of which nothing is owed, with what people wrote on them; all that are named, or none.",
  })
  async deleteDraftInvoices(
    @Arg("input", () => DeleteDraftInvoicesInput) input: DeleteDraftInvoicesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DeleteDraftInvoicesSuccess", await deleteDraftInvoices(context, { ...input }));
  }
}

type LineOfDraft = ManualLine & Pick<Invoice, "currency">;

@Resolver(() => ManualLineType)
export class ManualLineResolver {
  @FieldResolver(() => ProductType)
  product(@Root() { productId }: LineOfDraft, @Ctx() context: RequestContext) {
    return context.mustLoad(productsById, productId);
  }

  @FieldResolver(() => ServicePeriod)
  servicePeriod(@Root() { serviceStartsOn, serviceEndsBefore }: LineOfDraft) {
    return withLastDay({ startsOn: serviceStartsOn, endsBefore: serviceEndsBefore });
  }

  @FieldResolver(() => MoneyType, { description: "Net; with the tax where prices of the invoice include it." })
  amount(@Root() { amount, currency }: LineOfDraft) {
    return toMoney(amount, currency);
  }
}

@Resolver(() => InvoiceType)
export class InvoiceManualLinesResolver {
  @FieldResolver(() => [ManualLineType], { description: "What people wrote on it, in order." })
  async manualLines(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    const { currency } = invoice;
    return (await manualLinesOf(context, invoice)).map((line) => ({ ...line, currency }));
  }
}

@Resolver(() => AddManualLineSuccess)
export class AddManualLineSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: AddManualLineSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => UpdateManualLineSuccess)
export class UpdateManualLineSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: UpdateManualLineSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => RemoveManualLineSuccess)
export class RemoveManualLineSuccessResolver {
  @FieldResolver(() => InvoiceType, { nullable: true, description: "As it is then; null where nothing is left of it." })
  invoice(@Root() { invoiceId }: RemoveManualLineSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => UpdateDraftInvoiceSuccess)
export class UpdateDraftInvoiceSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: UpdateDraftInvoiceSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => MergeDraftInvoicesSuccess)
export class MergeDraftInvoicesSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: MergeDraftInvoicesSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => CreateOneOffInvoiceSuccess)
export class CreateOneOffInvoiceSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: CreateOneOffInvoiceSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => SplitDraftInvoiceSuccess)
export class SplitDraftInvoiceSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "With what stays." })
  invoice(@Root() { invoiceId }: SplitDraftInvoiceSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }

  @FieldResolver(() => InvoiceType, { description: "With what was taken off." })
  newInvoice(@Root() { newInvoiceId }: SplitDraftInvoiceSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, newInvoiceId);
  }
}

@Resolver(() => UndoDraftPlacementSuccess)
export class UndoDraftPlacementSuccessResolver {
  @FieldResolver(() => [InvoiceType], { description: "The drafts on which its lines stand now." })
  invoices(@Root() { invoiceIds }: UndoDraftPlacementSuccess, @Ctx() context: RequestContext) {
    return Promise.all(invoiceIds.map((id) => invoiceOf(context, id)));
  }
}
