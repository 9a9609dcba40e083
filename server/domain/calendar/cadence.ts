import type { Period } from "./period";
import { addMonths, type PlainDate, partsOf } from "./plain-date";
import { firstDayOf, monthOf, monthsBetween, shiftMonth } from "./plain-month";

/** How often a price falls due. */
export type Cadence = "monthly" | "quarterly" | "half_yearly" | "annual" | "one_time";
export type RecurringCadence = Exclude<Cadence, "one_time">;

const MONTHS: { readonly [C in RecurringCadence]: number } = { monthly: 1, quarterly: 3, half_yearly: 6, annual: 12 };

export const isRecurring = (cadence: Cadence): cadence is RecurringCadence => cadence !== "one_time";
export const monthsIn = (cadence: RecurringCadence): number => MONTHS[cadence];

/**
 * Where full periods begin. `anchorOn` gives the day of the month (31 means the last day of shorter months).
 * `anchor`: the first full period begins on the last anchor day on or before `startsOn`; `calendar`: on the first day
 * of the calendar month, quarter, half or year that holds `startsOn` (decision "First full period").
 */
export type BillingAnchor = {
  readonly startsOn: PlainDate;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
};
export type FirstPeriod = "anchor" | "calendar";

/** The full periods that share a day or a boundary with `from` to `through` (both included), the first one onwards. */
export function fullPeriods(
  cadence: RecurringCadence,
  anchor: BillingAnchor,
  { from, through }: { readonly from: PlainDate; readonly through: PlainDate },
): Period[] {
  const months = MONTHS[cadence];
  const { origin, offset } = firstBoundary(months, anchor);
  const boundary = (index: number) => addMonths(origin, offset + index * months);

  // One period early, because the day of the month may lie behind the anchor day.
  const monthsAway = monthsBetween(monthOf(boundary(0)), monthOf(from));
  const periods: Period[] = [];
  for (let index = Math.max(0, Math.floor(monthsAway / months) - 1); ; index += 1) {
    const full = { startsOn: boundary(index), endsBefore: boundary(index + 1) };
    if (full.startsOn > through) return periods;
    if (full.endsBefore >= from) periods.push(full);
  }
}

function firstBoundary(months: number, { startsOn, anchorOn, firstPeriod }: BillingAnchor) {
  if (firstPeriod === "calendar") {
    const intoPeriod = (partsOf(startsOn).month - 1) % months;
    return { origin: firstDayOf(shiftMonth(monthOf(startsOn), -intoPeriod)), offset: 0 };
  }
  const sameMonth = monthsBetween(monthOf(anchorOn), monthOf(startsOn));
  return { origin: anchorOn, offset: addMonths(anchorOn, sameMonth) <= startsOn ? sameMonth : sameMonth - 1 };
}
