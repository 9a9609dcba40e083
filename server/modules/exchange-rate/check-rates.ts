import { CURRENCY_CODES } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { InputProblems } from "../../platform/input-problems";

export const RATES_MAXIMUM = 1_000;
/** As rates are kept: sixteen digits before the point and twelve after it. */
const RATE_LIMIT = "1e16";
const RATE_DECIMALS = 12;

const KNOWN: ReadonlySet<string> = new Set(CURRENCY_CODES);

export function checkCount(count: number, problems: InputProblems): void {
  if (count < 1 || count > RATES_MAXIMUM) {
    problems.report("RATES_OUT_OF_RANGE", `Send 1 to ${RATES_MAXIMUM} rates at once, not ${count}.`, "rates");
  }
}

export function checkCurrency(code: string, problems: InputProblems, ...path: readonly string[]): void {
  if (!KNOWN.has(code)) {
    const message = `"${code}" is not an ISO 4217 currency code. Send one such as "EUR".`;
    problems.report("CURRENCY_UNKNOWN", message, ...path);
  }
}

export function checkRate(
  { rate, source }: { readonly rate: Decimal; readonly source: string },
  problems: InputProblems,
  ...path: readonly string[]
): void {
  if (rate.lte(0) || rate.gte(RATE_LIMIT) || rate.decimalPlaces() > RATE_DECIMALS) {
    const message = `A rate is above zero, with at most ${RATE_DECIMALS} decimals; ${rate.toFixed()} is not.`;
    problems.report("RATE_OUT_OF_RANGE", message, ...path, "rate");
  }
  problems.checkText(source, "The source", 100, ...path, "source");
}

/** Two rates for the same would leave it to chance which one stays. */
export function checkOnce<T>(rates: readonly T[], keyOf: (rate: T) => string, problems: InputProblems): void {
  const seen = new Set<string>();
  rates.forEach((rate, index) => {
    const key = keyOf(rate);
    if (seen.has(key)) problems.report("RATE_GIVEN_TWICE", `${key} is given twice.`, "rates", String(index));
    seen.add(key);
  });
}
