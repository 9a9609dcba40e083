import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { leftByPercent } from "./discount-terms";
import { addDriver, type Drivers, type DriverTotals } from "./driver";
import { type ItemLine, netOf, netOfSides, ratedBy, type Side, sideOf, sideOfAmount } from "./side";

/** A matched item with both of its sides; null where only amounts could be compared. */
export type MatchedItem = {
  readonly drivers: Drivers;
  readonly sides: { readonly baseline: Side; readonly current: Side } | null;
};

/**
 * What moved an item that stands on both sides (variance, step 2), with the baseline as side 0: proration, then volume
 * and mix, then price, then discount. The drivers add up to the change of its net.
 */
export function matchItem(
  { baseline, current }: { readonly baseline: readonly ItemLine[]; readonly current: readonly ItemLine[] },
  currency: Currency,
): MatchedItem {
  const [before, now] = [sideOf(baseline, currency), sideOf(current, currency)];
  if (before === null || now === null)
    return { drivers: driversOf(sideOfAmount(baseline), sideOfAmount(current), currency), sides: null };
  return { drivers: driversOf(before, now, currency), sides: { baseline: before, current: now } };
}

function driversOf(before: Side, now: Side, currency: Currency): Drivers {
  const n = (f: Side, g: Side, q: Side, d: Side): Decimal =>
    netOfSides({ f: f.f, g: g.g, q: q.q, d: d.d }, g === before ? now.g : before.g, currency);
  const prorated = n(now, before, before, before);
  const used = n(now, before, now, before);
  const priced = n(now, now, now, before);
  const drivers: DriverTotals = {};
  addDriver(drivers, "proration", prorated.minus(before.net));
  const moved = used.minus(prorated);
  const volume = volumeOf(moved, before, now, currency);
  addDriver(drivers, "volume", volume);
  addDriver(drivers, "mix", moved.minus(volume));
  addDriver(drivers, "price", priced.minus(used));
  addDriver(drivers, "discount", now.net.minus(priced));
  return drivers;
}

/** What so many more units would have cost at the average price of the baseline; the rest is the tier they reached. */
function volumeOf(moved: Decimal, before: Side, now: Side, currency: Currency): Decimal {
  const { f, g, q } = { f: now.f, g: before.g, q: before.q };
  if (moved.isZero() || q.total.isZero() || g.isLinear) return moved;
  const { sum, share } = ratedBy(g, q, g);
  if (sum.isZero()) return moved;
  const atAverage = now.q.total.minus(q.total).times(f.share).times(sum).times(leftByPercent(before.d));
  const rounded = roundToMinorUnit(money(atAverage.div(q.total.times(share)), currency)).amount;
  return netOf(rounded, g, currency);
}
