import { Field, ID, InputType, Int } from "type-graphql";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar } from "../../platform/graphql/scalars";

@InputType({ description: "A step of reminding." })
export class ReminderLevelInput {
  @Field(() => String, { description: 'Such as "Second reminder".' }) name!: string;
  @Field(() => Int, { description: "From -30 to 365; below zero: before the due day." }) daysAfterDue!: number;
}

@InputType({ description: "What is left out stays as it is." })
export class ChangeReminderSettingsInput {
  @Field(() => Int, { description: "The version that was looked at." }) version!: number;
  @Field(() => Boolean, { nullable: true, description: "Every morning by itself." }) isScheduled?: boolean | null;
  @Field(() => Int, { nullable: true, description: "Of the organization's day: 0 to 23." }) localHour?: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Up to which nobody is reminded." })
  tolerance?: string | null;
  @Field(() => [ReminderLevelInput], { nullable: true, description: "All of them, each later than the one before." })
  levels?: ReminderLevelInput[] | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "One of customerId, invoiceId and isForAll." })
export class StopRemindersInput {
  @Field(() => ID, { nullable: true, description: "Of what this customer owes." }) customerId?: string | null;
  @Field(() => ID, { nullable: true, description: "Of this invoice." }) invoiceId?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: "At all." }) isForAll!: boolean;
  @Field(() => String, { description: "Why; for the log, and for whoever asks." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A stop that is to hold no longer." })
export class ResumeRemindersInput {
  @Field(() => ID, { description: "Which." }) stopId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
