import { addDays, type PlainDate } from "../../server/domain/calendar/plain-date";
import { firstDayOf, type PlainMonth, plainMonth, shiftMonth } from "../../server/domain/calendar/plain-month";

/** Where the clock of the demo company stands: 3 November 2026, 09:00 in London. */
export const NOW = new Date("2026-11-03T09:00:00Z");

/** The month that finance is about to close. */
export const MONTH_TO_CLOSE = plainMonth("2026-10");

/** The month before it, which is billed. */
export const MONTH_BEFORE = plainMonth("2026-09");

/** Its drafts are calculated before anybody is in; what arrives after that makes them stale. */
export const DRAFTED_AT = new Date("2026-11-03T07:30:00Z");

/** The months of history up to the one to close, the earliest first. */
export const monthsOfHistory = (count: number): PlainMonth[] =>
  Array.from({ length: count }, (_, index) => shiftMonth(MONTH_TO_CLOSE, index + 1 - count));

/** When a month was billed: in the morning of the first working day after it. */
export function billedAt(month: PlainMonth): Date {
  if (month === MONTH_TO_CLOSE) return DRAFTED_AT;
  let day = firstDayOf(shiftMonth(month, 1));
  while (isWeekend(day)) day = addDays(day, 1);
  return new Date(`${day}T09:00:00Z`);
}

export const isWeekend = (day: PlainDate): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
