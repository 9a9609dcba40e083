import { fail, ok, type Result } from "../result";

declare const plainDateBrand: unique symbol;
/** A calendar day with no time and no zone, written YYYY-MM-DD, of the years 1000 to 9999; the text sorts as the days do. */
export type PlainDate = string & { readonly [plainDateBrand]: true };

export type PlainDateProblem = { readonly code: "DATE_MALFORMED"; readonly given: string };

/** Reads YYYY-MM-DD and refuses days that no calendar has, such as 30 February. */
export function parsePlainDate(text: string): Result<PlainDate, PlainDateProblem> {
  const isDay = /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && isInCalendar(partsOf(text as PlainDate));
  return isDay ? ok(text as PlainDate) : fail({ code: "DATE_MALFORMED", given: text });
}

const isInCalendar = (parts: DateParts): boolean =>
  parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && parts.day <= daysInMonth(parts);

/** A day known to be good; throws otherwise. */
export function plainDate(text: string): PlainDate {
  const parsed = parsePlainDate(text);
  if (!parsed.ok) throw new Error(`not a calendar date: ${text}`);
  return parsed.value;
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(partsOf(to)) - dayNumber(partsOf(from));
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return fromNumber(dayNumber(partsOf(day)) + days);
}

/**
 * Counts months from the anchor, never from the previous result: stepping one month at a time from 31 Jan lands on
 * 28 Feb and then stays on the 28th for good.
 */
export function addMonths(anchor: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(anchor);
  const index = year * 12 + month - 1 + months;
  const target = { year: Math.floor(index / 12), month: modulo(index, 12) + 1 };
  return checked(textOf({ ...target, day: Math.min(day, daysInMonth(target)) }), target.year);
}

export const earlierOf = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b);
export const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

type DateParts = { readonly year: number; readonly month: number; readonly day: number };

/** Year, month from 1 to 12, and day of the month. */
export function partsOf(day: PlainDate): DateParts {
  return { year: digits(day, 0, 4), month: digits(day, 5, 7), day: digits(day, 8, 10) };
}

function daysInMonth({ year, month }: Pick<DateParts, "year" | "month">): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/*
 * Days of the proleptic Gregorian calendar, counted from 1 March of the year 0: a leap day then ends its year, and the
 * lengths of months follow one rule. Billing asks for days so often that going through Date would cost more than rating.
 */
const DAYS_IN_400_YEARS = 146_097;

function dayNumber({ year, month, day }: DateParts): number {
  const shifted = month > 2 ? year : year - 1;
  const monthsSinceMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + Math.floor((153 * monthsSinceMarch + 2) / 5) + day - 1;
}

function partsOfNumber(days: number): DateParts {
  const era = Math.floor(days / DAYS_IN_400_YEARS);
  const dayOfEra = days - era * DAYS_IN_400_YEARS;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthsSinceMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthsSinceMarch + 2) / 5) + 1,
  };
}

function fromNumber(days: number): PlainDate {
  const parts = partsOfNumber(days);
  return checked(textOf(parts), parts.year);
}

/** Beyond four digits of a year the text would no longer sort, and a loop over periods would not end. */
function checked(text: string, year: number): PlainDate {
  if (year < 1000 || year > 9999) throw new Error("a day beyond the years 1000 to 9999");
  return text as PlainDate;
}

const textOf = ({ year, month, day }: DateParts): string => `${year}-${twoDigits(month)}-${twoDigits(day)}`;
const twoDigits = (value: number): string => (value < 10 ? `0${value}` : `${value}`);
const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

const CODE_OF_0 = 48;
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) value = value * 10 + text.charCodeAt(index) - CODE_OF_0;
  return value;
}
