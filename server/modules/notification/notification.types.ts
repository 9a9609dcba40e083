import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import type { NotificationKind } from "./notification";

export const NotificationKindEnum = {
  APPROVAL_REQUESTED: "approval_requested",
  APPROVED: "approved",
  REJECTED: "rejected",
  VIEWED: "viewed",
  SIGNER_SIGNED: "signer_signed",
  SIGNED: "signed",
  DECLINED: "declined",
  EXPIRING: "expiring",
  EXPIRED: "expired",
} as const;
registerEnumType(NotificationKindEnum, {
  name: "NotificationKind",
  description: "What somebody is told of.",
  valuesConfig: {
    APPROVAL_REQUESTED: { description: "A quote waits for your approval." },
    APPROVED: { description: "A quote may be sent." },
    REJECTED: { description: "An approver sent a quote back." },
    VIEWED: { description: "A signer has seen a quote for the first time." },
    SIGNER_SIGNED: { description: "One of the signers has signed." },
    SIGNED: { description: "All have signed." },
    DECLINED: { description: "The customer does not want it." },
    EXPIRING: { description: "A quote expires in a week, or in a day." },
    EXPIRED: { description: "Its last day is over." },
  },
});

@ObjectType("Notification", {
  description: "What you are told of a quote, once; by mail as well.",
  simpleResolvers: true,
})
export class NotificationType {
  @Field(() => ID, { description: "The notification." }) id!: string;
  @Field(() => NotificationKindEnum, { description: "What it is about." }) kind!: NotificationKind;
  @Field(() => String, { description: "In a line." }) title!: string;
  @Field(() => String, { description: "In a few sentences." }) text!: string;
  @Field(() => String, { description: "The way to it within an application, such as quotes/<id>." }) link!: string;
  @Field(() => DateTimeScalar, { description: "When you were told." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When you read it; null: not yet." })
  readAt!: Date | null;
  quoteId!: string;
}
export const NotificationConnection = connectionOf("Notification", () => NotificationType);

@InputType({ description: "What you have read." })
export class MarkNotificationsReadInput {
  @Field(() => [ID], { nullable: true, description: "Left out: all of yours." }) ids?: string[] | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@ObjectType({ description: "They are read.", simpleResolvers: true })
export class MarkNotificationsReadSuccess {
  @Field(() => [ID], { description: "Those that were not read before." }) readIds!: readonly string[];
}
export const MarkNotificationsReadResult = resultUnion(
  "MarkNotificationsReadResult",
  () => MarkNotificationsReadSuccess,
);
