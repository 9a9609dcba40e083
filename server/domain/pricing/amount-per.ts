import { type Cadence, isRecurring, monthsIn } from "../calendar/cadence";
import type { Decimal } from "../money/decimal";

/**
 * An amount that falls due by one cadence as so much per period of another: 9,720 a year are 810 a month. Not rounded; null
 * where one of them recurs and the other falls due once.
 */
export function amountPer(
  cadence: Cadence,
  due: { readonly amount: Decimal; readonly cadence: Cadence },
): Decimal | null {
  if (due.cadence === cadence) return due.amount;
  if (!isRecurring(due.cadence) || !isRecurring(cadence)) return null;
  return due.amount.times(monthsIn(cadence)).div(monthsIn(due.cadence));
}
