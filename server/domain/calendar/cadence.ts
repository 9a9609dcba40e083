import { fail, ok, type Result } from "../result";
import type { Period } from "./period";
import { addMonths, type PlainDate, partsOf } from "./plain-date";
import { firstDayOf, monthOf, monthsBetween, shiftMonth } from "./plain-month";

type NamedCadence = "monthly" | "quarterly" | "half_yearly" | "annual";

/** Every so many months; custom ones are written `every_2_months`. */
export type RecurringCadence = NamedCadence | `every_${number}_months`;

/** How often a price falls due. */
export type Cadence = RecurringCadence | "one_time";

export type CadenceProblem = { readonly code: "CADENCE_MONTHS_OUT_OF_RANGE"; readonly months: number };

const NAMED: { readonly [C in NamedCadence]: number } = { monthly: 1, quarterly: 3, half_yearly: 6, annual: 12 };
const LONGEST_MONTHS = 120;

export const isRecurring = (cadence: Cadence): cadence is RecurringCadence => cadence !== "one_time";

/** Months of one full period. */
export function monthsIn(cadence: RecurringCadence): number {
  const named: number | undefined = NAMED[cadence as NamedCadence];
  return named ?? Number(cadence.slice("every_".length, -"_months".length));
}

/** The cadence of so many whole months, 1 to 120; 3 is quarterly, however it was asked for. */
export function cadenceOfMonths(months: number): Result<RecurringCadence, CadenceProblem> {
  if (!Number.isInteger(months) || months < 1 || months > LONGEST_MONTHS) {
    return fail({ code: "CADENCE_MONTHS_OUT_OF_RANGE", months });
  }
  const named = (Object.keys(NAMED) as NamedCadence[]).find((name) => NAMED[name] === months);
  return ok<RecurringCadence>(named ?? `every_${months}_months`);
}

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
  const months = monthsIn(cadence);
  const { origin, offset } = firstBoundary(months, anchor);
  const boundary = (index: number) => addMonths(origin, offset + index * months);

  // One period early, because the day of the month may lie behind the anchor day.
  const monthsAway = monthsBetween(monthOf(boundary(0)), monthOf(from));
  const periods: Period[] = [];
  let index = Math.max(0, Math.floor(monthsAway / months) - 1);
  for (let startsOn = boundary(index); startsOn <= through; ) {
    index += 1;
    const endsBefore = boundary(index);
    if (endsBefore >= from) periods.push({ startsOn, endsBefore });
    startsOn = endsBefore;
  }
  return periods;
}

function firstBoundary(months: number, { startsOn, anchorOn, firstPeriod }: BillingAnchor) {
  if (firstPeriod === "calendar") {
    const intoPeriod = (partsOf(startsOn).month - 1) % months;
    return { origin: firstDayOf(shiftMonth(monthOf(startsOn), -intoPeriod)), offset: 0 };
  }
  const sameMonth = monthsBetween(monthOf(anchorOn), monthOf(startsOn));
  return { origin: anchorOn, offset: addMonths(anchorOn, sameMonth) <= startsOn ? sameMonth : sameMonth - 1 };
}
