import { type CurrencyCode, currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { InputProblems } from "../../platform/input-problems";

/** Fifteen digits before the point, as amounts are kept. */
const AMOUNT_LIMIT = "1e15";

/** An amount of money that changed hands: above zero, in whole minor units. A currency that is not known has none. */
export function checkAmount(
  amount: Decimal,
  code: CurrencyCode | null,
  problems: InputProblems,
  ...path: readonly string[]
): void {
  if (amount.lte(0) || amount.gte(AMOUNT_LIMIT)) {
    problems.report("AMOUNT_OUT_OF_RANGE", `An amount is above zero and below ${AMOUNT_LIMIT}.`, ...path);
  } else if (code && amount.decimalPlaces() > currency(code).minorUnits) {
    problems.report("AMOUNT_TOO_PRECISE", `${code} has ${currency(code).minorUnits} decimals.`, ...path);
  }
}
