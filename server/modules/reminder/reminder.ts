import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";

/** A step of reminding: what it is called, and how many days after the due day it comes (below zero: before it). */
export type ReminderLevel = { readonly level: number; readonly name: string; readonly daysAfterDue: number };

export type ReminderSettings = {
  /** Every morning by itself; else when somebody asks for it. */
  readonly isScheduled: boolean;
  /** of the organization's day */
  readonly localHour: number;
  /** up to which nobody is reminded, in whatever currency */
  readonly tolerance: Decimal;
  readonly levels: readonly ReminderLevel[];
  readonly version: number;
};

/** Somebody wants nobody reminded: of one invoice, of what one customer owes, or, where both are null, at all. */
export type ReminderStop = {
  readonly id: string;
  readonly customerId: string | null;
  readonly invoiceId: string | null;
  readonly reason: string;
  readonly stoppedBy: string;
  readonly stoppedAt: Date;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
};

/** That a customer was reminded of an invoice. */
export type ReminderItem = {
  readonly reminderId: string;
  readonly invoiceId: string;
  readonly deliveryId: string;
  readonly operationId: string;
  readonly level: number;
  /** decimal text, in the invoice's currency */
  readonly dueAmount: string;
  readonly daysOverdue: number;
  readonly remindedOn: PlainDate;
  /** false: the mail did not go out */
  readonly isLive: boolean;
};

/** An issued invoice of which something is due. */
export type OpenInvoice = {
  readonly id: string;
  readonly number: string;
  /** who owes it */
  readonly customerId: string;
  readonly currency: CurrencyCode;
  /** decimal text */
  readonly due: string;
  readonly dueOn: PlainDate;
  readonly isSent: boolean;
  readonly isDisputed: boolean;
  readonly promisedOn: PlainDate | null;
};

export type NoReminderCode =
  | "NOTHING_DUE"
  | "NOT_SENT"
  | "DISPUTED"
  | "PROMISED"
  | "WITHIN_TOLERANCE"
  | "STOPPED"
  | "LEVEL_NOT_REACHED"
  | "LEVELS_USED_UP"
  | "COVERED_BY_BALANCE"
  | "PAYMENTS_NOT_READ"
  | "NO_RECIPIENT"
  | "ADDRESS_BOUNCED";

/** Whether a customer is to be reminded of an invoice, at which level, or why not. */
export type Verdict =
  | { readonly isToRemind: true; readonly level: ReminderLevel; readonly daysOverdue: number }
  | { readonly isToRemind: false; readonly code: NoReminderCode; readonly message: string };

/** What holds unless an organization says otherwise. */
export const DEFAULT_LEVELS: readonly ReminderLevel[] = [
  { level: 1, name: "Reminder", daysAfterDue: 7 },
  { level: 2, name: "Second reminder", daysAfterDue: 21 },
  { level: 3, name: "Final reminder", daysAfterDue: 35 },
];
