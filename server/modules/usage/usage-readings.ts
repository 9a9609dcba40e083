import { groupBy } from "../../domain/group-by";
import type { UsageReading } from "../../domain/invoice/readings";
import type { UsageWanted } from "../../domain/invoice/segment";
import { ONE } from "../../domain/money/decimal";
import type { EventAmounts } from "../../domain/pricing/rate-percentage";
import { measure } from "../../domain/usage/aggregate";
import type { UsageMetric } from "./metric";
import { metricsById } from "./metric.store";
import { quantityOf } from "./quantity-of";
import { type AskedEvent, eventsAsked, usageSums } from "./usage-day.store";

/** The readings that the engine wants, in the order of the questions; three statements, however many there are. */
export async function usageReadings(
  wanted: readonly (UsageWanted & { readonly customerId: string })[],
): Promise<UsageReading[]> {
  if (wanted.length === 0) return [];
  const metrics = await metricsById([...new Set(wanted.map(({ metricId }) => metricId))]);
  const sums = await usageSums(wanted);
  const byEvent = wanted.flatMap((question, place) => (question.isByEvent ? [{ ...question, place }] : []));
  const events = groupBy(await eventsAsked(byEvent), ({ ordinal }) => byEvent[ordinal]?.place);

  return wanted.map(({ metricId, period, isByEvent }, place) => {
    const metric = metrics.get(metricId);
    const used = sums[place];
    if (!metric || !used) throw new Error(`there is no usage metric ${metricId}`);
    const reading = { metricId, period, quantity: measure(metric.aggregation, used), events: used.count };
    return isByEvent ? { ...reading, eventAmounts: amountsOf(metric, events.get(place) ?? []) } : reading;
  });
}

/** Events were measured when they were recorded; one that cannot be now is a bug, not a zero. */
function amountsOf(metric: UsageMetric, events: readonly AskedEvent[]): EventAmounts {
  return events.flatMap(({ properties }) => {
    const amount = quantityOf(metric, { type: metric.eventType, properties });
    if (!amount.ok) throw new Error(`${metric.code}: a recorded event has no decimal in "${amount.error.property}"`);
    return amount.value ? [{ amount: amount.value, count: ONE }] : [];
  });
}
