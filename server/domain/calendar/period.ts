import { fail, ok, type Result } from "../result";
import { addDays, daysBetween, earlierOf, laterOf, type PlainDate } from "./plain-date";

/** Half-open: startsOn is in, endsBefore is out, so adjacent periods share a boundary. Always at least one day. */
export type Period = { readonly startsOn: PlainDate; readonly endsBefore: PlainDate };

export type PeriodProblem = {
  readonly code: "PERIOD_WITHOUT_DAYS";
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate;
};

export function parsePeriod(startsOn: PlainDate, endsBefore: PlainDate): Result<Period, PeriodProblem> {
  return startsOn < endsBefore
    ? ok({ startsOn, endsBefore })
    : fail({ code: "PERIOD_WITHOUT_DAYS", startsOn, endsBefore });
}

/** A period known to have days; throws otherwise. */
export function period(startsOn: PlainDate, endsBefore: PlainDate): Period {
  if (startsOn >= endsBefore) throw new Error(`a period without days: ${startsOn} to before ${endsBefore}`);
  return { startsOn, endsBefore };
}

export const daysIn = ({ startsOn, endsBefore }: Period): number => daysBetween(startsOn, endsBefore);
export const lastDayOf = ({ endsBefore }: Period): PlainDate => addDays(endsBefore, -1);
export const includes = ({ startsOn, endsBefore }: Period, day: PlainDate): boolean =>
  startsOn <= day && day < endsBefore;
export const overlaps = (a: Period, b: Period): boolean => a.startsOn < b.endsBefore && b.startsOn < a.endsBefore;
export const isSamePeriod = (a: Period, b: Period): boolean =>
  a.startsOn === b.startsOn && a.endsBefore === b.endsBefore;

/** The days that both have, or null; the first itself where it lies in the second. */
export function intersect(a: Period, b: Period): Period | null {
  if (b.startsOn <= a.startsOn && a.endsBefore <= b.endsBefore) return a;
  const startsOn = laterOf(a.startsOn, b.startsOn);
  const endsBefore = earlierOf(a.endsBefore, b.endsBefore);
  return startsOn < endsBefore ? { startsOn, endsBefore } : null;
}

/** The shortest period that holds all of them; null for none. */
export function spanOf(periods: readonly Period[]): Period | null {
  const [first] = periods;
  if (first === undefined) return null;
  let { startsOn, endsBefore } = first;
  for (const period of periods) {
    startsOn = earlierOf(startsOn, period.startsOn);
    endsBefore = laterOf(endsBefore, period.endsBefore);
  }
  return { startsOn, endsBefore };
}

/** A span of days that may have no end, such as a contract until further notice. */
export type OpenPeriod = { readonly startsOn: PlainDate; readonly endsBefore: PlainDate | null };

/** The days of a period inside a span that may have no end, or null. */
export function clip(inner: Period, { startsOn, endsBefore }: OpenPeriod): Period | null {
  if (endsBefore !== null && endsBefore <= startsOn) return null;
  if (startsOn <= inner.startsOn && (endsBefore === null || inner.endsBefore <= endsBefore)) return inner;
  return intersect(inner, { startsOn, endsBefore: endsBefore ?? laterOf(inner.endsBefore, addDays(startsOn, 1)) });
}
