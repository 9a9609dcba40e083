import { lastDayOf, type Period, spanOf } from "../calendar/period";
import { earlierOf, laterOf, type PlainDate } from "../calendar/plain-date";
import { firstDayOf, monthOf, type PlainMonth, shiftMonth } from "../calendar/plain-month";
import type { Line } from "./line";

type BillingFacts = Pick<Line, "kind" | "timing" | "isOneTime" | "servicePeriod">;

/**
 * The month that views, runs and comparisons file an invoice under (decision "Billing month of an invoice"): month of
 * the last service day in arrears, adjustments aside; else that in which the earliest line in advance begins; one-off
 * or adjustment-only: month of planned issue.
 */
export function billingMonthOf(lines: readonly BillingFacts[], billsOn: PlainDate): PlainMonth {
  const lastServed = lastServedInArrears(lines);
  if (lastServed !== null) return monthOf(lastServed);
  const starts = rhythmic(lines).map(({ servicePeriod }) => servicePeriod.startsOn);
  return monthOf(starts.length === 0 ? billsOn : starts.reduce(earlierOf));
}

/**
 * The day an invoice is posted on (decision "Dates on an invoice"): last service day in arrears, else its issue; the
 * first unlocked day if that month is locked.
 */
export function accountingOn(
  lines: readonly BillingFacts[],
  issuedOn: PlainDate,
  lockedThrough: PlainMonth | null,
): PlainDate {
  const natural = lastServedInArrears(lines) ?? issuedOn;
  if (lockedThrough === null || monthOf(natural) > lockedThrough) return natural;
  return firstDayOf(shiftMonth(lockedThrough, 1));
}

/** The days that an invoice serves, adjustments aside where it has other lines. */
export function servicePeriodOf(lines: readonly BillingFacts[]): Period | null {
  const regular = lines.filter(({ kind }) => kind !== "adjustment");
  return spanOf((regular.length === 0 ? lines : regular).map(({ servicePeriod }) => servicePeriod));
}

function lastServedInArrears(lines: readonly BillingFacts[]): PlainDate | null {
  const days = rhythmic(lines)
    .filter(({ timing }) => timing === "in_arrears")
    .map(({ servicePeriod }) => lastDayOf(servicePeriod));
  return days.length === 0 ? null : days.reduce(laterOf);
}

const rhythmic = <L extends BillingFacts>(lines: readonly L[]): L[] =>
  lines.filter(({ kind, isOneTime }) => kind !== "adjustment" && !isOneTime);
