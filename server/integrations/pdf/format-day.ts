import type { ServicePeriod } from "./invoice-document";
import type { InvoiceWords } from "./invoice-words";

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
export const formatDay = (text: string, words: InvoiceWords): string => {
  const { year, month, day } = parseDay(text);
  return `${day} ${words.months[month - 1]} ${year}`;
};

/** With the inclusive last day, and nothing said twice: "1–31 Oct 2026", "15 Oct – 14 Nov 2026", "1 Dec 2026 – 31 Jan 2027". */
export const formatPeriod = ({ startsOn, endsBefore }: ServicePeriod, words: InvoiceWords): string => {
  if (startsOn >= endsBefore) throw new RangeError(`A period without days: ${startsOn} to ${endsBefore}`);
  const first = parseDay(startsOn);
  const last = dayBefore(endsBefore);
  const monthOf = ({ month }: Day) => words.monthsShort[month - 1];
  const end = `${last.day} ${monthOf(last)} ${last.year}`;
  if (first.year !== last.year) return `${first.day} ${monthOf(first)} ${first.year} – ${end}`;
  if (first.month !== last.month) return `${first.day} ${monthOf(first)} – ${end}`;
  return first.day === last.day ? end : `${first.day}–${end}`;
};
