import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import type { Money } from "../../domain/money/money";

/** Where revenue may be lost in a month: what was used or agreed, and is not billed. */
export type Leakage = {
  readonly month: PlainMonth;
  readonly unbilledUsage: readonly UnbilledUsage[];
  readonly pastDiscounts: readonly PastDiscount[];
  readonly termsEnding: readonly TermEnding[];
};

/** What a customer used on days on which no contract in force bills it. */
export type UnbilledUsage = {
  readonly customerId: string;
  readonly metricId: string;
  readonly firstOn: PlainDate;
  readonly lastOn: PlainDate;
  readonly eventCount: number;
  /** null: it takes single events to measure it */
  readonly quantity: Decimal | null;
  /** in the base currency, as if the usual price held; null: cannot be estimated */
  readonly estimatedValue: Money | null;
};

/** A discount that was agreed for a term that is over, and is still given in the further one. */
export type PastDiscount = {
  readonly contractId: string;
  readonly description: string;
  readonly discount: string;
  readonly percent: string | null;
  readonly fixed: string | null;
  /** the first day of the further term */
  readonly termEndedBefore: PlainDate;
};

/** A contract whose term ends soon after the month. */
export type TermEnding = {
  readonly contractId: string;
  readonly endsBefore: PlainDate;
  /** null: it ends without renewal */
  readonly renewalMonths: number | null;
  /** the last day on which notice keeps it from renewing */
  readonly noticeBy: PlainDate | null;
};
