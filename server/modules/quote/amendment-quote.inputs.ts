import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { UnusedTime } from "../../domain/contract/amendment";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import {
  AmendedChargeInput,
  ChangeDiscountsInput,
  ChangePriceInput,
  ChangeQuantityInput,
  ContractDiscountInput,
  changeOfTermsOf,
  EndBoundInput,
  EndDiscountInput,
  ExtendInput,
  givenIn,
  SpendBoundInput,
  UnusedTimeEnum,
} from "../contract";
import type { NewAmendmentQuote } from "./create-amendment-quote";
import type { AmendmentPreviewAsked } from "./preview-amendment-quote";
import type { AskedAmendment, AskedChange } from "./read-asked-amendment";
import type { AmendmentEdit } from "./update-amendment-quote";

const LINEAGE = "The price lineage of a line that the contract bills on the day.";

@InputType({ description: "One price, as a change of a contract adds it." })
export class QuoteChangedLineInput extends AmendedChargeInput {}

@InputType({ description: "Something more." })
export class AddLineInput {
  @Field(() => QuoteChangedLineInput, { description: "Of a lineage that is not billed on those days." })
  line!: QuoteChangedLineInput;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last on which it is billed; default: as long as the contract.",
  })
  endsBefore?: PlainDate | null;
}

@InputType({ description: "Something less." })
export class RemoveLineInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
}

@InputType({ description: "An upgrade or downgrade to another product or price. The lineage stays." })
export class ReplaceLineInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
  @Field(() => QuoteChangedLineInput, { description: "What is billed in its place." }) line!: QuoteChangedLineInput;
}

@InputType({ description: "A further term after the present one, effective on the day after its last." })
export class RenewInput {
  @Field(() => Int, { description: "Of the further term, 1 to 120." }) months!: number;
  @Field(() => PercentScalar, { nullable: true, description: "From 0 to 100, put on every recurring price." })
  upliftPercent?: Decimal | null;
}

@InputType({ description: "A change of a running contract: exactly one of these." })
export class QuoteChangeInput {
  @Field(() => AddLineInput, { nullable: true, description: "Something more." }) addLine?: AddLineInput | null;
  @Field(() => RemoveLineInput, { nullable: true, description: "Something less." })
  removeLine?: RemoveLineInput | null;
  @Field(() => ReplaceLineInput, { nullable: true, description: "An upgrade or downgrade." })
  replaceLine?: ReplaceLineInput | null;
  @Field(() => ChangeQuantityInput, { nullable: true, description: "More or less of the same." })
  changeQuantity?: ChangeQuantityInput | null;
  @Field(() => ChangePriceInput, { nullable: true, description: "The same at another price." })
  changePrice?: ChangePriceInput | null;
  @Field(() => ChangeDiscountsInput, { nullable: true, description: "Other discounts of a line." })
  changeDiscounts?: ChangeDiscountsInput | null;
  @Field(() => SpendBoundInput, { nullable: true, description: "From the day of the changes, or a later one." })
  addMinimum?: SpendBoundInput | null;
  @Field(() => SpendBoundInput, { nullable: true, description: "From the day of the changes, or a later one." })
  addMaximum?: SpendBoundInput | null;
  @Field(() => EndBoundInput, { nullable: true, description: "A minimum or maximum no longer holds." })
  endBound?: EndBoundInput | null;
  @Field(() => ContractDiscountInput, { nullable: true, description: "From the day of the changes, or a later one." })
  addDiscount?: ContractDiscountInput | null;
  @Field(() => EndDiscountInput, { nullable: true, description: "A discount of the contract is no longer given." })
  endDiscount?: EndDiscountInput | null;
  @Field(() => ExtendInput, { nullable: true, description: "A longer term." }) extend?: ExtendInput | null;
  @Field(() => RenewInput, {
    nullable: true,
    description: "A further term. It comes first: the others then hold in it.",
  })
  renew?: RenewInput | null;
}

