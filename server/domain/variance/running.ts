import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { addDriver, DRIVERS, type Drivers, type DriverTotals } from "./driver";

/** A baseline and what moved it from there. */
export type Variance = { readonly baseline: Decimal; readonly drivers: Drivers };

/** In the base currency of the organization, where rates move amounts as well. */
export type VarianceInBase = Variance & { readonly fx: Decimal };

/** Against one month of the baseline, and what one unit of the currency was worth in the base currency then. */
export type VarianceAtRate = Variance & { readonly rate: Decimal };

/** c0 … cK: the amount after each driver, in their order. */
export function runningAmounts({ baseline, drivers }: Variance): Decimal[] {
  const amounts = [baseline];
  let amount = baseline;
  for (const driver of DRIVERS) {
    amount = amount.plus(drivers[driver] ?? ZERO);
    amounts.push(amount);
  }
  return amounts;
}

/**
 * Of one customer and currency (variance, step 4): each running amount at the rate of the baseline, rounded, and the
 * differences of those; what the rate itself did to the current amount is FX. All of it adds up to the change in base.
 * Against several months each is taken at its own rate before they are averaged.
 */
export function inBaseCurrency(
  against: readonly VarianceAtRate[],
  { currentRate, base }: { readonly currentRate: Decimal; readonly base: Currency },
): VarianceInBase {
  const runs = against.map((variance) => runningAmounts(variance).map((amount) => amount.times(variance.rate)));
  const before = meanAmounts(runs, base);
  const [first] = against;
  const current = first ? (runningAmounts(first).at(-1) ?? ZERO) : ZERO;
  return { ...differences(before), fx: rounded(current.times(currentRate), base).minus(before.at(-1) ?? ZERO) };
}

/** Against several months (variance, step 5): the running amounts are averaged, rounded, and told by their differences. */
export const meanOf = (variances: readonly Variance[], currency: Currency): Variance =>
  differences(meanAmounts(variances.map(runningAmounts), currency));

function meanAmounts(runs: readonly (readonly Decimal[])[], currency: Currency): Decimal[] {
  const count = Math.max(runs.length, 1);
  return [ZERO, ...DRIVERS].map((_, index) =>
    rounded(runs.reduce((total, run) => total.plus(run[index] ?? ZERO), ZERO).div(count), currency),
  );
}

function differences(amounts: readonly Decimal[]): Variance {
  const drivers: DriverTotals = {};
  DRIVERS.forEach((driver, index) => {
    addDriver(drivers, driver, (amounts[index + 1] ?? ZERO).minus(amounts[index] ?? ZERO));
  });
  return { baseline: amounts[0] ?? ZERO, drivers };
}

const rounded = (amount: Decimal, currency: Currency): Decimal => roundToMinorUnit(money(amount, currency)).amount;
