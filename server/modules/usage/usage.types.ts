import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Aggregation } from "../../domain/usage/metric";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, PlainDateScalar } from "../../platform/graphql/scalars";

export const AggregationEnum = { COUNT: "count", SUM: "sum", MAX: "max" } as const;
registerEnumType(AggregationEnum, {
  name: "Aggregation",
  description: "How the events of a period become one quantity.",
  valuesConfig: {
    COUNT: { description: "How many there are." },
    SUM: { description: "The sum of a property." },
    MAX: { description: "The greatest value of a property." },
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
  @Field(() => String, { nullable: true, description: "The property that holds the number; null for COUNT." })
  property!: string | null;
  @Field(() => [MetricFilterType], { description: "All of them have to hold." }) filters!: MetricFilterType[];
  @Field(() => String, { description: 'What one unit is called, such as "API call".' }) unit!: string;
  @Field(() => DateTimeScalar, { description: "When it was added." }) createdAt!: Date;
}

@ObjectType({ description: "The metric was added." })
export class CreateUsageMetricSuccess {
  metricId!: string;
  @Field(() => Int, { description: "Events recorded before, which it counts now." }) counted!: number;
}
export const CreateUsageMetricResult = resultUnion("CreateUsageMetricResult", () => CreateUsageMetricSuccess);

@ObjectType({ description: "The whole batch was taken.", simpleResolvers: true })
export class RecordUsageEventsSuccess {
  @Field(() => Int, { description: "Events that are new." }) recorded!: number;
  @Field(() => Int, { description: "Events that were known with the same content, or came twice in the batch." })
  duplicates!: number;
  @Field(() => Int, {
    description:
      "Events of the batch whose alias is no customer's on their day. They are kept: mapping the alias later attributes them.",
  })
  unattributed!: number;
  @Field(() => [String], { description: "Their aliases, in alphabetical order." }) unknownAliases!: readonly string[];
  @Field(() => [ProblemType], {
    description: "What was taken and may yet be a slip, such as EVENT_TYPE_WITHOUT_METRIC.",
  })
  warnings!: ProblemType[];
}
export const RecordUsageEventsResult = resultUnion("RecordUsageEventsResult", () => RecordUsageEventsSuccess);

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
