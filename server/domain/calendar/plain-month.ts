import { fail, ok, type Result } from "../result";
import type { Period } from "./period";
import { addMonths, type PlainDate } from "./plain-date";

declare const plainMonthBrand: unique symbol;
/** A calendar month, written YYYY-MM; the text sorts as the months do. */
export type PlainMonth = string & { readonly [plainMonthBrand]: true };

export type PlainMonthProblem = { readonly code: "MONTH_MALFORMED"; readonly given: string };

export function parsePlainMonth(text: string): Result<PlainMonth, PlainMonthProblem> {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? ok(text as PlainMonth) : fail({ code: "MONTH_MALFORMED", given: text });
}

/** A month known to be good; throws otherwise. */
export function plainMonth(text: string): PlainMonth {
  const parsed = parsePlainMonth(text);
  if (!parsed.ok) throw new Error(`not a calendar month: ${text}`);
  return parsed.value;
}

export const monthOf = (day: PlainDate): PlainMonth => day.slice(0, 7) as PlainMonth;
export const firstDayOf = (month: PlainMonth): PlainDate => `${month}-01` as PlainDate;
export const shiftMonth = (month: PlainMonth, months: number): PlainMonth =>
  monthOf(addMonths(firstDayOf(month), months));

/** All days of the month. */
export function periodOf(month: PlainMonth): Period {
  return { startsOn: firstDayOf(month), endsBefore: firstDayOf(shiftMonth(month, 1)) };
}

/** Whole calendar months from one to the other, negative backwards. */
export function monthsBetween(from: PlainMonth, to: PlainMonth): number {
  const index = (month: PlainMonth) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return index(to) - index(from);
}
