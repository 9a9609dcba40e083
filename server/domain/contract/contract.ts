import type { Cadence, FirstPeriod, RecurringCadence } from "../calendar/cadence";
import type { PlainDate } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import type { Percent } from "../money/percent";
import type { Discount, DiscountPosition } from "../pricing/discount";
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
  /** At least so much, topped up by a true-up line. */
  readonly minimums: readonly SpendBound[];
  /** At most so much, taken back by a cap line. */
  readonly maximums: readonly SpendBound[];
  /** Over several charges or whole invoices; those of one charge stand on the charge. */
  readonly discounts: readonly ContractDiscount[];
  /** Last day that another system has billed (included): nothing that serves or starts by then is proposed. */
  readonly billedThrough: PlainDate | null;
  readonly lateUsage: LateUsagePolicy;
};

/**
 * What becomes of usage that is known only after its period was billed (decision "Late usage"): an adjustment on the
 * next invoice; the invoice credited in full and issued again; or only a report.
 */
export type LateUsagePolicy = "next_invoice" | "credit_and_rebill" | "ignore_with_report";

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
  /** Nothing is owed for it, whatever is used: minimum and tier fees of the price rest. */
  readonly isFreeTrial: boolean;
};

/** At least or at most this much per period over the covered charges, whatever invoice they are on. */
export type SpendBound = {
  readonly id: string;
  readonly description: string;
  /** Per full period of the cadence. */
  readonly amount: Decimal;
  /** `term`: once over the bound's own days, which then have an end. */
  readonly cadence: RecurringCadence | "term";
  /** The days it holds for; null: as long as the contract. Periods that it holds for in part follow the proration rule. */
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
  /** The charges that count towards it. */
  readonly lineageIds: readonly string[] | "all";
  readonly proration: ProrationRule;
};

/**
 * What a discount of the contract is taken from: all lines of an invoice; those of some charges; those that a minimum
 * covers, as long as it holds (what the customer gets for the commitment).
 */
export type DiscountScope =
  | { readonly kind: "invoice" }
  | { readonly kind: "group"; readonly lineageIds: readonly string[] }
  | { readonly kind: "commitment"; readonly boundId: string };

/**
 * Comes off after the discounts of the charges, in the order of the contract, never below zero. A percent is taken from
 * the sum of the lines that fall due together, rounded once and spread over them. A fixed amount is given once per full
 * period of its cadence to the lines that serve it, in the order they fall due; what they cannot use lapses with it.
 */
export type ContractDiscount = {
  readonly id: string;
  readonly description: string;
  readonly scope: DiscountScope;
  /** Before the minimum: on the lines themselves. After it (default of invoices): on lines of its own. */
  readonly position: DiscountPosition;
  /** Applies to service that begins in these days; null: as long as the contract. */
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
} & (
  | { readonly kind: "percent"; readonly percent: Percent }
  | { readonly kind: "fixed"; readonly amount: Decimal; readonly cadence: Cadence }
);
