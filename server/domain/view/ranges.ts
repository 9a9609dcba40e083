import { addDays, type PlainDate } from "../calendar/plain-date";
import { firstDayOf, monthOf, type PlainMonth, periodOf, shiftMonth } from "../calendar/plain-month";
import { unreachable } from "../unreachable";
import type { DayTest, MonthTest } from "./condition";

/** First and last, both included; null has no bound. */
export type Range<T> = { readonly from: T | null; readonly through: T | null };

/** The billing months of a test on a day. */
export function monthsOf(test: MonthTest, today: PlainDate): Range<PlainMonth> {
  if (test.kind === "between") return { from: test.from, through: test.through };
  const now = monthOf(today);
  switch (test.to) {
    case "this_month":
      return { from: now, through: now };
    case "last_month":
      return { from: shiftMonth(now, -1), through: shiftMonth(now, -1) };
    case "months_ago":
      return { from: shiftMonth(now, -test.months), through: shiftMonth(now, -test.months) };
    case "last_n_months":
      return { from: shiftMonth(now, -test.months), through: shiftMonth(now, -1) };
    case "year_to_date":
      return { from: `${now.slice(0, 4)}-01` as PlainMonth, through: now };
    default:
      return unreachable(test.to);
  }
}

/** The days of a test on a day. */
export function daysOf(test: DayTest, today: PlainDate): Range<PlainDate> {
  if (test.kind === "between") return { from: test.from, through: test.through };
  switch (test.to) {
    case "today":
      return { from: today, through: today };
    case "this_month":
      return wholeMonth(monthOf(today));
    case "last_month":
      return wholeMonth(shiftMonth(monthOf(today), -1));
    case "year_to_date":
      return { from: firstDayOf(`${today.slice(0, 4)}-01` as PlainMonth), through: today };
    case "before_today":
      return { from: null, through: addDays(today, -1) };
    case "after_today":
      return { from: addDays(today, 1), through: null };
    case "last_n_days":
      return { from: addDays(today, 1 - test.days), through: today };
    case "next_n_days":
      return { from: today, through: addDays(today, test.days) };
    case "more_than_n_days_ago":
      return { from: null, through: addDays(today, -test.days - 1) };
    default:
      return unreachable(test.to);
  }
}

function wholeMonth(month: PlainMonth): Range<PlainDate> {
  const { startsOn, endsBefore } = periodOf(month);
  return { from: startsOn, through: addDays(endsBefore, -1) };
}
