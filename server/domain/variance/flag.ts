import type { Decimal } from "../money/decimal";
import { type Comparison, percentOfBaseline } from "./compare-items";

export type Flag = "first_bill" | "missing_bill" | "zero_bill" | "spike" | "drop";

/** A change is flagged when it exceeds both. */
export type VarianceThresholds = { readonly amount: Decimal; readonly percent: Decimal };

/**
 * What a reviewer should look at. `first_bill`: nothing of it was ever billed; `missing_bill`: no document where one was
 * due or something ended; `zero_bill`: documents over nothing; `spike` and `drop`: the change without timing exceeds
 * the amount and the percent of the baseline without timing. A change from nothing exceeds any percent.
 */
export function flag(comparison: Comparison, thresholds: VarianceThresholds): Flag[] {
  const { hasCurrentDocuments, hasBaselineDocuments, current } = comparison;
  if (!hasCurrentDocuments) return hasBaselineDocuments && comparison.isMissing ? ["missing_bill"] : [];

  const flags: Flag[] = [];
  if (comparison.isFirst) flags.push("first_bill");
  if (current.amount.isZero()) flags.push("zero_bill");
  if (hasBaselineDocuments) flags.push(...moved(comparison, thresholds));
  return flags;
}

function moved({ changeWithoutTiming, baselineWithoutTiming }: Comparison, thresholds: VarianceThresholds): Flag[] {
  if (changeWithoutTiming.amount.abs().lte(thresholds.amount)) return [];
  const percent = percentOfBaseline(changeWithoutTiming, baselineWithoutTiming);
  if (percent?.abs().lte(thresholds.percent)) return [];
  return [changeWithoutTiming.amount.isNegative() ? "drop" : "spike"];
}
