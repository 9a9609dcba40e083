/** Days ("2026-10-31") and months ("2026-10") in words. They are plain: no time zone may move them. */

function utcDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** "October 2026" */
export function monthInWords(month: string, locale: string): string {
  return utcDay(`${month}-01`).toLocaleDateString(locale, { month: "long", year: "numeric", timeZone: "UTC" });
}

/** "Oct 2026", short enough for the name of a sheet. */
export function shortMonth(month: string, locale: string): string {
  return utcDay(`${month}-01`).toLocaleDateString(locale, { month: "short", year: "numeric", timeZone: "UTC" });
}

/** "31 Oct 2026" */
export function dayInWords(day: string, locale: string): string {
  return utcDay(day).toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** "3 Nov 2026, 09:00" on the clock of the organization. */
export function instantInWords(instant: string, { locale, timeZone }: { locale: string; timeZone: string }): string {
  return new Date(instant).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
}

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const index = year * 12 + (number - 1) + months;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((((index % 12) + 12) % 12) + 1).padStart(2, "0")}`;
}

/** The month that finance closes on this day: the one before. */
export function lastClosedMonth(today: string): string {
  return addMonths(today.slice(0, 7), -1);
}
