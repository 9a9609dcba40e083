import { addDays, daysBetween, type PlainDate } from "../../server/domain/calendar/plain-date";
import type { NewUsageEvent } from "../../server/modules/usage/usage-event";
import { METRICS } from "./catalog";
import type { UsageRun } from "./customer-plan";
import { Random } from "./random";
import { isWeekend } from "./timeline";

/** The events that a stream sent for a run: one a day, in whole units, which add up to its quantity exactly. */
export function eventsOf(run: UsageRun): NewUsageEvent[] {
  const { metric, alias, from, endsBefore, delivery } = run;
  const days = Array.from({ length: daysBetween(from, endsBefore) }, (_, index) => addDays(from, index));
  const { eventType, aggregation, property } = METRICS[metric];
  const quantities = aggregation === "max" ? rising(days, run.quantity) : spread(days, run);
  return days.flatMap((day, index) => {
    const quantity = quantities[index] ?? 0;
    if (quantity === 0) return [];
    return {
      id: [alias, metric, day, ...(delivery ? [delivery.name] : [])].join("/"),
      alias,
      type: eventType,
      timestamp: new Date(`${day}T18:00:00Z`),
      properties: { [property as string]: quantity },
    };
  });
}

/** A weekend brings a fifth of a working day. What rounding leaves over goes to the busiest days. */
function spread(days: readonly PlainDate[], { metric, alias, quantity }: UsageRun): number[] {
  const random = new Random(`${alias} ${metric} ${days[0]}`);
  const weights = days.map((day) => random.between(0.85, 1.15) * (isWeekend(day) ? 0.2 : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const quantities = weights.map((weight) => Math.floor((quantity * weight) / total));
  const busiest = weights.map((weight, index) => ({ weight, index })).sort((a, b) => b.weight - a.weight);
  let left = quantity - quantities.reduce((sum, each) => sum + each, 0);
  for (const { index } of busiest) if (left-- > 0) quantities[index] = (quantities[index] ?? 0) + 1;
  return quantities;
}

/** What is stored grows to its peak on the last day. */
const rising = (days: readonly PlainDate[], peak: number): number[] =>
  days.map((_, index) => Math.round(peak * (0.96 + (0.04 * (index + 1)) / days.length)));
