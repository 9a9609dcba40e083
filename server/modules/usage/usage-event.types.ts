import { Field, ID, Int, ObjectType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, JsonScalar, PlainDateScalar } from "../../platform/graphql/scalars";

@ObjectType({ description: "The whole batch was taken.", simpleResolvers: true })
export class RecordUsageEventsSuccess {
  @Field(() => Int, { description: "Events that are new." }) recorded!: number;
  @Field(() => Int, { description: "Events that were known with the same content, or came twice in the batch." })
  duplicates!: number;
  @Field(() => Int, { description: "Events that were replaced by a correction, or counted again after a void." })
  corrected!: number;
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

@ObjectType({ description: "The events are counted no more.", simpleResolvers: true })
export class VoidUsageEventsSuccess {
  @Field(() => Int, { description: "Events that were taken out." }) voided!: number;
  @Field(() => Int, { description: "Events that had been taken out before." }) alreadyVoided!: number;
}
export const VoidUsageEventsResult = resultUnion("VoidUsageEventsResult", () => VoidUsageEventsSuccess);

@ObjectType("UsageEventVersion", {
  description: "What an event was or is. Never changed itself.",
  simpleResolvers: true,
})
export class UsageEventVersionType {
  @Field(() => Int, { description: "Counts from 1." }) revision!: number;
  @Field(() => String, { description: "The key under which the stream knows the customer." }) alias!: string;
  @Field(() => String, { description: "What metrics count it by." }) type!: string;
  @Field(() => DateTimeScalar, { description: "When it happened." }) timestamp!: Date;
  @Field(() => PlainDateScalar, { description: "The local day of the organization on which it counts." })
  occurredOn!: PlainDate;
  @Field(() => JsonScalar, { description: "An object." }) properties!: unknown;
  @Field(() => Boolean, { description: "Taken out: what it was is not counted." }) isVoided!: boolean;
  @Field(() => String, { nullable: true, description: "Why it was corrected or voided, if that was said." }) reason!:
    | string
    | null;
  @Field(() => DateTimeScalar, { description: "By the world's clock, also in a sandbox." }) recordedAt!: Date;
  @Field(() => String, { nullable: true, description: "The actor's name at that time; null where it was not kept." })
  recordedBy!: string | null;
}

@ObjectType("UsageEvent", { description: "Something that was used, as it stands.", simpleResolvers: true })
export class UsageEventType {
  @Field(() => ID, { description: "As the stream sent it." }) id!: string;
  @Field(() => Int, { description: "Goes up from 1 with every correction and void." }) revision!: number;
  @Field(() => String, { description: "The key under which the stream knows the customer." }) alias!: string;
  @Field(() => String, { description: "What metrics count it by." }) type!: string;
  @Field(() => DateTimeScalar, { description: "When it happened." }) timestamp!: Date;
  @Field(() => PlainDateScalar, { description: "The local day of the organization on which it counts." })
  occurredOn!: PlainDate;
  @Field(() => JsonScalar, { description: "An object." }) properties!: unknown;
  @Field(() => Boolean, { description: "Taken out: what it was is not counted." }) isVoided!: boolean;
}

export const UsageEventConnection = connectionOf("UsageEvent", () => UsageEventType);
