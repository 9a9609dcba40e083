import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { Allocation } from "../../domain/receivable/allocate-payment";

export type PaymentMethod = "bank_transfer" | "direct_debit" | "card" | "cheque" | "cash" | "other";
export type PaymentSource = "manual" | "bank_file" | "xero";

/** `bounced`: the bank took it back; `mistake`: it never came in, or not from this customer. */
export type ReversalKind = "bounced" | "mistake";

export type Payment = {
  readonly id: string;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly amount: string;
  /** what is not allocated, and not paid back: part of the customer's balance */
  readonly left: string;
  readonly receivedOn: PlainDate;
  /** the day on which it is posted: receivedOn, or the first unlocked day */
  readonly accountingOn: PlainDate;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly source: PaymentSource;
  readonly externalId: string | null;
  readonly note: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly reversedOn: PlainDate | null;
  readonly reversalKind: ReversalKind | null;
  readonly reversalReason: string | null;
};

export type NewPayment = {
  readonly customerId: string;
  readonly amount: Decimal;
  readonly currency: string;
  readonly receivedOn: PlainDate;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly note: string | null;
  /** "automatic": by what the reference names, else the oldest due first. What is not allocated is the customer's balance. */
  readonly allocations: readonly Allocation[] | "automatic";
};
