import { fullPeriods, isRecurring } from "../../domain/calendar/cadence";
import { clip, lastDayOf } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { monthOf, type PlainMonth, periodOf } from "../../domain/calendar/plain-month";
import { dueDayOf } from "../../domain/invoice/line";
import type { LineageTerms } from "./month-bills";

/** True if no contract bills the lineage beyond this month: it ended before the month, or in it. */
export function hasEnded(terms: readonly LineageTerms[], month: PlainMonth): boolean {
  const { endsBefore } = periodOf(month);
  const isOver = (each: LineageTerms) =>
    each.status === "cancelled" ||
    each.status === "completed" ||
    (each.endsBefore !== null && each.endsBefore <= endsBefore);
  return terms.every(isOver);
}

/** True if a bill of this month should hold the lineage, and its day has come. */
export function isDueIn(terms: readonly LineageTerms[], month: PlainMonth, today: PlainDate): boolean {
  return terms.some((each) => each.status === "active" && fallsDueIn(each, month, today));
}

function fallsDueIn(terms: LineageTerms, month: PlainMonth, today: PlainDate): boolean {
  const { cadence, timing, anchorOn, firstPeriod } = terms;
  if (!isRecurring(cadence)) return false;
  const days = periodOf(month);
  const anchor = { startsOn: terms.contractStartsOn, anchorOn, firstPeriod };
  return fullPeriods(cadence, anchor, { from: days.startsOn, through: lastDayOf(days) }).some((full) => {
    const servicePeriod = clip(full, terms);
    if (servicePeriod === null) return false;
    const filedUnder = timing === "in_advance" ? servicePeriod.startsOn : lastDayOf(servicePeriod);
    return monthOf(filedUnder) === month && dueDayOf({ timing, servicePeriod }) <= today;
  });
}

/** True if a phase, an amendment or a step of a ramp may have changed the price within these months. */
export function isRepricedBetween(terms: readonly LineageTerms[], from: PlainMonth, through: PlainMonth): boolean {
  const [first, last] = [periodOf(from).startsOn, periodOf(through).endsBefore];
  const isWithin = (day: PlainDate) => day > first && day < last;
  return terms.some(({ startsOn, amendedOn }) => isWithin(startsOn) || amendedOn.some(isWithin));
}
