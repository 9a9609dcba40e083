import { fail, ok, type Result } from "../result";
import { Decimal, type DecimalProblem, parseDecimal } from "./decimal";

declare const percentBrand: unique symbol;
/** "7.5" means 7.5 %. From 0 to 100: what can be taken off a price, or put on it as tax. */
export type Percent = Decimal & { readonly [percentBrand]: true };

export type PercentProblem = DecimalProblem | { readonly code: "PERCENT_OUT_OF_RANGE"; readonly given: string };
/** A value between 0 and 1 is legal and usually a slip: 0.1 typed for 10 %. */
export type PercentWarning = "PERCENT_BELOW_ONE";

/** A percent from text or decimal that is known to be good; throws otherwise. */
export function percent(value: Decimal | string): Percent {
  const decimal = new Decimal(value);
  if (decimal.lt(0) || decimal.gt(100)) throw new Error(`not a percent from 0 to 100: ${decimal.toFixed()}`);
  return decimal as Percent;
}

/** Reads a percent from text, with a warning where the sender may have meant a fraction. */
export function parsePercent(
  text: string,
): Result<{ readonly percent: Percent; readonly warnings: readonly PercentWarning[] }, PercentProblem> {
  const parsed = parseDecimal(text);
  if (!parsed.ok) return parsed;
  if (parsed.value.lt(0) || parsed.value.gt(100)) return fail({ code: "PERCENT_OUT_OF_RANGE", given: text });
  return ok({ percent: parsed.value as Percent, warnings: percentWarnings(parsed.value as Percent) });
}

export const percentWarnings = (value: Percent): readonly PercentWarning[] =>
  value.gt(0) && value.lt(1) ? ["PERCENT_BELOW_ONE"] : [];

/** So many percent of an amount, not rounded. */
export const percentOf = (amount: Decimal, share: Percent): Decimal => amount.times(share).times(HUNDREDTH);
const HUNDREDTH = new Decimal("0.01");
