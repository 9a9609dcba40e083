import { createUnionType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { commandRefusals, resultUnion, UserError } from "../../platform/graphql/errors";
import { DecimalScalar, MoneyType } from "../../platform/graphql/scalars";
import { CreditGrantType } from "../credit";
import { InvoiceLineType } from "../invoice";

export const CreditEffectEnum = { REISSUE: "reissue", CORRECTION: "correction", FINAL: "final" } as const;
registerEnumType(CreditEffectEnum, {
  name: "CreditEffect",
  description: "What becomes of an amount that a credit note takes back.",
  valuesConfig: {
    REISSUE: { description: "The whole invoice is billed again by another one." },
    CORRECTION: {
      description:
        "It counts as not billed any more: the next calculation bills again what is still owed, such as at the right price.",
    },
    FINAL: { description: "It stays billed and given back: nothing is billed again." },
  },
});

export const CreditCategoryEnum = {
  PRICE_ERROR: "price_error",
  SERVICE_FAILURE: "service_failure",
  GOODWILL: "goodwill",
  CANCELLATION: "cancellation",
  DUPLICATE: "duplicate",
  OTHER: "other",
} as const;
registerEnumType(CreditCategoryEnum, {
  name: "CreditCategory",
  description: "Why an invoice is credited.",
  valuesConfig: {
    PRICE_ERROR: { description: "The price, or what it was applied to, was wrong." },
    SERVICE_FAILURE: { description: "What was delivered was not as agreed." },
    GOODWILL: { description: "It was owed, and is given back all the same." },
    CANCELLATION: { description: "The customer has left, or takes less." },
    DUPLICATE: { description: "It was invoiced twice." },
    OTHER: { description: "The reason says it alone." },
  },
});

export const CreditServiceEnum = { FUTURE_SERVICE: "future_service", PAST_SERVICE: "past_service" } as const;
registerEnumType(CreditServiceEnum, {
  name: "CreditServiceTiming",
  description: "Whose revenue a credit takes back.",
  valuesConfig: {
    FUTURE_SERVICE: { description: "Of service that is still to come: what is deferred goes first." },
    PAST_SERVICE: { description: "Of service that was delivered: revenue is reversed." },
  },
});

@ObjectType("CreditableAmount", {
  description: "What can still be credited of a line; drafts of credit notes count as if they were issued.",
  simpleResolvers: true,
})
export class CreditableAmountType {
  @Field(() => MoneyType) net!: MoneyType;
  @Field(() => MoneyType) tax!: MoneyType;
  @Field(() => MoneyType, { description: "Net and tax." }) gross!: MoneyType;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Units; null where the line has none, or mere amounts of it were credited.",
  })
  quantity!: string | null;
}

@ObjectType("LineLeftToCredit", { description: "A line, and what of it can still be credited.", simpleResolvers: true })
export class LineLeftToCredit {
  @Field(() => ID) lineId!: string;
  @Field(() => String) description!: string;
  @Field(() => CreditableAmountType) left!: CreditableAmountType;
}

@ObjectType({
  implements: UserError,
  description: "More was asked for than is left of a line.",
  simpleResolvers: true,
})
export class AboveCreditable extends UserError {
  @Field(() => [LineLeftToCredit], { description: "The lines of which too much was asked for." })
  left!: readonly LineLeftToCredit[];
}

/** Answers that may also say what is left. */
const creditUnion = <T extends object>(name: string, success: () => new () => T) =>
  createUnionType({
    name,
    description: "What came of it: its success, or why nothing was changed.",
    types: () => [success(), AboveCreditable, ...commandRefusals] as const,
    resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
  });

@ObjectType({ description: "The draft of the credit note was made." })
export class CreateCreditNoteSuccess {
  creditNoteId!: string;
}
export const CreateCreditNoteResult = creditUnion("CreateCreditNoteResult", () => CreateCreditNoteSuccess);

@ObjectType({ description: "The draft of the credit note over all that was left was made." })
export class CreditInvoiceSuccess {
  creditNoteId!: string;
}
export const CreditInvoiceResult = creditUnion("CreditInvoiceResult", () => CreditInvoiceSuccess);

@ObjectType({ description: "The draft of the credit note was changed." })
export class UpdateCreditNoteSuccess {
  creditNoteId!: string;
}
export const UpdateCreditNoteResult = creditUnion("UpdateCreditNoteResult", () => UpdateCreditNoteSuccess);

@ObjectType({
  description: "The drafts of the credit note and of the invoice that replaces what it credits were made.",
})
export class CreditAndReissueInvoiceSuccess {
  creditNoteId!: string;
  reissueId!: string;
}
export const CreditAndReissueInvoiceResult = creditUnion(
  "CreditAndReissueInvoiceResult",
  () => CreditAndReissueInvoiceSuccess,
);

@ObjectType({ description: "The draft of the credit note is gone." })
export class DeleteCreditNoteSuccess {
  invoiceId!: string;
}
export const DeleteCreditNoteResult = resultUnion("DeleteCreditNoteResult", () => DeleteCreditNoteSuccess);

@ObjectType({ description: "The refund was recorded." })
export class RecordRefundSuccess {
  refundId!: string;
}
export const RecordRefundResult = resultUnion("RecordRefundResult", () => RecordRefundSuccess);

@ObjectType("PreviewedCredit", {
  description: "What a credit note would take back of a line; above zero where it gives something back.",
  simpleResolvers: true,
})
export class PreviewedCredit {
  @Field(() => InvoiceLineType, { description: "As it was billed." }) line!: object;
  @Field(() => DecimalScalar, { nullable: true, description: "Units; null where a mere amount is credited." })
  quantity!: string | null;
  @Field(() => MoneyType) net!: MoneyType;
  @Field(() => MoneyType) tax!: MoneyType;
  @Field(() => MoneyType) gross!: MoneyType;
  @Field(() => CreditGrantType, {
    nullable: true,
    description: "Of a line that prepaid credits paid: the grant to which it comes back.",
  })
  creditGrant!: object | null;
}

@ObjectType({ description: "What the credit note would say. Nothing was saved.", simpleResolvers: true })
export class PreviewCreditNoteSuccess {
  @Field(() => MoneyType, { description: "Above zero: what is given back." }) net!: MoneyType;
  @Field(() => MoneyType) tax!: MoneyType;
  @Field(() => MoneyType) gross!: MoneyType;
  @Field(() => [PreviewedCredit]) lines!: readonly PreviewedCredit[];
}
export const PreviewCreditNoteResult = creditUnion("PreviewCreditNoteResult", () => PreviewCreditNoteSuccess);
