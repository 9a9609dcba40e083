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

const DIGITS_OF_WORD = 7;

/**
 * The exact sum of many amounts. `plus` copies both of its numbers, so that over the lines of a long contract adding would
 * cost more than rating. The words of a Decimal hold seven digits each and are aligned at the point: those of one place
 * add up as plain numbers, and the sum is made once.
 */
export function addUp(amounts: Iterable<Decimal>): Decimal {
  const words = new Map<number, number>();
  for (const { s: sign, e: exponent, d } of amounts) {
    let place = Math.floor(exponent / DIGITS_OF_WORD);
    for (const word of d) {
      words.set(place, (words.get(place) ?? 0) + sign * word);
      place -= 1;
    }
  }
  let sum = new Decimal(words.get(0) ?? 0);
  words.delete(0);
  for (const [place, word] of words) if (word !== 0) sum = sum.plus(`${word}e${place * DIGITS_OF_WORD}`);
  return sum;
}

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
