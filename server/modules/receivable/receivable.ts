import { daysBetween, type PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { PaymentStatus } from "../../domain/receivable/payment-status";

/** What an invoice still asks for. Amounts are decimal text in its currency; of what is not issued, or is void, nothing is due. */
export type Receivable = {
  readonly invoiceId: string;
  readonly number: string | null;
  /** who owes it: the one who is billed */
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly gross: string;
  readonly settled: string;
  readonly due: string;
  /** null until issued, and on credit notes */
  readonly dueOn: PlainDate | null;
  readonly paymentStatus: PaymentStatus;
  readonly isDisputed: boolean;
  readonly promisedOn: PlainDate | null;
};

/** For how many days something has been due, 0 where nothing is or the day has not passed. */
export const daysOverdue = ({ due, dueOn }: Pick<Receivable, "due" | "dueOn">, today: PlainDate): number =>
  dueOn !== null && dueOn < today && Number(due) > 0 ? daysBetween(dueOn, today) : 0;

export type WriteOffAs = "bad_debt" | "small_difference";

/** What settles an invoice, with an amount above zero in the invoice's currency. */
export type NewSettlement = {
  readonly invoiceId: string;
  readonly amount: Decimal;
  /** since when it counts; never before the invoice and what pays it do, nor in a locked month. Default: today */
  readonly on?: PlainDate;
} & (
  | { readonly kind: "payment"; readonly paymentId: string }
  | { readonly kind: "credit_note"; readonly creditNoteId: string }
  /** drawn from what is left of the customer's payments and credit notes, the oldest first */
  | { readonly kind: "balance" }
  | { readonly kind: "write_off"; readonly as: WriteOffAs; readonly reason: string }
);

export type SettlementKind = NewSettlement["kind"] | "refund";

export type Settlement = {
  readonly id: string;
  readonly kind: SettlementKind;
  /** null: it was paid back */
  readonly invoiceId: string | null;
  readonly refundId: string | null;
  readonly paymentId: string | null;
  readonly creditNoteId: string | null;
  /** above zero; of a reversal below */
  readonly amount: string;
  readonly effectiveOn: PlainDate;
  readonly writeOffAs: WriteOffAs | null;
  readonly reason: string | null;
  /** of a reversal: what it takes back */
  readonly reversesId: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
};

/** When something is written into the ledger, and by whom. */
export type LedgerScope = { readonly now: Date; readonly today: PlainDate; readonly recordedBy: string };
