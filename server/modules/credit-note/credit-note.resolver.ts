import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { sentFields } from "../../platform/input-problems";
import type { RequestContext } from "../../platform/request-context";
import { creditGrantsById } from "../credit";
import { type CreditOf, type Invoice, type InvoiceLine, InvoiceLineType, InvoiceType } from "../invoice";
import { RefundType, refundsById } from "../receivable";
import { refusedWithAmounts } from "./above-creditable";
import { createCreditNote, creditInvoice } from "./create-credit-note";
import { creditAndReissueInvoice } from "./credit-and-reissue-invoice";
import {
  CreateCreditNoteInput,
  CreditAndReissueInvoiceInput,
  CreditInvoiceInput,
  DeleteCreditNoteInput,
  PreviewCreditNoteInput,
  RecordRefundInput,
  toAskedLines,
  UpdateCreditNoteInput,
} from "./credit-note.inputs";
import {
  CreateCreditNoteResult,
  CreateCreditNoteSuccess,
  CreditAndReissueInvoiceResult,
  CreditAndReissueInvoiceSuccess,
  CreditableAmountType,
  CreditCategoryEnum,
  CreditEffectEnum,
  CreditInvoiceResult,
  CreditInvoiceSuccess,
  CreditServiceEnum,
  DeleteCreditNoteResult,
  DeleteCreditNoteSuccess,
  PreviewCreditNoteResult,
  RecordRefundResult,
  RecordRefundSuccess,
  UpdateCreditNoteResult,
  UpdateCreditNoteSuccess,
} from "./credit-note.types";
import { deleteCreditNote } from "./delete-credit-note";
import { previewCreditNote } from "./preview-credit-note";
import {
  creditedOfLine,
  creditedTotalOf,
  creditNoteOf,
  creditNotesOf,
  remainingOf,
  remainingOfLine,
  toAmounts,
  totalsOfPreview,
} from "./read-credit-notes";
import { recordRefund } from "./record-refund";
import { updateCreditNote } from "./update-credit-note";

@Resolver()
export class CreditNoteResolver {
  @Query(() => PreviewCreditNoteResult, {
    description: "What a credit note over some lines of an issued invoice would take back. Saves nothing.",
  })
  async previewCreditNote(
    @Arg("input", () => PreviewCreditNoteInput) { invoiceId, lines }: PreviewCreditNoteInput,
    @Ctx() context: RequestContext,
  ) {
    const previewed = await previewCreditNote(context, { invoiceId, lines: toAskedLines(lines) });
    if (!previewed.ok) return refusedWithAmounts(previewed);
    const { invoice, credits } = previewed.value;
    const { currency: code, documentKind } = invoice;
    return {
      __typename: "PreviewCreditNoteSuccess",
      ...totalsOfPreview(credits, code),
      lines: credits.map(({ line, amounts }: CreditOf) => ({
        ...toAmounts(amounts, { currency: code }),
        line: { ...line, currency: code, documentKind },
        creditGrant: () => line.creditGrantId && context.mustLoad(creditGrantsById, line.creditGrantId),
      })),
    };
  }

  @Mutation(() => CreateCreditNoteResult, {
    description:
      "Makes the draft of a credit note over some lines of an issued invoice. Look at it, change it, or finalize it like an invoice.",
  })
  async createCreditNote(
    @Arg("input", () => CreateCreditNoteInput) { lines, ...given }: CreateCreditNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return answer("CreateCreditNoteSuccess", await createCreditNote(context, { ...given, lines: toAskedLines(lines) }));
  }

  @Mutation(() => CreditInvoiceResult, {
    description: "Makes the draft of a credit note over all that is left of an issued invoice.",
  })
  async creditInvoice(
    @Arg("input", () => CreditInvoiceInput) input: CreditInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer("CreditInvoiceSuccess", await creditInvoice(context, { ...input }));
  }

  @Mutation(() => CreditAndReissueInvoiceResult, {
    description:
      "Makes the drafts of a credit note over a whole invoice and of the invoice that replaces it, as the contract bills it by now, at the tax and exchange rates of the original.",
  })
  async creditAndReissueInvoice(
    @Arg("input", () => CreditAndReissueInvoiceInput) input: CreditAndReissueInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer("CreditAndReissueInvoiceSuccess", await creditAndReissueInvoice(context, { ...input }));
  }

  @Mutation(() => UpdateCreditNoteResult, { description: "Changes the draft of a credit note that people made." })
  async updateCreditNote(
    @Arg("input", () => UpdateCreditNoteInput) input: UpdateCreditNoteInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, lines, effect, category, reason, serviceTiming } = input;
    const changes = sentFields({
      effect: effect ?? undefined,
      category: category ?? undefined,
      reason: reason ?? undefined,
      serviceTiming: serviceTiming ?? undefined,
      lines: lines === undefined ? undefined : toAskedLines(lines),
    });
    return answer(
      "UpdateCreditNoteSuccess",
      await updateCreditNote(context, { ...(changes as object), id, version, idempotencyKey }),
    );
  }

  @Mutation(() => DeleteCreditNoteResult, {
    description:
      "Deletes the draft of a credit note that people made; with one over a whole invoice the draft that was to replace it.",
  })
  async deleteCreditNote(
    @Arg("input", () => DeleteCreditNoteInput) input: DeleteCreditNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DeleteCreditNoteSuccess", await deleteCreditNote(context, { ...input }));
  }

  @Mutation(() => RecordRefundResult, {
    description:
      "Writes that money went back to a customer: what is left of a credit note, or of all its payments and credit notes. Pays nothing by itself.",
  })
  async recordRefund(@Arg("input", () => RecordRefundInput) input: RecordRefundInput, @Ctx() context: RequestContext) {
    const { creditNoteId, customerId, currency: code, reference, ...given } = input;
    const refund = {
      ...given,
      creditNoteId: creditNoteId ?? null,
      customerId: customerId ?? null,
      currency: code ?? null,
      reference: reference ?? null,
    };
    return toUnion("RecordRefundSuccess", await recordRefund(context, refund));
  }
}

