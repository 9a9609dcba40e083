import type { Currency, CurrencyCode } from "./currency";
import { addUp, Decimal, ZERO } from "./decimal";

/** An amount of one currency. The currency is part of the type, so that dollars and yen do not add. */
export type Money<C extends CurrencyCode = CurrencyCode> = {
  readonly amount: Decimal;
  readonly currency: Currency<C>;
};

/** Amounts come as Decimal or as plain decimal text, never as a JS number: it would already have lost digits. */
export function money<C extends CurrencyCode>(amount: Decimal | string, currency: Currency<C>): Money<C> {
  return { amount: typeof amount === "string" ? new Decimal(amount) : amount, currency };
}

export const zero = <C extends CurrencyCode>(currency: Currency<C>): Money<C> => ({ amount: ZERO, currency });

export function add<C extends CurrencyCode>(a: Money<C>, b: NoInfer<Money<C>>): Money<C> {
  assertSameCurrency(a, b);
  return { amount: a.amount.plus(b.amount), currency: a.currency };
}

export function subtract<C extends CurrencyCode>(a: Money<C>, b: NoInfer<Money<C>>): Money<C> {
  assertSameCurrency(a, b);
  return { amount: a.amount.minus(b.amount), currency: a.currency };
}

/** Subtracts from zero, because decimal.js would turn 0 into −0. */
export const negate = <C extends CurrencyCode>({ amount, currency }: Money<C>): Money<C> => ({
  amount: ZERO.minus(amount),
  currency,
});

/** The sum of any number of amounts; the currency is asked for because there may be none. */
export function sum<C extends CurrencyCode>(amounts: readonly Money<C>[], currency: NoInfer<Currency<C>>): Money<C> {
  for (const each of amounts) assertSameCurrency(each, { currency });
  return { amount: addUp(amounts.map(({ amount }) => amount)), currency };
}

/** Negative if a is less, zero if equal, positive if greater. */
export function compare<C extends CurrencyCode>(a: Money<C>, b: NoInfer<Money<C>>): number {
  assertSameCurrency(a, b);
  return a.amount.comparedTo(b.amount);
}

/** Far beyond any price or ratio, and well inside the 40 digits that quotients carry. */
const EXACT_DECIMALS = 24;

/**
 * Half away from zero to the currency's minor unit (decision "Rounding"). Quotients are cut at 40 digits, so thirds of
 * an exact half unit may add up to a hair less than it: they are brought back before the half decides.
 */
export function roundToMinorUnit<C extends CurrencyCode>({ amount, currency }: Money<C>): Money<C> {
  const exact = amount.decimalPlaces() > EXACT_DECIMALS ? amount.toDecimalPlaces(EXACT_DECIMALS) : amount;
  const rounded = exact.toDecimalPlaces(currency.minorUnits);
  return { amount: rounded.isZero() ? ZERO : rounded, currency };
}

/** The amount as text with exactly the currency's minor units, as documents and the API write it: "10.50". */
export function moneyText({ amount, currency }: Money): string {
  return amount.toFixed(Math.max(currency.minorUnits, amount.decimalPlaces()));
}

function assertSameCurrency(a: Pick<Money, "currency">, b: Pick<Money, "currency">): void {
  if (a.currency.code !== b.currency.code) {
    throw new Error(`${a.currency.code} and ${b.currency.code} do not mix`);
  }
}
