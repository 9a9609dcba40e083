import type { OpenPeriod } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";

export const hasDays = ({ startsOn, endsBefore }: OpenPeriod): boolean => endsBefore === null || startsOn < endsBefore;

export const holdsOn = ({ startsOn, endsBefore }: OpenPeriod, day: PlainDate): boolean =>
  startsOn <= day && (endsBefore === null || day < endsBefore);

export const shareDays = (a: OpenPeriod, b: OpenPeriod): boolean =>
  (b.endsBefore === null || a.startsOn < b.endsBefore) && (a.endsBefore === null || b.startsOn < a.endsBefore);