const answer = (success: string, result: Parameters<typeof toUnion>[1]): object =>
  result.ok ? toUnion(success, result) : refusedWithAmounts(result);

@Resolver(() => InvoiceType)
export class CreditsOfInvoiceResolver {
  @FieldResolver(() => CreditEffectEnum, { nullable: true, description: "Of a credit note alone." })
  creditEffect(@Root() { creditEffect }: Invoice) {
    return creditEffect;
  }

  @FieldResolver(() => CreditCategoryEnum, {
    nullable: true,
    description: "Of a credit note that people made; null where the calculation did, as usage came late.",
  })
  creditCategory(@Root() { creditCategory }: Invoice) {
    return creditCategory;
  }

  @FieldResolver(() => String, { nullable: true, description: "Of a credit note that people made: why." })
  creditReason(@Root() { creditReason }: Invoice) {
    return creditReason;
  }

  @FieldResolver(() => CreditServiceEnum, { nullable: true, description: "Of a credit note that people made." })
  creditServiceTiming(@Root() { creditService }: Invoice) {
    return creditService;
  }

  @FieldResolver(() => [InvoiceType], {
    description: "The credit notes over it, drafts among them, in the order in which they were made; voided ones not.",
  })
  creditNotes(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return creditNotesOf(context, id);
  }

  @FieldResolver(() => CreditableAmountType, {
    nullable: true,
    description: "What issued credit notes gave back; above zero. null for credit notes and for what is not issued.",
  })
  creditedTotal(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return creditedTotalOf(context, invoice);
  }

  @FieldResolver(() => CreditableAmountType, {
    nullable: true,
    description: "What can still be credited. null for credit notes, for what is not issued, and for what is void.",
  })
  remainingCreditable(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return remainingOf(context, invoice);
  }
}

type LineOfInvoice = InvoiceLine & Pick<Invoice, "currency">;

@Resolver(() => InvoiceLineType)
export class CreditsOfLineResolver {
  @FieldResolver(() => ID, { nullable: true, description: "On a credit note: the line that it takes back." })
  correctsLineId(@Root() { correctsLineId }: LineOfInvoice) {
    return correctsLineId;
  }

  @FieldResolver(() => CreditableAmountType, {
    nullable: true,
    description:
      "What issued credit notes gave back of it, with its sign. null on credit notes and on what is not issued.",
  })
  credited(@Root() line: LineOfInvoice, @Ctx() context: RequestContext) {
    return creditedOfLine(context, line);
  }

  @FieldResolver(() => CreditableAmountType, {
    nullable: true,
    description:
      "What can still be credited of it, with its sign. null also for what prepaid credits pay: it comes back with what it pays.",
  })
  remainingCreditable(@Root() line: LineOfInvoice, @Ctx() context: RequestContext) {
    return remainingOfLine(context, line);
  }
}

type Made = { readonly creditNoteId: string };

/** The same field on each success. */
const successResolver = (of: () => new () => Made) => {
  @Resolver(of)
  class SuccessResolver {
    @FieldResolver(() => InvoiceType, { description: "As it is now." })
    creditNote(@Root() { creditNoteId }: Made, @Ctx() context: RequestContext) {
      return creditNoteOf(context, creditNoteId);
    }
  }
  return SuccessResolver;
};

export const CreateCreditNoteSuccessResolver = successResolver(() => CreateCreditNoteSuccess);
export const CreditInvoiceSuccessResolver = successResolver(() => CreditInvoiceSuccess);
export const UpdateCreditNoteSuccessResolver = successResolver(() => UpdateCreditNoteSuccess);
export const CreditAndReissueNoteResolver = successResolver(() => CreditAndReissueInvoiceSuccess);

@Resolver(() => CreditAndReissueInvoiceSuccess)
export class CreditAndReissueInvoiceSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "The draft that replaces the credited invoice." })
  reissue(@Root() { reissueId }: CreditAndReissueInvoiceSuccess, @Ctx() context: RequestContext) {
    return creditNoteOf(context, reissueId);
  }
}

@Resolver(() => DeleteCreditNoteSuccess)
export class DeleteCreditNoteSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "The invoice that it was over." })
  invoice(@Root() { invoiceId }: DeleteCreditNoteSuccess, @Ctx() context: RequestContext) {
    return creditNoteOf(context, invoiceId);
  }
}

@Resolver(() => RecordRefundSuccess)
export class RecordRefundSuccessResolver {
  @FieldResolver(() => RefundType)
  refund(@Root() { refundId }: RecordRefundSuccess, @Ctx() context: RequestContext) {
    return context.mustLoad(refundsById, refundId);
  }
}
