import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, DecimalScalar, MoneyType, PlainDateScalar } from "../../platform/graphql/scalars";
import type { NoReminderCode } from "./reminder";

export const NoReminderCodeEnum = {
  NOTHING_DUE: "NOTHING_DUE",
  NOT_SENT: "NOT_SENT",
  DISPUTED: "DISPUTED",
  PROMISED: "PROMISED",
  WITHIN_TOLERANCE: "WITHIN_TOLERANCE",
  STOPPED: "STOPPED",
  LEVEL_NOT_REACHED: "LEVEL_NOT_REACHED",
  LEVELS_USED_UP: "LEVELS_USED_UP",
  COVERED_BY_BALANCE: "COVERED_BY_BALANCE",
  PAYMENTS_NOT_READ: "PAYMENTS_NOT_READ",
  NO_RECIPIENT: "NO_RECIPIENT",
  ADDRESS_BOUNCED: "ADDRESS_BOUNCED",
} as const satisfies { readonly [Code in NoReminderCode]: Code };
registerEnumType(NoReminderCodeEnum, {
  name: "NoReminderReason",
  description: "Why nobody is reminded of an invoice.",
  valuesConfig: {
    STOPPED: { description: "Somebody stopped reminders: of the invoice, of the customer, or all." },
    LEVEL_NOT_REACHED: { description: "Its next level comes later." },
    LEVELS_USED_UP: { description: "All levels were used." },
    COVERED_BY_BALANCE: { description: "The customer has as much with us as is overdue, not yet used." },
    PAYMENTS_NOT_READ: { description: "Payments come from Xero and were not read for 24 hours." },
  },
});

@ObjectType("ReminderLevel", {
  description: "A step of reminding; each comes once for an invoice.",
  simpleResolvers: true,
})
export class ReminderLevelType {
  @Field(() => Int, { description: "From 1." }) level!: number;
  @Field(() => String) name!: string;
  @Field(() => Int, { description: "Below zero: before the due day." }) daysAfterDue!: number;
}

@ObjectType("ReminderSettings", { description: "When customers are reminded of what is overdue." })
export class ReminderSettingsType {
  @Field(() => Boolean, { simple: true, description: "Every morning by itself; else by remindInvoices alone." })
  isScheduled!: boolean;
  @Field(() => Int, { simple: true, description: "Of the organization's day, at which it begins." }) localHour!: number;
  @Field(() => DecimalScalar, {
    description: "Nobody is reminded of an invoice of which no more than this is due, in whatever currency.",
  })
  tolerance!: string;
  @Field(() => [ReminderLevelType], { simple: true }) levels!: readonly ReminderLevelType[];
  @Field(() => Int, { simple: true, description: "Rises with each change; 0 before the first." }) version!: number;
}

@ObjectType("ReminderStop", { description: "Somebody wants nobody reminded.", simpleResolvers: true })
export class ReminderStopType {
  @Field(() => ID) id!: string;
  @Field(() => ID, { nullable: true, description: "Of what this customer owes." }) customerId!: string | null;
  @Field(() => ID, { nullable: true, description: "Of this invoice; where both are null, at all." })
  invoiceId!: string | null;
  @Field(() => String) reason!: string;
  @Field(() => String) stoppedBy!: string;
  @Field(() => DateTimeScalar) stoppedAt!: Date;
}

@ObjectType("InvoiceReminder", { description: "That the customer was reminded of an invoice." })
export class InvoiceReminderType {
  @Field(() => Int, { simple: true, description: "From 1." }) level!: number;
  @Field(() => PlainDateScalar, { simple: true }) remindedOn!: PlainDate;
  @Field(() => Int, { simple: true }) daysOverdue!: number;
  @Field(() => Boolean, { simple: true, description: "False: the mail did not go out, and the level may come again." })
  isLive!: boolean;
}

@ObjectType("PlannedReminder", { description: "One mail to a customer about what is overdue." })
export class PlannedReminderType {
  @Field(() => ReminderLevelType, { simple: true, description: "The highest of its invoices, which chooses the text." })
  level!: ReminderLevelType;
}

@ObjectType("PlannedReminderInvoice", { description: "An invoice of which a customer is to be reminded." })
export class PlannedReminderInvoiceType {
  @Field(() => ReminderLevelType, { simple: true }) level!: ReminderLevelType;
  @Field(() => Int, { simple: true }) daysOverdue!: number;
  @Field(() => MoneyType, { simple: true, description: "What is due of it." }) due!: MoneyType;
}

@ObjectType("NotReminded", { description: "An invoice of which something is due, and nobody is reminded." })
export class NotRemindedType {
  @Field(() => NoReminderCodeEnum) reason!: NoReminderCode;
  @Field(() => String, { simple: true, description: "The same for people, with the facts." }) message!: string;
}

@ObjectType("ReminderPreview", { description: "Who would be reminded today, and who not.", simpleResolvers: true })
export class ReminderPreviewType {
  @Field(() => [PlannedReminderType], { description: "A mail each." }) reminders!: readonly PlannedReminderType[];
  @Field(() => [NotRemindedType], { description: "And why." }) notReminded!: readonly NotRemindedType[];
}

@ObjectType({ description: "The settings hold from now on." })
export class ChangeReminderSettingsSuccess {
  version!: number;
}
export const ChangeReminderSettingsResult = resultUnion(
  "ChangeReminderSettingsResult",
  () => ChangeReminderSettingsSuccess,
);

@ObjectType({ description: "Nobody is reminded of it any more." })
export class StopRemindersSuccess {
  stopId!: string;
}
export const StopRemindersResult = resultUnion("StopRemindersResult", () => StopRemindersSuccess);

@ObjectType({ description: "Reminders go out again.", simpleResolvers: true })
export class ResumeRemindersSuccess {
  @Field(() => ID) stopId!: string;
}
export const ResumeRemindersResult = resultUnion("ResumeRemindersResult", () => ResumeRemindersSuccess);
