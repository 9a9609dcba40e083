import { type Decimal, ZERO } from "../money/decimal";

/** Why a bill changed, in the fixed order in which amounts run from the baseline to the current month. */
export const DRIVERS = [
  "new",
  "lost",
  "timing",
  "volume",
  "mix",
  "price",
  "proration",
  "discount",
  "minimum",
  "credit",
  "manual",
  "tax",
] as const;
export type Driver = (typeof DRIVERS)[number];

/** What each driver moved; one that is left out moved nothing. */
export type Drivers = { readonly [D in Driver]?: Decimal };

/** The same, to be added to. */
export type DriverTotals = { [D in Driver]?: Decimal };

export function addDriver(totals: DriverTotals, driver: Driver, amount: Decimal): void {
  if (amount.isZero()) return;
  const before = totals[driver];
  totals[driver] = before ? before.plus(amount) : amount;
}

export function addDrivers(totals: DriverTotals, more: Drivers): void {
  for (const driver of DRIVERS) {
    const amount = more[driver];
    if (amount) addDriver(totals, driver, amount);
  }
}

export function sumOfDrivers(all: Iterable<Drivers>): Drivers {
  const totals: DriverTotals = {};
  for (const drivers of all) addDrivers(totals, drivers);
  return totals;
}

/** The whole change that the drivers explain. */
export const changeOf = (drivers: Drivers): Decimal =>
  DRIVERS.reduce((total, driver) => total.plus(drivers[driver] ?? ZERO), ZERO);

/** The largest first, of equal ones in their order; those that moved nothing are left out. */
export function bySize(drivers: Drivers): { readonly driver: Driver; readonly amount: Decimal }[] {
  return DRIVERS.flatMap((driver) => {
    const amount = drivers[driver];
    return amount && !amount.isZero() ? [{ driver, amount }] : [];
  }).sort((a, b) => b.amount.abs().comparedTo(a.amount.abs()));
}
