import { currency } from "../../domain/money/currency";
import { type Money, money, roundToMinorUnit, sum } from "../../domain/money/money";
import { amountOf, rateUsage, usageAsked } from "../../domain/pricing/rate";
import type { UnattributedMetric, UnattributedUsage } from "../usage";
import type { Price } from "./price";
import { usualPricesByMetric } from "./price.store";

/**
 * What usage would be worth if it were a customer's own: a month's quantity by itself, rated at the price that most
 * active contracts bill its metric with. null where there is no such price, or where it looks at single events.
 */
export function estimatedValue(usualPrice: Price | null, used: UnattributedMetric): Money | null {
  if (!usualPrice || usageAsked(usualPrice.price) === "event_amounts") return null;
  const amount = amountOf(rateUsage(usualPrice.price, used));
  return roundToMinorUnit(money(amount, currency(usualPrice.currency)));
}

/** The value of each, by prices that are read at once for all. */
export async function estimatedValues(
  all: readonly UnattributedMetric[],
): Promise<(used: UnattributedMetric) => Money | null> {
  const prices = await usualPricesByMetric([...new Set(all.map(({ metric }) => metric.id))]);
  return (used) => estimatedValue(prices.get(used.metric.id) ?? null, used);
}

/** The sum of what can be estimated, in the base currency; nothing where nothing can. */
export async function estimatedTotals({ rows }: UnattributedUsage): Promise<Money[]> {
  const all = rows.flatMap(({ metrics }) => metrics);
  const valueOf = await estimatedValues(all);
  const values = all.flatMap((used) => valueOf(used) ?? []);
  const [first] = values;
  return first ? [sum(values, first.currency)] : [];
}
