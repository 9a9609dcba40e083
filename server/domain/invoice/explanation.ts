import type { DiscountScope } from "../contract/contract";
import type { SeatStrategy } from "../pricing/price";
import type { ProrationRule } from "../pricing/prorate";
import type { SliceKind } from "../pricing/slice";
import type { LineKind } from "./line-kind";

/** A decimal as text, without exponent. */
export type DecimalText = string;
export type PeriodText = { readonly startsOn: string; readonly endsBefore: string };

/**
 * How a line came to its amount, in the order of the calculation, so that every cent can be re-derived by hand. Plain
 * data: it is stored and sent as it is. Parts that a line does not have are null or empty.
 */
export type Explanation = {
  readonly kind: LineKind;
  readonly description: string;
  readonly servicePeriod: PeriodText;
  readonly fullPeriod: PeriodText;
  readonly quantity: QuantityExplained | null;
  readonly slices: readonly SliceExplained[];
  /** Sum of the slices (seats: their mean over the days served): the price of the whole full period. */
  readonly fullPeriodAmount: DecimalText | null;
  /** Full-period amount × numerator ÷ denominator. Null: taken whole. */
  readonly proration: ProrationExplained | null;
  /** Seats beyond those billed in advance: what the same service was billed before, in advance and since. */
  readonly lessBilledBefore: DecimalText | null;
  /** The days that the proration and the slices are about, where they are more than the service period: of overage. */
  readonly ratedPeriod: PeriodText | null;
  readonly precise: DecimalText;
  /** Segments of one price lineage in one full period round their running total and bill the difference. */
  readonly runningTotal: RunningTotalExplained | null;
  readonly charge: DecimalText;
  readonly discounts: readonly DiscountExplained[];
  /** Discounts of the contract, in order, on what the line's own discounts leave. */
  readonly sharedDiscounts: readonly SharedDiscountExplained[];
  readonly discount: DecimalText;
  readonly comparison: ComparisonExplained | null;
  readonly adjustment: AdjustmentExplained | null;
  /** Of a line that prepaid credits make; other lines do without. */
  readonly credit?: CreditExplained;
  /** Of a line whose amount people set; charge, discount and all before them are the engine's. */
  readonly override?: OverrideExplained;
  /** Of a line of a credit note that people made; all else is how the line that it takes back came to be. */
  readonly taken?: TakenExplained;
  /** Of a line that people wrote. */
  readonly written?: { readonly reason: string };
  readonly rounding: { readonly minorUnits: number; readonly mode: "half_away_from_zero" };
  /** charge − discount, or the amount that people set */
  readonly result: DecimalText;
};

export type OverrideExplained = {
  readonly engineAmount: DecimalText;
  readonly amount: DecimalText;
  readonly reason: string;
};

export type QuantityExplained = {
  readonly source: QuantitySource;
  readonly measured: DecimalText;
  /**
   * Units that cost nothing; of a price in percent the first amounts. Metered prices get as many as the part served
   * brings; others prorate the whole amount.
   */
  readonly included: DecimalText;
  /** Of a price in percent: the first events, which cost nothing. */
  readonly includedEvents: DecimalText;
  readonly includedInFullPeriod: DecimalText;
  readonly includedProration: ProrationExplained | null;
  /** measured − included, not below zero; seats: on average over the days served. */
  readonly billable: DecimalText;
  /** Whose usage it is, where more than one customer's is rated together; adds up to what was measured. */
  readonly breakdown: readonly UsageShareExplained[];
};

export type UsageShareExplained = {
  readonly customerId: string;
  readonly name: string;
  readonly quantity: DecimalText;
};

export type QuantitySource =
  | { readonly kind: "contracted" }
  | { readonly kind: "usage"; readonly metricId: string; readonly events: DecimalText }
  | { readonly kind: "seats"; readonly strategy: SeatStrategy | "first_day"; readonly contracted: DecimalText };

