import { formatMonth } from "../../domain/calendar/format";
import { type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import type { GridComparison } from "../view";

/** How a month is compared: with what, before or after tax, and in which currency. */
export type ComparisonRequest = {
  readonly comparison: GridComparison;
  readonly isGross: boolean;
  readonly isInBase: boolean;
};

/** As flags, sign-offs and summaries go by it. */
export const USUAL_COMPARISON: ComparisonRequest = { comparison: "previous_month", isGross: false, isInBase: false };

/** The months that a comparison goes back to, the latest first; none where nothing is compared. */
export function baselineMonthsOf(month: PlainMonth, comparison: GridComparison): readonly PlainMonth[] {
  switch (comparison) {
    case "none":
      return [];
    case "previous_month":
      return [shiftMonth(month, -1)];
    case "same_month_last_year":
      return [shiftMonth(month, -12)];
    case "mean_of_three_months":
      return [shiftMonth(month, -1), shiftMonth(month, -2), shiftMonth(month, -3)];
  }
}

/** Which months a sentence about this one means: "last month", "in Oct 2025", "in the three months before". */
export function baselineInWords(month: PlainMonth, baselineMonths: readonly PlainMonth[]): string {
  const [latest] = baselineMonths;
  if (latest === undefined || baselineMonths.length > 1) return "in the three months before";
  return latest === shiftMonth(month, -1) ? "last month" : `in ${formatMonth(latest)}`;
}
