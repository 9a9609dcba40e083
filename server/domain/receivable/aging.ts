import { addDays, type PlainDate } from "../calendar/plain-date";
import { type Decimal, ZERO } from "../money/decimal";

/** What is due of an invoice. */
export type DueItem = { readonly due: Decimal; readonly dueOn: PlainDate; readonly isDisputed: boolean };

/** What is due by how long it has been; what is disputed stands apart, however old it is. */
export type Aged = { readonly [Bucket in AgingBucket]: Decimal };
export type AgingBucket = "notDue" | "days1To30" | "days31To60" | "days61To90" | "over90" | "disputed";

export const NOTHING_DUE: Aged = {
  notDue: ZERO,
  days1To30: ZERO,
  days31To60: ZERO,
  days61To90: ZERO,
  over90: ZERO,
  disputed: ZERO,
};

/** Where an item stands on a day: it is overdue from the day after the one it is due on. */
export function bucketOf({ dueOn, isDisputed }: Omit<DueItem, "due">, on: PlainDate): AgingBucket {
  if (isDisputed) return "disputed";
  if (on <= dueOn) return "notDue";
  if (on <= addDays(dueOn, 30)) return "days1To30";
  if (on <= addDays(dueOn, 60)) return "days31To60";
  return on <= addDays(dueOn, 90) ? "days61To90" : "over90";
}

/** Adds up what is due, by bucket as of a day; all of one currency. */
export function ageOf(items: readonly DueItem[], on: PlainDate): Aged {
  const aged: { [Bucket in AgingBucket]: Decimal } = { ...NOTHING_DUE };
  for (const item of items) {
    const bucket = bucketOf(item, on);
    aged[bucket] = aged[bucket].plus(item.due);
  }
  return aged;
}

export const addAged = (a: Aged, b: Aged): Aged => ({
  notDue: a.notDue.plus(b.notDue),
  days1To30: a.days1To30.plus(b.days1To30),
  days31To60: a.days31To60.plus(b.days31To60),
  days61To90: a.days61To90.plus(b.days61To90),
  over90: a.over90.plus(b.over90),
  disputed: a.disputed.plus(b.disputed),
});

/** Everything that is due, disputed or not. */
export const totalDue = ({ notDue, days1To30, days31To60, days61To90, over90, disputed }: Aged): Decimal =>
  notDue.plus(days1To30).plus(days31To60).plus(days61To90).plus(over90).plus(disputed);
