import type { ServicePeriod } from "./invoice-document";
import type { Writing } from "./writing";

type Day = { year: number; month: number; day: number };

const parseDay = (text: string): Day => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const day = { year: Number(parts?.[1]), month: Number(parts?.[2]), day: Number(parts?.[3]) };
  const known = new Date(Date.UTC(day.year, day.month - 1, day.day));
  if (known.getUTCMonth() !== day.month - 1 || known.getUTCDate() !== day.day) {
    throw new RangeError(`Not a day: ${JSON.stringify(text)}`);
  }
  return day;
};

const dayBefore = (text: string): Day => {
  const { year, month, day } = parseDay(text);
  const before = new Date(Date.UTC(year, month - 1, day - 1));
  return { year: before.getUTCFullYear(), month: before.getUTCMonth() + 1, day: before.getUTCDate() };
};

/** "2026-11-30" is "30 November 2026". */
export const formatDay = (text: string, words: Writing): string => {
  const { year, month, day } = parseDay(text);
  return `${day} ${words.months[month - 1]} ${year}`;
};

/** With the inclusive last day, and nothing said twice: "1–31 Oct 2026", "15 Oct – 14 Nov 2026", "1 Dec 2026 – 31 Jan 2027". */
export const formatPeriod = ({ startsOn, endsBefore }: ServicePeriod, words: Writing): string => {
  if (startsOn >= endsBefore) throw new RangeError(`A period without days: ${startsOn} to ${endsBefore}`);
  const first = parseDay(startsOn);
  const last = dayBefore(endsBefore);
  const monthOf = ({ month }: Day) => words.monthsShort[month - 1];
  const end = `${last.day} ${monthOf(last)} ${last.year}`;
  if (first.year !== last.year) return `${first.day} ${monthOf(first)} ${first.year} – ${end}`;
  if (first.month !== last.month) return `${first.day} ${monthOf(first)} – ${end}`;
  return first.day === last.day ? end : `${first.day}–${end}`;
};

type LocalTime = { day: string; time: string; offset: string };

const localTimeOf = (at: Date, timeZone: string): LocalTime => {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "longOffset",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((it) => it.type === type)?.value ?? "";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    time: `${part("hour")}:${part("minute")}:${part("second")}`,
    offset: part("timeZoneName").slice("GMT".length) || "+00:00",
  };
};

/** "3 November 2026": the day of an instant in a time zone. */
export const formatLocalDay = (at: Date, timeZone: string, words: Writing): string =>
  formatDay(localTimeOf(at, timeZone).day, words);

/** "3 November 2026, 10:31:05 (UTC+00:00, Europe/London)": the same wherever and by whatever it is written. */
export const formatInstant = (at: Date, timeZone: string, words: Writing): string => {
  const { day, time, offset } = localTimeOf(at, timeZone);
  return `${formatDay(day, words)}, ${time} (UTC${offset}, ${timeZone})`;
};
