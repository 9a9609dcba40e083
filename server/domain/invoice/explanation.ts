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
  /** Seats beyond those billed in advance: what was billed for the first day's seats. */
  readonly lessInAdvance: DecimalText | null;
  readonly precise: DecimalText;
  /** Segments of one price lineage in one full period round their running total and bill the difference. */
  readonly runningTotal: RunningTotalExplained | null;
  readonly charge: DecimalText;
  readonly discounts: readonly DiscountExplained[];
  readonly discount: DecimalText;
  readonly comparison: ComparisonExplained | null;
  readonly adjustment: AdjustmentExplained | null;
  readonly rounding: { readonly minorUnits: number; readonly mode: "half_away_from_zero" };
  /** charge − discount */
  readonly result: DecimalText;
};

export type QuantityExplained = {
  readonly source: QuantitySource;
  readonly measured: DecimalText;
  /** Units that cost nothing. Metered prices get as many as the part served brings; others prorate the whole amount. */
  readonly included: DecimalText;
  readonly includedInFullPeriod: DecimalText;
  readonly includedProration: ProrationExplained | null;
  /** measured − included, not below zero; seats: on average over the days served. */
  readonly billable: DecimalText;
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
  /** Seats: on how many days this slice counted. */
  readonly days: number | null;
};

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
  readonly percent: DecimalText | null;
  readonly fixed: DecimalText | null;
  /** What it was taken from, and how much it took, not rounded. */
  readonly base: DecimalText;
  readonly taken: DecimalText;
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
