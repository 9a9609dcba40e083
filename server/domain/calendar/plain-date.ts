import { fail, ok, type Result } from "../result";

declare const plainDateBrand: unique symbol;
/** A calendar day with no time and no zone, written YYYY-MM-DD, of the years 1000 to 9999; the text sorts as the days do. */
export type PlainDate = string & { readonly [plainDateBrand]: true };

export type PlainDateProblem = { readonly code: "DATE_MALFORMED"; readonly given: string };

const DAY_IN_MILLISECONDS = 86_400_000;
const FIRST_EPOCH_DAY = Date.UTC(1000, 0, 1) / DAY_IN_MILLISECONDS;
const LAST_EPOCH_DAY = Date.UTC(9999, 11, 31) / DAY_IN_MILLISECONDS;

/** Reads YYYY-MM-DD and refuses days that no calendar has, such as 30 February. */
export function parsePlainDate(text: string): Result<PlainDate, PlainDateProblem> {
  const isDay = /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && textOf(epochDay(text as PlainDate)) === text;
  return isDay ? ok(text as PlainDate) : fail({ code: "DATE_MALFORMED", given: text });
}

/** A day known to be good; throws otherwise. */
export function plainDate(text: string): PlainDate {
  const parsed = parsePlainDate(text);
  if (!parsed.ok) throw new Error(`not a calendar date: ${text}`);
  return parsed.value;
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDay(to) - epochDay(from);
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return fromEpochDay(epochDay(day) + days);
}

/**
 * Counts months from the anchor, never from the previous result: stepping one month at a time from 31 Jan lands on
 * 28 Feb and then stays on the 28th for good.
 */
export function addMonths(anchor: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(anchor);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return fromEpochDay(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)) / DAY_IN_MILLISECONDS);
}

export const earlierOf = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b);
export const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

/** Year, month from 1 to 12, and day of the month. */
export function partsOf(day: PlainDate): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

function epochDay(date: PlainDate): number {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / DAY_IN_MILLISECONDS;
}

function fromEpochDay(days: number): PlainDate {
  // Beyond four digits of a year the text would no longer sort, and a loop over periods would not end.
  if (days < FIRST_EPOCH_DAY || days > LAST_EPOCH_DAY) throw new Error("a day beyond the years 1000 to 9999");
  return textOf(days) as PlainDate;
}

const textOf = (epochDays: number): string => new Date(epochDays * DAY_IN_MILLISECONDS).toISOString().slice(0, 10);
