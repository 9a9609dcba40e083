import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import { DecimalScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { UsageGroupInput } from "../catalog";
import { AssumedSeatsInput } from "../contract";
import type { AssumedLevel } from "./assumed-quote-usage";
import type { PreviewAsked, PreviewedTerms } from "./preview-quote";
import { prospectOf } from "./quote.inputs";
import { askedTermsOf, ProspectInput, QuoteTermsInput } from "./quote-terms.inputs";
import { cellEditOf, QuoteCellEditInput } from "./update-quote-terms.inputs";

@InputType({ description: "What is supposed to be used of a metric in a month, spread evenly over its days." })
export class AssumedQuoteUsageInput {
  @Field(() => ID, { description: "A metric that a price of the quote rates." }) metricId!: string;
  @Field(() => PlainMonthScalar, {
    nullable: true,
    description: "A calendar month; default: each month of the term that has no level of its own.",
  })
  month?: PlainMonth | null;
  @Field(() => DecimalScalar, { description: "Of a whole month." }) quantity!: Decimal;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "How many events make it, of equal size; default: as many as the quantity.",
  })
  events?: Decimal | null;
  @Field(() => [UsageGroupInput], {
    nullable: true,
    description: "By what the events say of themselves, for a matrix; they add up to the quantity.",
  })
  groups?: UsageGroupInput[] | null;
}

@InputType({ description: "A quote to price: a saved one, or terms that are not saved." })
export class PreviewQuoteInput {
  @Field(() => ID, { nullable: true, description: "A saved quote; or terms." }) quoteId?: string | null;
  @Field(() => Int, { nullable: true, description: "The ordinal of its version; default: the current one." })
  versionOrdinal?: number | null;
  @Field(() => [QuoteCellEditInput], {
    defaultValue: [],
    description: "Edits of the saved quote's cells that are not pushed yet: it is priced as if they were made.",
  })
  edits!: QuoteCellEditInput[];
  @Field(() => QuoteTermsInput, { nullable: true, description: "Terms to try, without a saved quote." })
  terms?: QuoteTermsInput | null;
  @Field(() => ID, { nullable: true, description: "Whom the terms are for; or a prospect." })
  customerId?: string | null;
  @Field(() => ProspectInput, { nullable: true, description: "Who is no customer yet." })
  prospect?: ProspectInput | null;
  @Field(() => [AssumedQuoteUsageInput], { defaultValue: [], description: "Without any, nothing is used." })
  usage!: AssumedQuoteUsageInput[];
  @Field(() => [AssumedSeatsInput], {
    defaultValue: [],
    description: "In any order; without any, the contracted seats are in use.",
  })
  seats!: AssumedSeatsInput[];
}

/** What may be left out is there, as null. */
export const quotePreviewAsked = (input: PreviewQuoteInput): PreviewAsked => ({
  of: previewedTermsOf(input),
  assumed:
    input.usage.length + input.seats.length === 0 ? null : { usage: input.usage.map(levelOf), seats: input.seats },
});

function previewedTermsOf(input: PreviewQuoteInput): PreviewedTerms | null {
  const { quoteId, versionOrdinal: ordinal, edits, terms, customerId, prospect } = input;
  if (quoteId && !terms) return { kind: "saved", quoteId, ordinal: ordinal ?? null, edits: edits.map(cellEditOf) };
  if (quoteId || !terms) return null;
  return {
    kind: "asked",
    terms: askedTermsOf(terms),
    customerId: customerId ?? null,
    prospect: prospect ? prospectOf(prospect) : null,
  };
}

const levelOf = ({ metricId, month, quantity, events, groups }: AssumedQuoteUsageInput): AssumedLevel => ({
  metricId,
  month: month ?? null,
  quantity,
  events: events ?? null,
  groups:
    groups?.map((group) => ({
      quantity: group.quantity,
      values: Object.fromEntries(group.values.map(({ property, value }) => [property, value])),
    })) ?? null,
});
