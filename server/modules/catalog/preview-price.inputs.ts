import { Field, InputType } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import { DecimalScalar } from "../../platform/graphql/scalars";
import type { UsageTried } from "./preview-price";
import { PricedInput } from "./price-terms.inputs";

@InputType({ description: "What an event says of itself." })
export class UsageDimensionInput {
  @Field(() => String, { description: "The name of the property." }) property!: string;
  @Field(() => String, { description: "As text." }) value!: string;
}

@InputType({ description: "Usage of events that say the same of themselves." })
export class UsageGroupInput {
  @Field(() => [UsageDimensionInput], { description: "A property that the events lack is left out." })
  values!: UsageDimensionInput[];
  @Field(() => DecimalScalar, { description: "What they add up to." }) quantity!: Decimal;
}

@InputType({ description: "A price and the usage of one full period to try it on." })
export class PreviewPriceInput extends PricedInput {
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "Units, seats, or the sum of the events' amounts; null: what the groups or the amounts of events add up to.",
  })
  quantity?: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "How many events; needed for a fixed fee of each, unless their amounts are sent.",
  })
  events?: Decimal | null;
  @Field(() => [DecimalScalar], {
    nullable: true,
    description: "In order of occurrence, up to 1,000; needed where a percentage price looks at single events.",
  })
  eventAmounts?: Decimal[] | null;
  @Field(() => [UsageGroupInput], { nullable: true, description: "Up to 1,000; needed for a matrix." })
  groups?: UsageGroupInput[] | null;
}

/** What is left out means the same as null. */
export const usageTried = ({ quantity, events, eventAmounts, groups }: PreviewPriceInput): UsageTried => ({
  quantity: quantity ?? null,
  events: events ?? null,
  eventAmounts: eventAmounts ?? null,
  groups: groups?.map(({ values, ...group }) => ({ ...group, values: byProperty(values) })) ?? null,
});

const byProperty = (values: readonly UsageDimensionInput[]) =>
  Object.fromEntries(values.map(({ property, value }) => [property, value]));
