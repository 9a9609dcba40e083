import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { addDriver, DRIVERS, type Drivers, type DriverTotals } from "./driver";

/** A baseline and what moved it from there. */
export type Variance = { readonly baseline: Decimal; readonly drivers: Drivers };

/** In the base currency of the organization, where rates move amounts as well. */
export type VarianceInBase = Variance & { readonly fx: Decimal };

/** What one unit of the currency is worth in the base currency, in the month of the baseline and in the current one. */
export type Rates = { readonly baseline: Decimal; readonly current: Decimal };

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
 */
export function inBaseCurrency(variance: Variance, rates: Rates, base: Currency): VarianceInBase {
  const before = runningAmounts(variance).map((amount) => rounded(amount.times(rates.baseline), base));
  const current = rounded((runningAmounts(variance).at(-1) ?? ZERO).times(rates.current), base);
  return { ...differences(before), fx: current.minus(before.at(-1) ?? ZERO) };
}

/** Against several months (variance, step 5): the running amounts are averaged, rounded, and told by their differences. */
export function meanOf(variances: readonly Variance[], currency: Currency): Variance {
  const runs = variances.map(runningAmounts);
  const count = Math.max(runs.length, 1);
  return differences(
    [ZERO, ...DRIVERS].map((_, index) =>
      rounded(runs.reduce((total, run) => total.plus(run[index] ?? ZERO), ZERO).div(count), currency),
    ),
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
