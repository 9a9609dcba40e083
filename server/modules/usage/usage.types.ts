import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Aggregation } from "../../domain/usage/metric";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, PlainDateScalar } from "../../platform/graphql/scalars";

export const AggregationEnum = {
  COUNT: "count",
  SUM: "sum",
  MAX: "max",
  UNIQUE: "unique",
  LATEST: "latest",
  WEIGHTED_SUM: "weighted_sum",
} as const;
registerEnumType(AggregationEnum, {
  name: "Aggregation",
  description: "How the events of a period become one quantity.",
  valuesConfig: {
    COUNT: { description: "How many there are." },
    SUM: { description: "The sum of a property; less than nothing takes back what was too much." },
    MAX: { description: "The greatest value of a property." },
    UNIQUE: { description: 'How many different values a property has; 3 and "3" are the same.' },
    LATEST: { description: "The value of a property in the last event of the period, by its instant and then its id." },
    WEIGHTED_SUM: {
      description:
        "The average of a level over the time of the period. The property is a change of the level, up or down; changes before the period make the level with which it begins. An alias adds to the level of a customer while it is mapped to it.",
    },
  },
});

@ObjectType("MetricFilter", {
  description: "An event counts when the property has one of the values.",
  simpleResolvers: true,
})
export class MetricFilterType {
  @Field(() => String, { description: "A property of the event." }) property!: string;
  @Field(() => [String], { description: "One of them has to be its value." }) values!: readonly string[];
}

@ObjectType("UsageMetric", { description: "What is measured of events.", simpleResolvers: true })
export class UsageMetricType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "Your own short name; unique." }) code!: string;
  @Field(() => String, { description: "As people call it." }) name!: string;
  @Field(() => String, { description: "The type of the events that count." }) eventType!: string;
  @Field(() => AggregationEnum, { description: "How events become one quantity." }) aggregation!: Aggregation;
  @Field(() => String, { nullable: true, description: "The property that is measured; null for COUNT." })
  property!: string | null;
  @Field(() => [MetricFilterType], { description: "All of them have to hold." }) filters!: MetricFilterType[];
  @Field(() => [String], {
    description: "Properties by whose values usage is also told apart, as a price with dimensions needs it.",
  })
  groupBy!: readonly string[];
  @Field(() => String, { description: 'What one unit is called, such as "API call".' }) unit!: string;
  @Field(() => DateTimeScalar, { description: "When it was added." }) createdAt!: Date;
}

@ObjectType({ description: "The metric was added." })
export class CreateUsageMetricSuccess {
  metricId!: string;
  @Field(() => Int, { description: "Events recorded before, which it counts now." }) counted!: number;
}
export const CreateUsageMetricResult = resultUnion("CreateUsageMetricResult", () => CreateUsageMetricSuccess);

@ObjectType("UnattributedMetric", { description: "Usage under an alias that is nobody's.", simpleResolvers: true })
export class UnattributedMetricType {}

@ObjectType("UnattributedAlias", {
  description: "An alias with usage on days on which it is no customer's.",
  simpleResolvers: true,
})
export class UnattributedAliasType {
  @Field(() => String, { description: "Exactly as it came with the events." }) alias!: string;
  @Field(() => PlainDateScalar, { description: "The first such day of the month." }) firstOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The last such day of the month." }) lastOn!: PlainDate;
  @Field(() => Int, { description: "Events on such days." }) eventCount!: number;
  @Field(() => [UnattributedMetricType], { description: "By metric; empty where no metric counts the events." })
  metrics!: UnattributedMetricType[];
  @Field(() => [String], { description: "Known aliases that it may be a slip of, the likeliest first." })
  similarAliases!: readonly string[];
}

@ObjectType("UnattributedUsage", {
  description: "Usage of a month that nobody claims; the alias with the most events first.",
  simpleResolvers: true,
})
export class UnattributedUsageType {
  @Field(() => [UnattributedAliasType], { description: "One for each alias." }) rows!: UnattributedAliasType[];
}
