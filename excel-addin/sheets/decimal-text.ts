/**
 * Amounts travel as decimal strings. This is the only place that turns them into the numbers of a sheet, and it never
 * calculates with those numbers: a double holds 15 digits for showing, not for adding up.
 */

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** The number that a cell shows. A text that is no decimal is refused, for a silent zero would look like an amount. */
export function toCellNumber(text: string): number {
  assertDecimal(text);
  return Number(text);
}

/** "7.5" percent as the ratio 0.075 that Excel's percent formats expect. The point is moved in the text, not divided. */
export function percentToCellRatio(text: string): number {
  assertDecimal(text);
  return Number(`${text}e-2`);
}

/** Exact sum; as many decimal places as the longest of them. The sum of nothing is "0". */
export function sumDecimals(texts: readonly string[]): string {
  const places = longestPlaces(texts);
  const sum = texts.reduce((total, text) => total + toUnits(text, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = sum < 0n ? "-" : "";
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - places)}`;
}

/** True for the same amount written with more or fewer zeros. */
export function equalDecimals(one: string, other: string): boolean {
  const places = longestPlaces([one, other]);
  return toUnits(one, places) === toUnits(other, places);
}

export function signOf(text: string): -1 | 0 | 1 {
  assertDecimal(text);
  if (/^-?[0.]+$/.test(text)) return 0;
  return text.startsWith("-") ? -1 : 1;
}

/** Most decimal places among the texts: of amounts, the minor units of their currencies. */
export function longestPlaces(texts: readonly string[]): number {
  return texts.reduce((longest, text) => Math.max(longest, text.split(".")[1]?.length ?? 0), 0);
}

function toUnits(text: string, places: number): bigint {
  assertDecimal(text);
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

function assertDecimal(text: string): void {
  if (!DECIMAL.test(text)) throw new RangeError(`Not a decimal: ${JSON.stringify(text)}`);
}
