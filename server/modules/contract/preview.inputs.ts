import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import { DecimalScalar, PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { UsageGroupInput } from "../catalog";
import { ContractTermsInput, newContractOf } from "./contract.inputs";
import type { PreviewAsked } from "./preview-contract";

@InputType({ description: "What is supposed to be used in a month, spread evenly over its days." })
export class AssumedUsageInput {
  @Field(() => ID, { description: "A metric that a price of the contract rates." }) metricId!: string;
  @Field(() => PlainMonthScalar, { description: "A calendar month." }) month!: PlainMonth;
  @Field(() => DecimalScalar, { description: "Of the whole month." }) quantity!: Decimal;
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

@InputType({ description: "Seats in use from a day on; without any, the contracted ones count." })
export class AssumedSeatsInput {
  @Field(() => ID, { description: "A seat price of the contract." }) priceId!: string;
  @Field(() => PlainDateScalar, { description: "The seats are those at the end of this day." }) effectiveOn!: PlainDate;
  @Field(() => Int, { description: "All seats in use, 0 or more; not the difference." }) seats!: number;
}

@InputType({ description: "A contract to try, with what is supposed to be used." })
export class PreviewContractInput extends ContractTermsInput {
  @Field(() => [AssumedUsageInput], { defaultValue: [], description: "Months that are left out use nothing." })
  usage!: AssumedUsageInput[];
  @Field(() => [AssumedSeatsInput], { defaultValue: [], description: "In any order." }) seats!: AssumedSeatsInput[];
  @Field(() => PlainDateScalar, {
    nullable: true,
    description:
      "The last day on which an invoice may fall due, within ten years; default: the day after the term, or a year without an end.",
  })
  throughOn?: PlainDate | null;
}

/** What may be left out is there, as null. */
export const previewAsked = (input: PreviewContractInput): PreviewAsked => ({
  contract: newContractOf(input),
  seats: input.seats,
  usage: input.usage.map(({ metricId, month, quantity, events, groups }) => ({
    metricId,
    month,
    quantity,
    events: events ?? null,
    groups:
      groups?.map((group) => ({
        quantity: group.quantity,
        values: Object.fromEntries(group.values.map(({ property, value }) => [property, value])),
      })) ?? null,
  })),
  throughOn: input.throughOn ?? null,
});
