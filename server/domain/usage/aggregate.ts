import { includes, type Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import { Decimal, ZERO } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { DailyAggregation } from "./metric";

/** What is kept of events: how many, and the sum and the maximum of their numbers (no maximum without events). */
export type UsageSums = { readonly count: Decimal; readonly sum: Decimal; readonly maximum: Decimal | null };

/** The sums of one local day. */
export type DailyUsage = UsageSums & { readonly on: PlainDate };

/** Sums of parts make the sums of the whole, in any order. */
export function combine(parts: readonly UsageSums[]): UsageSums {
  let [count, sum] = [ZERO, ZERO];
  let maximum: Decimal | null = null;
  for (const part of parts) {
    count = count.plus(part.count);
    sum = sum.plus(part.sum);
    if (part.maximum !== null) maximum = maximum === null ? part.maximum : Decimal.max(maximum, part.maximum);
  }
  return { count, sum, maximum };
}

/** The quantity that a metric reads off the sums; nothing measured is zero. */
export function measure(aggregation: DailyAggregation, { count, sum, maximum }: UsageSums): Decimal {
  switch (aggregation) {
    case "count":
      return count;
    case "sum":
      return sum;
    case "max":
      return maximum ?? ZERO;
    default:
      return unreachable(aggregation);
  }
}

/** The quantity and the number of events of a period, from daily sums; days outside the period are left out. */
export function aggregate(
  aggregation: DailyAggregation,
  days: readonly DailyUsage[],
  period: Period,
): { readonly quantity: Decimal; readonly events: Decimal } {
  const sums = combine(days.filter(({ on }) => includes(period, on)));
  return { quantity: measure(aggregation, sums), events: sums.count };
}
