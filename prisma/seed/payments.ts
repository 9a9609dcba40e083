import { addDays, type PlainDate } from "../../server/domain/calendar/plain-date";
import { newId } from "../../server/platform/ids";
import type { CustomerPlan } from "./customer-plan";
import type { IssuedInvoice, PaidInvoice } from "./history.store";
import { Random } from "./random";
import { isWeekend } from "./timeline";

/** Days from the day an invoice falls due to the day it is paid; below zero: before it. */
type Habit = readonly [least: number, most: number];
const PROMPT: Habit = [-12, 0];
const RELAXED: Habit = [1, 9];
const SLOW: Habit = [12, 26];

/**
 * What becomes of an invoice by the habit of who pays it, on a working day. Null: it is not paid before `today`, or the
 * customer has a story in which it is not; whoever has one pays all else promptly.
 */
export function paymentOf(
  { id, dueOn, billingMonth }: IssuedInvoice,
  { alias, unpaidMonths }: CustomerPlan,
  { today, seed }: { readonly today: PlainDate; readonly seed: number },
): PaidInvoice | null {
  if (unpaidMonths?.includes(billingMonth)) return null;
  const kind = unpaidMonths ? 0 : new Random(`${seed} pays ${alias}`).next();
  const habit = kind < 0.75 ? PROMPT : kind < 0.93 ? RELAXED : SLOW;
  let receivedOn = addDays(dueOn, new Random(`${seed} pays ${alias} ${dueOn}`).integer(...habit));
  while (isWeekend(receivedOn)) receivedOn = addDays(receivedOn, 1);
  return receivedOn < today ? { invoiceId: id, paymentId: newId(), settlementId: newId(), receivedOn } : null;
}
