import type { Decimal } from "../money/decimal";
import { type Comparison, percentOfBaseline } from "./compare-items";

export type Flag =
  | "first_bill"
  | "missing_bill"
  | "missing_charge"
  | "zero_bill"
  | "new_item"
  | "lost_item"
  | "price_change"
  | "spike"
  | "drop";

/** A change is flagged when it exceeds both. */
export type VarianceThresholds = { readonly amount: Decimal; readonly percent: Decimal };

/**
 * What a reviewer should look at. `first_bill`: nothing of it was ever billed; `missing_bill`: no document where one was
 * due or something ended; `missing_charge`: a bill without a charge that is due every month; `zero_bill`: documents over
 * nothing; `new_item` and `lost_item`: among others, something is billed for the first time or has ended, beyond the
 * thresholds; `price_change`: no amendment, phase or step of a ramp says why; `spike` and `drop`: the change without
 * timing exceeds the amount and the percent of the baseline without timing. A change from nothing exceeds any percent.
 */
export function flag(comparison: Comparison, thresholds: VarianceThresholds): Flag[] {
  const { hasCurrentDocuments, hasBaselineDocuments, current, missingCharges, unexplainedPrices } = comparison;
  if (!hasCurrentDocuments) return hasBaselineDocuments && comparison.isMissing ? ["missing_bill"] : [];

  const flags: Flag[] = [];
  if (comparison.isFirst) flags.push("first_bill");
  if (missingCharges.length > 0) flags.push("missing_charge");
  if (current.amount.isZero()) flags.push("zero_bill");
  if (unexplainedPrices.length > 0) flags.push("price_change");
  if (hasBaselineDocuments) flags.push(...cameOrWent(comparison, thresholds), ...moved(comparison, thresholds));
  return flags;
}

function cameOrWent({ drivers, baselineWithoutTiming }: Comparison, thresholds: VarianceThresholds): Flag[] {
  const exceeds = (amount: Decimal | undefined): boolean =>
    amount?.abs().gt(thresholds.amount) === true &&
    (baselineWithoutTiming.amount.isZero() ||
      amount.abs().times(100).gt(baselineWithoutTiming.amount.abs().times(thresholds.percent)));
  return [
    ...(exceeds(drivers.new) ? (["new_item"] as const) : []),
    ...(exceeds(drivers.lost) ? (["lost_item"] as const) : []),
  ];
}

function moved({ changeWithoutTiming, baselineWithoutTiming }: Comparison, thresholds: VarianceThresholds): Flag[] {
  if (changeWithoutTiming.amount.abs().lte(thresholds.amount)) return [];
  const percent = percentOfBaseline(changeWithoutTiming, baselineWithoutTiming);
  if (percent?.abs().lte(thresholds.percent)) return [];
  return [changeWithoutTiming.amount.isNegative() ? "drop" : "spike"];
}
