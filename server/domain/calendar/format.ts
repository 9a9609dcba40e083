import { lastDayOf, type Period } from "./period";
import { type PlainDate, partsOf } from "./plain-date";
import type { PlainMonth } from "./plain-month";

const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const monthName = (month: number) => MONTH_NAMES[month - 1] as string;

/** "16 Sep 2026" */
export function formatDay(date: PlainDate): string {
  const { year, month, day } = partsOf(date);
  return `${day} ${monthName(month)} ${year}`;
}

/** "Sep 2026" */
export const formatMonth = (month: PlainMonth): string => `${monthName(Number(month.slice(5)))} ${month.slice(0, 4)}`;

/** As people read a period, with its last day: "16–30 Sep 2026", "1 Sep – 15 Oct 2026", "28 Dec 2026 – 3 Jan 2027". */
export function formatPeriod(period: Period): string {
  const last = lastDayOf(period);
  const [from, to] = [partsOf(period.startsOn), partsOf(last)];
  if (period.startsOn === last) return formatDay(last);
  if (from.year !== to.year) return `${formatDay(period.startsOn)} – ${formatDay(last)}`;
  if (from.month !== to.month) return `${from.day} ${monthName(from.month)} – ${formatDay(last)}`;
  return `${from.day}–${formatDay(last)}`;
}
