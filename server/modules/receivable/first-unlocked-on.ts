import { laterOf, type PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";

/** The first day that is not locked; null: none is. */
export const firstUnlockedOn = (lockedThrough: PlainMonth | null): PlainDate | null =>
  lockedThrough && firstDayOf(shiftMonth(lockedThrough, 1));

/** The day on which something is posted: its own, or the first unlocked one. */
export const postedOn = (day: PlainDate, lockedThrough: PlainMonth | null): PlainDate => {
  const unlockedFrom = firstUnlockedOn(lockedThrough);
  return unlockedFrom === null ? day : laterOf(day, unlockedFrom);
};