@InputType({ description: "What a quote changes of a running contract. A draft may have no changes yet." })
export class AmendmentTermsInput {
  @Field(() => String, { nullable: true, description: "As people call it; default: the name of the contract." })
  name?: string | null;
  @Field(() => PlainDateScalar, {
    description: "The day from which the changes hold; of a renewal the day after the last of the present term.",
  })
  effectiveOn!: PlainDate;
  @Field(() => UnusedTimeEnum, {
    defaultValue: "credit",
    description: "What becomes of time that was billed in advance.",
  })
  unusedTime!: UnusedTime;
  @Field(() => String, { description: "Why, in your words; it stays with the amendment." }) reason!: string;
  @Field(() => String, { nullable: true, description: "Printed on the document; up to 10,000 characters." })
  notes?: string | null;
  @Field(() => [QuoteChangeInput], { defaultValue: [], description: "Made in this order." })
  changes!: QuoteChangeInput[];
}

@InputType({ description: "A quote for a change of a running contract." })
export class CreateAmendmentQuoteInput {
  @Field(() => ID, { description: "The contract that is to change." }) contractId!: string;
  @Field(() => AmendmentTermsInput, { description: "What is to change." }) terms!: AmendmentTermsInput;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day on which it can be signed." })
  expiresOn?: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "The member who looks after it; default: whoever makes it." })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: "Its id in another system, such as the CRM; unique." })
  externalId?: string | null;
  @Field(() => String, { nullable: true, description: "The deal of the CRM." }) deal?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Other changes in the place of all that an amendment quote has." })
export class UpdateAmendmentQuoteInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { description: "The ordinal of the version that the edit was made on." }) versionOrdinal!: number;
  @Field(() => Int, { description: "The revision of that version." }) revision!: number;
  @Field(() => AmendmentTermsInput, { description: "What is to change, all of it." }) terms!: AmendmentTermsInput;
  @Field(() => String, { nullable: true, description: "Why; it stays with the edit." }) note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A change of a contract to look at: of a saved quote, or one that is not saved." })
export class PreviewAmendmentQuoteInput {
  @Field(() => ID, { nullable: true, description: "A saved amendment quote; or a contract." }) quoteId?: string | null;
  @Field(() => ID, { nullable: true, description: "A contract, with terms; or a saved quote." })
  contractId?: string | null;
  @Field(() => AmendmentTermsInput, { nullable: true, description: "Default: those that the quote has." })
  terms?: AmendmentTermsInput | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The last day on which an invoice may fall due; default: a year from the day of the changes.",
  })
  throughOn?: PlainDate | null;
}

// What may be left out is there, as null.

export const newAmendmentQuoteOf = (input: CreateAmendmentQuoteInput): NewAmendmentQuote => ({
  contractId: input.contractId,
  terms: askedAmendmentOf(input.terms),
  expiresOn: input.expiresOn ?? null,
  ownerId: input.ownerId ?? null,
  externalId: input.externalId ?? null,
  deal: input.deal ?? null,
});

export const amendmentEditOf = ({
  quoteId,
  versionOrdinal,
  revision,
  terms,
  note,
}: UpdateAmendmentQuoteInput): AmendmentEdit => ({
  quoteId,
  versionOrdinal,
  revision,
  terms: askedAmendmentOf(terms),
  note: note ?? null,
});

export const amendmentPreviewAsked = (input: PreviewAmendmentQuoteInput): AmendmentPreviewAsked => ({
  quoteId: input.quoteId ?? null,
  contractId: input.contractId ?? null,
  terms: input.terms ? askedAmendmentOf(input.terms) : null,
  throughOn: input.throughOn ?? null,
});

const askedAmendmentOf = (input: AmendmentTermsInput): AskedAmendment => ({
  name: input.name ?? null,
  effectiveOn: input.effectiveOn,
  unusedTime: input.unusedTime,
  reason: input.reason,
  notes: input.notes ?? null,
  changes: input.changes.map(askedChangeOf),
});

/** What contracts and their quotes change alike is read by the contract; renewals are a quote's alone. */
function askedChangeOf({ addLine, removeLine, replaceLine, renew, ...alike }: QuoteChangeInput): AskedChange {
  const given = givenIn({ addLine, removeLine, replaceLine, renew, ...alike });
  if (given.length !== 1) return { kind: "unclear", given };
  if (renew) return { kind: "renew", months: renew.months, upliftPercent: renew.upliftPercent ?? null };
  return changeOfTermsOf({
    ...alike,
    addCharge: addLine ? { charge: addLine.line, endsBefore: addLine.endsBefore ?? null } : null,
    removeCharge: removeLine ?? null,
    replaceCharge: replaceLine ? { lineageId: replaceLine.lineageId, charge: replaceLine.line } : null,
  });
}
