import { Decimal, ONE, ZERO } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { Price, Tier } from "./price";
import { ratePercentage } from "./rate-percentage";
import { type RatedSlice, slice } from "./slice";

/**
 * The single place where a quantity becomes an amount: that of one full period, as the slices that explain it. Included
 * units come off first; nothing is rounded; limits and discounts come later. A seat price is rated as if the seats
 * stayed all period. Throws for a percentage price that has to see single events.
 */
export function rate(price: Price, quantity: Decimal): RatedSlice[] {
  switch (price.model) {
    case "flat":
      return [slice("fee", ONE, price.fee)];
    case "one_time":
      return [slice("fee", quantity, price.fee)];
    case "per_unit":
      return [slice("units", billableUnits(price, quantity), price.unitPrice)];
    case "package":
      return [ratePackages(price.packageSize, price.packagePrice, billableUnits(price, quantity))];
    case "graduated":
      return rateGraduated(price.tiers, billableUnits(price, quantity), price.feeAtZero ?? true);
    case "volume":
      return rateVolume(price.tiers, billableUnits(price, quantity), price.feeAtZero ?? true);
    case "seat":
      return rate(price.perSeat, billableUnits(price, quantity));
    case "percentage":
      return ratePercentage(price, { total: quantity });
    default:
      return unreachable(price);
  }
}

/** What is left after included units, never below zero. */
export function billableUnits({ includedUnits }: Pick<Price, "includedUnits">, quantity: Decimal): Decimal {
  const billable = includedUnits ? quantity.minus(includedUnits) : quantity;
  return billable.isNegative() ? ZERO : billable;
}

export function amountOf(slices: readonly RatedSlice[]): Decimal {
  return slices.reduce<Decimal | null>((total, { amount }) => total?.plus(amount) ?? amount, null) ?? ZERO;
}

function ratePackages(packageSize: Decimal, packagePrice: Decimal, units: Decimal): RatedSlice {
  return { ...slice("packages", units.div(packageSize).ceil(), packagePrice), packageSize };
}

function rateGraduated(tiers: readonly Tier[], units: Decimal, feeAtZero: boolean): RatedSlice[] {
  if (units.isZero() && !feeAtZero) return [];
  const slices: RatedSlice[] = [];
  let above = ZERO;
  for (const tier of tiers) {
    // The first tier is reached at zero, so that its flat fee is due without usage.
    if (slices.length > 0 && units.lte(above)) break;
    const end = tier.upTo === null || units.lt(tier.upTo) ? units : tier.upTo;
    slices.push(tierSlice(tier, above, slices.length === 0 ? end : end.minus(above)));
    above = end;
  }
  return slices;
}

function rateVolume(tiers: readonly Tier[], units: Decimal, feeAtZero: boolean): RatedSlice[] {
  if (units.isZero() && !feeAtZero) return [];
  const index = tiers.findIndex(({ upTo }) => upTo === null || units.lte(upTo));
  const tier = tiers[index];
  if (tier === undefined) throw new Error("volume price: the last tier has to be unbounded");
  return [tierSlice(tier, tiers[index - 1]?.upTo ?? ZERO, units)];
}

function tierSlice(tier: Tier, above: Decimal, units: Decimal): RatedSlice {
  return { ...slice("tier", units, tier.unitPrice, tier.flatFee ?? ZERO), above, upTo: tier.upTo };
}
