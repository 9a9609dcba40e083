import type { Cadence, FirstPeriod, RecurringCadence } from "../calendar/cadence";
import type { PlainDate } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import type { Discount } from "../pricing/discount";
import type { Price } from "../pricing/price";
import type { ProrationRule } from "../pricing/prorate";

/** What the engine bills: phases of charges over a term. Trials and ramps arrive here as phases. */
export type Contract = {
  readonly id: string;
  readonly currency: Currency;
  readonly startsOn: PlainDate;
  /** Null: until further notice. */
  readonly endsBefore: PlainDate | null;
  /** Gives the day of the month on which full periods begin; 31 means the last day of shorter months. */
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
  /** In order and without gaps over the term. */
  readonly phases: readonly Phase[];
  readonly minimums: readonly MinimumCommitment[];
  /** Last day that another system has billed (included): nothing that serves or starts by then is proposed. */
  readonly billedThrough: PlainDate | null;
};

export type Phase = {
  readonly id: string;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly charges: readonly Charge[];
};

/** In advance falls due on the first day of the service period, in arrears on the day after its last. */
export type BillingTiming = "in_advance" | "in_arrears";

export type Charge = {
  readonly id: string;
  /** Kept over versions, phases and replacing amendments of the price; once per phase. */
  readonly lineageId: string;
  readonly productId: string;
  readonly description: string;
  readonly price: Price;
  /** Contracted units of an unmetered price; the contracted minimum of a seat price; not read for a metered one. */
  readonly quantity: Decimal;
  /** The metric whose usage is rated; null for an unmetered price. */
  readonly metricId: string | null;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
  readonly discounts: readonly Discount[];
};

/** At least this much per period over the covered charges, whatever invoice they are on. */
export type MinimumCommitment = {
  readonly id: string;
  readonly description: string;
  /** Per full period of the cadence. */
  readonly amount: Decimal;
  readonly cadence: RecurringCadence;
  /** The charges that count towards it. */
  readonly lineageIds: readonly string[] | "all";
  readonly proration: ProrationRule;
};
