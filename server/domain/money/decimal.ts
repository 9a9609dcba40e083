import { Decimal as Base } from "decimal.js";
import { fail, ok, type Result } from "../result";

/**
 * A private clone: decimal.js keeps its settings on the constructor, so a stray Decimal.set() elsewhere would
 * otherwise change how invoices round. ROUND_HALF_UP of decimal.js is half away from zero.
 */
export const Decimal = Base.clone({ precision: 40, rounding: Base.ROUND_HALF_UP });
export type Decimal = Base;

export const ZERO: Decimal = new Decimal(0);
export const ONE: Decimal = new Decimal(1);

const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;
const DIGITS_MAXIMUM = 40;

export type DecimalProblem =
  | { readonly code: "DECIMAL_MALFORMED"; readonly given: string }
  | { readonly code: "DECIMAL_TOO_LONG"; readonly given: string; readonly digitsMaximum: number };

/**
 * Reads plain decimal text such as "-1250.00" exactly. Refuses exponents, signs other than a leading minus, spaces,
 * separators, and more digits than the arithmetic keeps.
 */
export function parseDecimal(text: string): Result<Decimal, DecimalProblem> {
  if (!DECIMAL_TEXT.test(text)) return fail({ code: "DECIMAL_MALFORMED", given: text });
  if (text.replace(/\D/g, "").length > DIGITS_MAXIMUM) {
    return fail({ code: "DECIMAL_TOO_LONG", given: text, digitsMaximum: DIGITS_MAXIMUM });
  }
  return ok(new Decimal(text));
}
