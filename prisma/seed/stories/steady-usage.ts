import type { PlainDate } from "../../../server/domain/calendar/plain-date";
import { type PlainMonth, periodOf } from "../../../server/domain/calendar/plain-month";
import type { MetricKey } from "../catalog";
import type { CustomerPlan, UsageRun } from "../customer-plan";

export type Steady = {
  readonly metric: MetricKey;
  readonly alias: string;
  /** what a month is like before the story begins */
  readonly typical: number;
  /** what the months of the story are, to the unit; none where the story has runs of its own */
  readonly months: { readonly [month: string]: number };
  readonly since?: PlainDate;
};

/** Usage that hardly moves until the months of which the story tells. */
export const steadyUsage =
  (...habits: readonly Steady[]): CustomerPlan["usage"] =>
  (month, random) =>
    habits.flatMap((habit) => runOf(habit, month, Math.round(habit.typical * random.between(0.98, 1.02))));

function runOf({ metric, alias, months, since }: Steady, month: PlainMonth, usual: number): UsageRun[] {
  const { startsOn, endsBefore } = periodOf(month);
  if (since && endsBefore <= since) return [];
  const from = since && since > startsOn ? since : startsOn;
  return [{ metric, alias, from, endsBefore, quantity: months[month] ?? usual }];
}
