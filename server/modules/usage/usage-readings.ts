import type { Period } from "../../domain/calendar/period";
import { groupBy } from "../../domain/group-by";
import type { UsageReading, UsageShare } from "../../domain/invoice/readings";
import type { UsageWanted } from "../../domain/invoice/segment";
import { type Decimal, ONE, ZERO } from "../../domain/money/decimal";
import type { EventAmounts } from "../../domain/pricing/rate-percentage";
import { combine, measure, type UsageSums } from "../../domain/usage/aggregate";
import { toGroups } from "../../domain/usage/group-key";
import { isDaily } from "../../domain/usage/metric";
import { quantityOf } from "../../domain/usage/quantity-of";
import { type AskedEvent, eventsAsked } from "./event-usage.store";
import { measureEvents, type QuantityByGroup } from "./measure-usage";
import type { UsageMetric } from "./metric";
import { metricsById } from "./metric.store";
import { CUSTOMERS } from "./usage-asked";
import { type GroupSums, sumsAsked } from "./usage-day.store";

/** Whose usage makes a quantity: one customer's, or those of a group of companies together. */
export type UsageOfCustomers = UsageWanted & {
  readonly customers: readonly { readonly id: string; readonly name: string }[];
};

/** What one customer used of one question. */
type Used = {
  readonly customer: UsageOfCustomers["customers"][number];
  readonly place: number;
  readonly metric: UsageMetric;
  readonly metricId: string;
  readonly period: Period;
  readonly owner: string;
  readonly isGrouped: boolean;
};

/**
 * The readings that the engine wants, in the order of the questions; up to seven statements, however many there are. Of
 * several customers each is measured by itself, and the quantity is the sum. A grouped reading's quantity is the sum of
 * its groups.
 */
export async function usageReadings(wanted: readonly UsageOfCustomers[]): Promise<UsageReading[]> {
  if (wanted.length === 0) return [];
  const metrics = await metricsById([...new Set(wanted.map(({ metricId }) => metricId))]);
  const asked = wanted.flatMap(({ metricId, period, isGrouped, customers }, place): Used[] => {
    const metric = metrics.get(metricId);
    if (!metric) throw new Error(`there is no usage metric ${metricId}`);
    return [...customers].sort(byId).map((customer) => ({
      customer,
      place,
      metric,
      metricId,
      period,
      owner: customer.id,
      isGrouped: isGrouped && metric.groupBy.length > 0,
    }));
  });
  const sums = await sumsAsked(asked);
  const singly = asked.filter(({ metric }) => !isDaily(metric.aggregation));
  const ofEvents = new Map(
    (await measureEvents(CUSTOMERS, singly)).map((quantities, index) => [singly[index], quantities]),
  );
  const byEvent = await eventsAsked(asked.filter(({ place }) => wanted[place]?.isByEvent));
  const events = groupBy(byEvent, ({ place }) => place);

  const parts = groupBy(
    asked.map((used, index) => {
      const ofDays = sums[index] ?? [];
      const quantities = addUp([ofEvents.get(used) ?? fromSums(used.metric, ofDays)]);
      return { ...used, events: combine(ofDays).count, quantities };
    }),
    ({ place }) => place,
  );
  return wanted.map((question, place) => {
    const { metricId, period, isByEvent, isGrouped, customers } = question;
    const metric = metrics.get(metricId) as UsageMetric;
    const ofCustomers = parts.get(place) ?? [];
    const quantities = addUp(ofCustomers.map(({ quantities }) => quantities));
    return {
      metricId,
      period,
      quantity: total(quantities),
      events: ofCustomers.reduce((sum, part) => sum.plus(part.events), ZERO),
      ...(isByEvent && { eventAmounts: amountsOf(metric, events.get(place) ?? []) }),
      ...(isGrouped && { groups: toGroups(metric, quantities) }),
      ...(customers.length > 1 && { breakdown: sharesOf(ofCustomers) }),
    };
  });
}

/** The sums of each customer's days, in the order of the questions; nothing used is zero. */
export async function usageSums(
  asked: readonly { readonly customerId: string; readonly metricId: string; readonly period: Period }[],
): Promise<UsageSums[]> {
  const sums = await sumsAsked(
    asked.map(({ customerId, ...rest }) => ({ ...rest, owner: customerId, isGrouped: false })),
  );
  return sums.map(combine);
}

function fromSums({ aggregation }: UsageMetric, sums: readonly GroupSums[]): QuantityByGroup {
  if (!isDaily(aggregation)) throw new Error(`${aggregation} is not measured by days`);
  return new Map(sums.map((ofGroup) => [ofGroup.groupKey, measure(aggregation, ofGroup)]));
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

const total = (quantities: QuantityByGroup): Decimal =>
  [...quantities.values()].reduce((sum, quantity) => sum.plus(quantity), ZERO);

/** In the order of their keys, as a level may have an endless fraction: the same usage has the same sum to the last digit. */
function addUp(parts: readonly QuantityByGroup[]): QuantityByGroup {
  const sums = new Map<string, Decimal>();
  for (const part of parts) for (const [key, quantity] of part) sums.set(key, quantity.plus(sums.get(key) ?? ZERO));
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Those who used something, by name. */
function sharesOf(parts: readonly (Used & { readonly quantities: QuantityByGroup })[]): UsageShare[] {
  return parts
    .map(({ customer, quantities }) => ({ customerId: customer.id, name: customer.name, quantity: total(quantities) }))
    .filter(({ quantity }) => !quantity.isZero())
    .sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
}

/** Events were measured when they were recorded; one that cannot be now is a bug, not a zero. */
function amountsOf(metric: UsageMetric, events: readonly AskedEvent[]): EventAmounts {
  return events.flatMap(({ properties }) => {
    const amount = quantityOf(metric, { type: metric.eventType, properties });
    if (!amount.ok) throw new Error(`${metric.code}: a recorded event has no decimal in "${amount.error.property}"`);
    return amount.value ? [{ amount: amount.value, count: ONE }] : [];
  });
}
