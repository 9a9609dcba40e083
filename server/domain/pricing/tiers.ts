import { type Decimal, ZERO } from "../money/decimal";
import type { PercentTier, Tier } from "./price";
import { type RatedSlice, slice } from "./slice";

/** Units by tier: each tier reached with the units that lie in it. */
export function rateGraduated(tiers: readonly Tier[], units: Decimal, feeAtZero: boolean): RatedSlice[] {
  return walkTiers(tiers, units, feeAtZero, unitsInTier);
}

/** All units at the price of the tier that the last one lies in. */
export function rateVolume(tiers: readonly Tier[], units: Decimal, feeAtZero: boolean): RatedSlice[] {
  if (units.isZero() && !feeAtZero) return [];
  const index = tiers.findIndex(({ upTo }) => upTo === null || units.lte(upTo));
  const tier = tiers[index];
  if (tier === undefined) throw new Error("volume price: the last tier has to be unbounded");
  return [unitsInTier(tier, tiers[index - 1]?.upTo ?? ZERO, units)];
}

/** An amount by tier: of what lies in each tier reached, its percent. */
export function rateGraduatedPercentage(
  tiers: readonly PercentTier[],
  amount: Decimal,
  feeAtZero: boolean,
): RatedSlice[] {
  return walkTiers(tiers, amount, feeAtZero, amountInTier);
}

type InTier<T> = (tier: T, above: Decimal, quantity: Decimal) => RatedSlice;

/** Splits a quantity over ascending tiers, for as far as it reaches. */
function walkTiers<T extends Tier | PercentTier>(
  tiers: readonly T[],
  quantity: Decimal,
  feeAtZero: boolean,
  inTier: InTier<T>,
): RatedSlice[] {
  if (quantity.isZero() && !feeAtZero) return [];
  const slices: RatedSlice[] = [];
  let above = ZERO;
  for (const tier of tiers) {
    // The first tier is reached at zero, so that its flat fee is due without usage.
    if (slices.length > 0 && quantity.lte(above)) break;
    const end = tier.upTo === null || quantity.lt(tier.upTo) ? quantity : tier.upTo;
    slices.push(inTier(tier, above, slices.length === 0 ? end : end.minus(above)));
    above = end;
  }
  return slices;
}

const unitsInTier: InTier<Tier> = (tier, above, units) => ({
  ...slice("tier", units, tier.unitPrice, tier.flatFee ?? ZERO),
  above,
  upTo: tier.upTo,
});

const amountInTier: InTier<PercentTier> = (tier, above, amount) => ({
  ...slice("percent_tier", amount, tier.percent.div(100), tier.flatFee ?? ZERO),
  above,
  upTo: tier.upTo,
});
