import { daysIn, intersect, isSamePeriod, type Period } from "../calendar/period";
import { addMonths, type PlainDate, partsOf } from "../calendar/plain-date";
import { monthOf, monthsBetween } from "../calendar/plain-month";
import type { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";

/**
 * How a part of a full period is charged. `by_days`: actual days served ÷ actual days of the full period. `full`: the
 * whole amount for any part. `whole_months_then_days`: of the months that make up the full period, those served wholly
 * count one each, one served in part by its days (12,000 a year for 3 months is 3,000.00).
 */
export type ProrationRule = "by_days" | "full" | "whole_months_then_days";

/** A share kept as two whole numbers, so that an amount is multiplied before it is divided. */
export type Ratio = { readonly numerator: number; readonly denominator: number };

export const WHOLE: Ratio = { numerator: 1, denominator: 1 };

/** The share of the full period that a service period inside it is charged. Shares of adjacent parts add up to one. */
export function prorate(rule: ProrationRule, servicePeriod: Period, fullPeriod: Period): Ratio {
  if (isSamePeriod(servicePeriod, fullPeriod)) return WHOLE;
  switch (rule) {
    case "full":
      return WHOLE;
    case "by_days":
      return { numerator: daysIn(servicePeriod), denominator: daysIn(fullPeriod) };
    case "whole_months_then_days":
      return prorateByMonths(servicePeriod, fullPeriod);
    default:
      return unreachable(rule);
  }
}

/** Multiplies before it divides (decision "Rounding"). */
export function applyRatio(amount: Decimal, { numerator, denominator }: Ratio): Decimal {
  return amount.times(numerator).div(denominator);
}

function prorateByMonths(servicePeriod: Period, fullPeriod: Period): Ratio {
  const months = monthsOf(fullPeriod);
  let [numerator, denominator] = [0, 1];
  for (const month of months) {
    const served = intersect(month, servicePeriod);
    if (served === null) continue;
    const [days, daysOfMonth] = isSamePeriod(served, month) ? [1, 1] : [daysIn(served), daysIn(month)];
    numerator = numerator * daysOfMonth + days * denominator;
    denominator *= daysOfMonth;
  }
  return { numerator, denominator: denominator * months.length };
}

/** Counted from the end with the later day of the month: after a clamped February the other one has lost the 31st. */
function monthsOf({ startsOn, endsBefore }: Period): Period[] {
  const count = Math.max(1, monthsBetween(monthOf(startsOn), monthOf(endsBefore)));
  const isFromEnd = partsOf(endsBefore).day > partsOf(startsOn).day;
  const boundary = (index: number): PlainDate => {
    if (index === 0) return startsOn;
    if (index === count) return endsBefore;
    return isFromEnd ? addMonths(endsBefore, index - count) : addMonths(startsOn, index);
  };
  return Array.from({ length: count }, (_, index) => ({
    startsOn: boundary(index),
    endsBefore: boundary(index + 1),
  }));
}
