import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { PaymentMethod } from "./payment";

export type Refund = {
  readonly id: string;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly amount: string;
  readonly paidOn: PlainDate;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly reason: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
};

export type NewRefund = {
  readonly customerId: string;
  readonly currency: string;
  readonly amount: Decimal;
  readonly paidOn: PlainDate;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly reason: string;
  /** the credit note that is paid out; null: what is left of anything, the oldest first */
  readonly creditNoteId: string | null;
};
