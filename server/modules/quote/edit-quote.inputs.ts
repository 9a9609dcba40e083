import { Field, ID, InputType, Int } from "type-graphql";
import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { DecimalScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { CustomTermsInput } from "../catalog";
import {
  ContractDiscountInput,
  DiscountInput,
  FirstPeriodEnum,
  LateUsagePolicyEnum,
  newRenewalOf,
  RampStepInput,
  RenewalInput,
  SpendBoundInput,
  TrialInput,
} from "../contract";
import type { EditedOn } from "./edit-terms";
import { ProspectInput, QuoteLineInput, QuotePhaseInput } from "./quote-terms.inputs";

@InputType()
abstract class EditQuoteTermsInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { description: "The ordinal of the version that the edit was made on." }) versionOrdinal!: number;
  @Field(() => Int, { description: "The revision of that version." }) revision!: number;
  @Field(() => String, { nullable: true, description: "Why; kept with the history of the terms." })
  note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const editedOn = ({
  quoteId,
  versionOrdinal,
  revision,
  note,
  idempotencyKey,
}: EditQuoteTermsInput): EditedOn & { readonly idempotencyKey: string } => ({
  quoteId,
  versionOrdinal,
  revision,
  note: note ?? null,
  idempotencyKey,
});

@InputType({ description: "What is left out stays as it is." })
export class UpdateQuoteInput {
  @Field(() => ID, { description: "The quote." }) id!: string;
  @Field(() => Int, { description: "The quote's own version that the change was made on." }) version!: number;
  @Field(() => ID, { nullable: true, description: "Takes the place of a prospect." }) customerId?: string | null;
  @Field(() => ProspectInput, { nullable: true, description: "Takes the place of a customer." })
  prospect?: ProspectInput | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "null: until it is voided." })
  expiresOn?: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "The member who looks after it; null: nobody." })
  ownerId?: string | null;
  @Field(() => String, { nullable: true, description: "The deal of the CRM; null: none." }) deal?: string | null;
  @Field(() => ID, { nullable: true, description: "Its id in another system; null: none." })
  externalId?: string | null;
  @Field(() => ID, { nullable: true, description: "The price book that it is made from; null: none." })
  priceBookId?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Terms over all lines. What is left out stays as it is." })
export class UpdateQuoteHeadTermsInput extends EditQuoteTermsInput {
  @Field(() => String, { nullable: true, description: "Never null." }) name?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "ISO 4217 code; never null. Prices and amounts in another currency have to go first.",
  })
  currency?: string | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Never null. A first phase that began with the term still does; moveQuote moves all days.",
  })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore?: PlainDate | null;
  @Field(() => Int, { nullable: true, description: "1 to 120, in the place of endsBefore." }) termMonths?:
    | number
    | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "null: the start." }) anchorOn?: PlainDate | null;
  @Field(() => FirstPeriodEnum, { nullable: true, description: "Never null." }) firstPeriod?: FirstPeriod | null;
  @Field(() => PaymentTermsInput, { nullable: true, description: "null: the customer's, else the organization's." })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => String, { nullable: true, description: "null: none." }) poNumber?: string | null;
  @Field(() => RenewalInput, { nullable: true, description: "null: the contract ends with its term." })
  renewal?: RenewalInput | null;
  @Field(() => Boolean, { nullable: true, description: "Never null." }) rollsUpUsage?: boolean | null;
  @Field(() => LateUsagePolicyEnum, { nullable: true, description: "Never null." })
  lateUsage?: LateUsagePolicy | null;
  @Field(() => String, { nullable: true, description: "Printed on the document; null: none." }) notes?: string | null;
}

/** undefined: left out. */
export const renewalChangeOf = (renewal: RenewalInput | null | undefined) => renewal && newRenewalOf(renewal);

@InputType({ description: "A phase that goes where its first day belongs." })
export class AddQuotePhaseInput extends EditQuoteTermsInput {
  @Field(() => QuotePhaseInput, {
    description: "A phase before it that has no end of its own ends there from now on; others are never cut.",
  })
  phase!: QuotePhaseInput;
}

