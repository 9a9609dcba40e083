import { Field, InputType } from "type-graphql";
import type { Aggregation } from "../../domain/usage/metric";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DateTimeScalar, JsonScalar } from "../../platform/graphql/scalars";
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
  @Field(() => String, { nullable: true, description: "The property that holds the number; none for COUNT." })
  property?: string | null;
  @Field(() => [MetricFilterInput], { defaultValue: [], description: "All of them have to hold." })
  filters!: MetricFilterInput[];
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
}

@InputType({ description: "A batch, recorded whole or not at all." })
export class RecordUsageEventsInput {
  @Field(() => [UsageEventInput], { description: "1 to 1,000 events." }) events!: UsageEventInput[];
}