/** amount = quantity × unitPrice + flatFee; seats: for each of so many days. */
export type SliceExplained = {
  readonly kind: SliceKind;
  readonly quantity: DecimalText;
  readonly unitPrice: DecimalText;
  readonly flatFee: DecimalText;
  readonly amount: DecimalText;
  /** The tier's bounds: above, up to and including. */
  readonly above: DecimalText | null;
  readonly upTo: DecimalText | null;
  readonly packageSize: DecimalText | null;
  /** A matrix price: what the usage of this slice says of itself; null for the usage that no row names. */
  readonly dimensions: readonly DimensionExplained[] | null;
  /** Seats: on how many days this slice counted. */
  readonly days: number | null;
};

export type DimensionExplained = { readonly property: string; readonly value: string };

export type ProrationExplained = {
  readonly rule: ProrationRule;
  readonly numerator: number;
  readonly denominator: number;
  readonly daysServed: number;
  readonly daysInFullPeriod: number;
};

export type RunningTotalExplained = {
  readonly preciseBefore: DecimalText;
  readonly preciseToDate: DecimalText;
  readonly chargeBefore: DecimalText;
  readonly chargeToDate: DecimalText;
  readonly discountPreciseBefore: DecimalText;
  readonly discountPreciseToDate: DecimalText;
  readonly discountBefore: DecimalText;
  readonly discountToDate: DecimalText;
};

export type DiscountExplained = {
  readonly description: string;
  /** Neither percent nor fixed: what a cap has made of earlier segments takes back what the discount gave them. */
  readonly percent: DecimalText | null;
  readonly fixed: DecimalText | null;
  /** What it was taken from, and how much it took, not rounded. */
  readonly base: DecimalText;
  readonly taken: DecimalText;
};

/** A discount that several lines share: taken from their sum, rounded once, and spread by what each of them has left. */
export type SharedDiscountExplained = {
  readonly description: string;
  readonly scope: DiscountScope["kind"];
  readonly percent: DecimalText | null;
  readonly fixed: DecimalText | null;
  /** What all the lines together had left to discount, and what all of them were given. */
  readonly base: DecimalText;
  readonly given: DecimalText;
  /** What this line had left, and its share. */
  readonly left: DecimalText;
  readonly share: DecimalText;
};

/** A minimum or maximum, prorated and rounded, against the covered lines. */
export type ComparisonExplained = {
  readonly bound: "minimum" | "maximum";
  /** One per segment that has the bound; together, rounded, they are the amount compared. */
  readonly parts: readonly BoundPartExplained[];
  readonly boundAmount: DecimalText;
  readonly covered: readonly CoveredExplained[];
  readonly coveredTotal: DecimalText;
};

export type BoundPartExplained = {
  readonly fullPeriodAmount: DecimalText;
  readonly proration: ProrationExplained | null;
  readonly precise: DecimalText;
};

export type CoveredExplained = {
  readonly description: string;
  readonly kind: LineKind;
  readonly servicePeriod: PeriodText;
  readonly net: DecimalText;
  /** The part of the net that counts: all of it, or its share of service days in the period. */
  readonly counted: DecimalText;
};

export type AdjustmentExplained = {
  readonly originalKind: LineKind;
  readonly expected: DecimalText;
  readonly billed: DecimalText;
  /** How the original line comes to what it should be; null if nothing is left of it. */
  readonly expectedLine: Explanation | null;
};

/** What a grant of prepaid credits pays of a line; below zero: what comes back to it. */
export type CreditExplained = {
  readonly grantId: string;
  readonly grantName: string;
  /** The line that is paid. */
  readonly lineKey: string;
  readonly lineDescription: string;
  readonly lineNet: DecimalText;
  readonly balanceBefore: DecimalText;
  readonly drawn: DecimalText;
  readonly balanceAfter: DecimalText;
};

/** Everything is its share to date, less what was credited before; with the sign of the billed line. */
export type TakenExplained = {
  readonly billedNet: DecimalText;
  readonly billedTax: DecimalText;
  /** By credit notes before this one. */
  readonly netBefore: DecimalText;
  readonly taxBefore: DecimalText;
  readonly net: DecimalText;
  readonly tax: DecimalText;
};
