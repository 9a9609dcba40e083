import { Field, ID, InputType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Aggregation } from "../../domain/usage/metric";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DateTimeScalar, JsonScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { AggregationEnum } from "./usage.types";

@InputType({ description: "An event counts when the property has one of the values." })
export class MetricFilterInput {
  @Field(() => String, { description: "A property of the event; in one filter only." }) property!: string;
  @Field(() => [String], { description: 'One of them has to be its value; true and 3 are written "true" and "3".' })
  values!: string[];
}

@InputType({ description: "What to measure of events." })
export class CreateUsageMetricInput {
  @Field(() => String, { description: "Your own short name; unique." }) code!: string;
  @Field(() => String, { description: "As people call it." }) name!: string;
  @Field(() => String, { description: "The type of the events that count." }) eventType!: string;
  @Field(() => AggregationEnum, { description: "How the events of a period become one quantity." })
  aggregation!: Aggregation;
  @Field(() => String, { nullable: true, description: "The property that is measured; none for COUNT." })
  property?: string | null;
  @Field(() => [MetricFilterInput], { defaultValue: [], description: "All of them have to hold." })
  filters!: MetricFilterInput[];
  @Field(() => [String], {
    defaultValue: [],
    description:
      "Up to 5 properties by whose values usage is also told apart, whatever the aggregation: text, whole numbers, true and false. An event without one is in a group that has no value of it.",
  })
  groupBy!: string[];
  @Field(() => String, { description: 'What one unit is called, such as "API call".' }) unit!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Something that was used." })
export class UsageEventInput {
  @Field(() => String, { description: "Up to 200 characters; the same event always has the same id." }) id!: string;
  @Field(() => String, { description: "The key under which the stream knows the customer." }) alias!: string;
  @Field(() => String, { description: "Up to 100 characters." }) type!: string;
  @Field(() => DateTimeScalar, { description: "When it happened: up to 36 months ago, and a day ahead at the most." })
  timestamp!: Date;
  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'An object. What a metric measures is decimal text such as "0.1" or a whole number; other JSON numbers are refused.',
  })
  properties?: unknown;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Replaces the event that is known by the id, whatever it was; its versions are kept.",
  })
  isCorrection!: boolean;
  @Field(() => String, { nullable: true, description: "Why it is corrected, up to 500 characters; for the history." })
  reason?: string | null;
}

@InputType({ description: "A batch, recorded whole or not at all." })
export class RecordUsageEventsInput {
  @Field(() => [UsageEventInput], { description: "1 to 1,000 events." }) events!: UsageEventInput[];
}

@InputType({ description: "Events to take out of what is counted." })
export class VoidUsageEventsInput {
  @Field(() => [String], { description: "The ids of 1 to 1,000 recorded events." }) eventIds!: string[];
  @Field(() => String, { description: "Up to 500 characters; for the history." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Which events to list; all of it has to hold." })
export class UsageEventFilterInput {
  @Field(() => PlainDateScalar, { description: "The first local day." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The local day after the last one." }) endsBefore!: PlainDate;
  @Field(() => String, { nullable: true, description: "Exactly as it came with the events." }) alias?: string | null;
  @Field(() => String, { nullable: true }) type?: string | null;
  @Field(() => ID, { nullable: true, description: "A usage metric that counts them." }) metricId?: string | null;
}
