import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { discountOn, leftByPercent } from "./discount-terms";
import { addDriver, type Drivers, type DriverTotals } from "./driver";
import { chargeBy, type ItemLine, isTaxedAlike, netOf, ratedBy, type Side, sideOf, sideOfAmount } from "./side";

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

/**
 * The cents that a side's lines were rounded to, beyond R(f · g(q)) and the discount on it, come and go with the last of
 * the four that changed: where only one did, its driver has them.
 */
function driversOf(before: Side, now: Side, currency: Currency): Drivers {
  const isSame = {
    f: before.f.equals(now.f),
    g: before.g.key === now.g.key && isTaxedAlike(before.g, now.g, currency),
    q: before.q.key === now.q.key,
  };
  // Where nothing else changed, the cents of a discount are the discount's.
  const isSameDiscount = before.d.key === now.d.key && !(isSame.f && isSame.g && isSame.q);
  const n = (f: Side, g: Side, q: Side, d: Side): Decimal => {
    const isCharged = (f === now || isSame.f) && (g === now || isSame.g) && (q === now || isSame.q);
    if (isCharged && (d === now || isSameDiscount)) return now.net;
    const rated = chargeBy({ f: f.f, g: g.g, q: q.q }, g === before ? now.g : before.g, currency);
    const charge = isCharged ? now.charge : rated.plus(before.leftover);
    return netOf(charge.minus(discountOn(d.d, charge, currency)), g.g, currency);
  };
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
  const atAverage = now.q.total.minus(q.total).times(f).times(sum).times(leftByPercent(before.d));
  const rounded = roundToMinorUnit(money(atAverage.div(q.total.times(share)), currency)).amount;
  return netOf(rounded, g, currency);
}
