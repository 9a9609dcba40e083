import { fail, ok, type Result } from "../result";
import type { Currency, CurrencyCode } from "./currency";
import { Decimal, ZERO } from "./decimal";
import { type Money, negate, roundToMinorUnit, sum } from "./money";

export type AllocateProblem = { readonly code: "WEIGHTS_NEGATIVE" } | { readonly code: "WEIGHTS_ALL_ZERO" };

/**
 * Splits an amount over weights so that the parts add up to the amount exactly (decision "Splitting a total"). The
 * amount has to be whole minor units. A negative amount splits as the mirror of the positive one.
 */
export function allocate<C extends CurrencyCode>(
  total: Money<C>,
  weights: readonly Decimal[],
): Result<Money<C>[], AllocateProblem> {
  if (weights.some((weight) => weight.isNegative() && !weight.isZero())) return fail({ code: "WEIGHTS_NEGATIVE" });
  const weightSum = weights.reduce((sum, weight) => sum.plus(weight), ZERO);
  if (weightSum.isZero()) return fail({ code: "WEIGHTS_ALL_ZERO" });
  if (!roundToMinorUnit(total).amount.equals(total.amount)) {
    throw new Error("allocate: round the total to the minor unit first");
  }
  const { amount, currency } = total;
  const shares = weights.map((weight) => ({ amount: amount.times(weight).div(weightSum), currency }));
  return ok(roundParts(shares, total));
}

/**
 * Rounds amounts so that they add up to their rounded sum: each is floored to the minor unit, the units left over go to
 * the largest remainders, ties to the earliest. Below zero the mirror image.
 */
export function roundTogether<C extends CurrencyCode>(
  amounts: readonly Money<C>[],
  currency: NoInfer<Currency<C>>,
): Money<C>[] {
  return roundParts(amounts, roundToMinorUnit(sum(amounts, currency)));
}

function roundParts<C extends CurrencyCode>(parts: readonly Money<C>[], total: Money<C>): Money<C>[] {
  if (total.amount.isNegative()) return roundParts(parts.map(negate), negate(total)).map(negate);

  // Products are as exact as quotients here, and cost a fraction of them.
  const { minorUnits } = total.currency;
  const [unitsPerOne, minorUnit] = [new Decimal(10).pow(minorUnits), new Decimal(10).pow(-minorUnits)];
  const floored = parts.map(({ amount }, index) => {
    const exact = amount.times(unitsPerOne);
    const units = exact.floor();
    return { index, units, remainder: exact.minus(units) };
  });
  const unitsGiven = floored.reduce((given, { units }) => given.plus(units), ZERO);
  const unitsLeft = total.amount.times(unitsPerOne).minus(unitsGiven).toNumber();
  const promoted = new Set(
    floored
      .toSorted((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)
      .slice(0, unitsLeft)
      .map(({ index }) => index),
  );
  return floored.map(({ index, units }) => ({
    amount: (promoted.has(index) ? units.plus(1) : units).times(minorUnit),
    currency: total.currency,
  }));
}
