import { localDayOf } from "../domain/calendar/local-day";
import type { PlainDate } from "../domain/calendar/plain-date";

/** The only source of the current time. Tests and sandboxes set it. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** An organization's own time: a sandbox may stand still at the instant of its test clock. */
export function organizationTime(
  clock: Clock,
  organization: { readonly timeZone: string; readonly testClockAt: Date | null },
): { readonly now: Date; readonly today: PlainDate } {
  const now = organization.testClockAt ?? clock.now();
  return { now, today: localDayOf(now, organization.timeZone) };
}