@InputType({ description: "A phase that becomes two." })
export class SplitQuotePhaseInput extends EditQuoteTermsInput {
  @Field(() => ID, { description: "The phase." }) phaseId!: string;
  @Field(() => PlainDateScalar, { description: "The first day of the second, after the first of the phase." })
  on!: PlainDate;
  @Field(() => String, { nullable: true, description: 'Of the second; default: "Phase 2" and so on.' })
  name?: string | null;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateQuotePhaseInput extends EditQuoteTermsInput {
  @Field(() => ID, { description: "The phase." }) phaseId!: string;
  @Field(() => String, { nullable: true, description: 'null: "Phase 1" and so on.' }) name?: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Never null." }) startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "null: the start of the next phase; of the last phase the end of the term.",
  })
  endsBefore?: PlainDate | null;
}

@InputType({ description: "A phase that is not offered." })
export class RemoveQuotePhaseInput extends EditQuoteTermsInput {
  @Field(() => ID, { description: "The phase." }) phaseId!: string;
}

@InputType({ description: "A line for one phase or several." })
export class AddQuoteLineInput extends EditQuoteTermsInput {
  @Field(() => [ID], { description: "The phases; at least one." }) phaseIds!: string[];
  @Field(() => QuoteLineInput, {
    description: "Goes to the end of each phase. Its discounts are the same ones in all of them.",
  })
  line!: QuoteLineInput;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateQuoteLineInput extends EditQuoteTermsInput {
  @Field(() => ID, { description: "The line." }) lineId!: string;
  @Field(() => ID, {
    nullable: true,
    description:
      "Another price, or version of it, never null. It brings its own terms unless custom ones are sent too.",
  })
  priceId?: string | null;
  @Field(() => CustomTermsInput, { nullable: true, description: "null: the price's own terms." })
  customTerms?: CustomTermsInput | null;
  @Field(() => DecimalScalar, { nullable: true, description: "null: 1, of a seat price 0." }) quantity?: Decimal | null;
  @Field(() => String, { nullable: true, description: "null: the name of the price." }) description?: string | null;
  @Field(() => TrialInput, { nullable: true, description: "null: none." }) trial?: TrialInput | null;
  @Field(() => [RampStepInput], { nullable: true, description: "All steps, in order; never null." })
  ramp?: RampStepInput[] | null;
}

@InputType({ description: "A line that is not offered." })
export class RemoveQuoteLineInput extends EditQuoteTermsInput {
  @Field(() => ID, { description: "The line." }) lineId!: string;
}

@InputType({ description: "A discount of a line. Exactly one of percent and amount." })
export class QuoteLineDiscountInput extends DiscountInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "A discount that the quote has, of this line or another: it stays the same one. Default: a new discount.",
  })
  id?: string | null;
}

@InputType({ description: "All discounts of a line; what is left out is taken away." })
export class SetQuoteLineDiscountsInput extends EditQuoteTermsInput {
  @Field(() => ID, { description: "The line." }) lineId!: string;
  @Field(() => [QuoteLineDiscountInput], { description: "In the order in which they are taken." })
  discounts!: QuoteLineDiscountInput[];
}

@InputType({ description: "At least or at most this much per period over the covered lines." })
export class QuoteBoundInput extends SpendBoundInput {
  @Field(() => ID, { nullable: true, description: "One that the quote has, which is changed. Default: a new one." })
  id?: string | null;
}

@InputType({ description: "All minimums of a quote; what is left out is taken away." })
export class SetQuoteMinimumsInput extends EditQuoteTermsInput {
  @Field(() => [QuoteBoundInput], { description: "In the order of the document." }) minimums!: QuoteBoundInput[];
}

@InputType({ description: "All maximums of a quote; what is left out is taken away." })
export class SetQuoteMaximumsInput extends EditQuoteTermsInput {
  @Field(() => [QuoteBoundInput], { description: "In the order of the document." }) maximums!: QuoteBoundInput[];
}

@InputType({ description: "A discount over several lines. Exactly one of percent and amount." })
export class QuoteDiscountInput extends ContractDiscountInput {
  @Field(() => ID, { nullable: true, description: "One that the quote has, which is changed. Default: a new one." })
  id?: string | null;
}

@InputType({ description: "All discounts of a quote over several lines; what is left out is taken away." })
export class SetQuoteDiscountsInput extends EditQuoteTermsInput {
  @Field(() => [QuoteDiscountInput], { description: "In the order in which they are taken." })
  discounts!: QuoteDiscountInput[];
}
