const MILLISECONDS_PER_DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/** Excel's serial of a calendar day; null if there is no such day, or before 1 March 1900, where Excel counts a day that never was. */
export function serialOfDay(year: number, month: number, day: number): number | null {
  const instant = new Date(Date.UTC(year, month - 1, day));
  if (instant.getUTCFullYear() !== year || instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== day)
    return null;
  const serial = (instant.getTime() - EPOCH) / MILLISECONDS_PER_DAY;
  return serial >= 61 ? serial : null;
}

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function datePartsOf(serial: number): DateParts {
  const seconds = Math.round(serial * 86_400);
  const instant = new Date(EPOCH + seconds * 1000);
  return {
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
    weekday: instant.getUTCDay(),
    hour: instant.getUTCHours(),
    minute: instant.getUTCMinutes(),
    second: instant.getUTCSeconds(),
  };
}
