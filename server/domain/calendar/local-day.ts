import { daysBetween, type PlainDate } from "./plain-date";

/**
 * The calendar day on which an instant falls in a time zone (IANA name such as "Europe/London"). An instant as text is
 * ISO 8601 with an offset or Z; text without one is refused by a throw, for it would be read in the machine's zone.
 */
export function localDayOf(instant: Date | string, timeZone: string): PlainDate {
  const parts = formatterOf(timeZone).formatToParts(toInstant(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value;
  return `${part("year")}-${part("month")}-${part("day")}` as PlainDate;
}

/** An instant given as such or as ISO 8601 text with an offset or Z; throws on text without one. */
export function toInstant(instant: Date | string): Date {
  if (typeof instant !== "string") return instant;
  if (!/(Z|[+-]\d{2}:?\d{2})$/.test(instant)) throw new Error(`an instant needs Z or an offset: ${instant}`);
  return new Date(instant);
}

/** No local time was ever further from UTC. */
const OFFSET_MAXIMUM_MILLISECONDS = 16 * 3_600_000;

/**
 * The first instant of a local day: midnight, or what the clocks show next where they skip midnight. A day that a zone
 * left out altogether begins when the next one does.
 */
export function startOfLocalDay(day: PlainDate, timeZone: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`).getTime();
  let before = midnight - OFFSET_MAXIMUM_MILLISECONDS;
  let begun = midnight + OFFSET_MAXIMUM_MILLISECONDS;
  // Halving asks the calendar alone, so that no rule about clock changes has to be known here.
  while (begun - before > 1) {
    const middle = Math.floor((before + begun) / 2);
    if (localDayOf(new Date(middle), timeZone) < day) before = middle;
    else begun = middle;
  }
  return new Date(begun);
}

/** Days from one instant to another as the local calendar counts them: a day with a clock change is one day. */
export function localDaysBetween(from: Date | string, to: Date | string, timeZone: string): number {
  return daysBetween(localDayOf(from, timeZone), localDayOf(to, timeZone));
}

/** True for an IANA time zone name that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

// Building a formatter costs a hundred times more than using one.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
