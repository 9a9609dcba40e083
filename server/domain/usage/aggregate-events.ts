import { localDayOf, startOfLocalDay, toInstant } from "../calendar/local-day";
import { includes, type Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import { groupBy } from "../group-by";
import { Decimal, ZERO } from "../money/decimal";
import { unreachable } from "../unreachable";
import { averageLevel, type Span } from "./average-level";
import { type EventProperties, plainText, propertyOf } from "./event-properties";
import { type GroupQuantity, groupKeyOf, toGroups } from "./group-key";
import type { UsageMetric } from "./metric";
import { quantityOf } from "./quantity-of";

/** An event of the type that a metric measures. */
export type MeteredEvent = {
  readonly id: string;
  readonly occurredAt: Date | string;
  readonly properties: EventProperties;
};

export type MeasuredUsage = {
  readonly quantity: Decimal;
  /** how many events of the period count */
  readonly events: Decimal;
  /** for a metric that groups */
  readonly groups?: readonly GroupQuantity[];
};

type Counted = {
  readonly event: MeteredEvent;
  readonly at: Date;
  readonly on: PlainDate;
  readonly quantity: Decimal;
};

/**
 * What a metric measures of somebody's events in a period of local days, from the events themselves:
 * - count, sum, max: of the events of the period; no event is zero.
 * - unique: how many different values the property has.
 * - latest: the value of the last event, by instant and then by id; zero where there is none.
 * - weighted_sum: the property is a change of a level, and the quantity is the level on the average of time. Changes
 *   before the period make the level with which it begins.
 * Groups are measured each by itself: for count, sum and weighted_sum they add up to the whole. Events have been checked
 * when they were recorded; one that cannot be measured is a throw.
 */
export function aggregateEvents(
  metric: UsageMetric,
  events: readonly MeteredEvent[],
  period: Period,
  timeZone: string,
): MeasuredUsage {
  const counted = events
    .flatMap((event) => count(metric, event, timeZone))
    .filter(({ on }) => includes(period, on) || (metric.aggregation === "weighted_sum" && on < period.startsOn));
  const span = {
    startsAt: startOfLocalDay(period.startsOn, timeZone),
    endsAt: startOfLocalDay(period.endsBefore, timeZone),
  };
  const whole = {
    quantity: measure(metric, counted, span),
    events: new Decimal(counted.filter(({ on }) => includes(period, on)).length),
  };
  if (metric.groupBy.length === 0) return whole;
  const groups = groupBy(counted, ({ event }) => groupKeyOf(metric, event.properties));
  const quantities = new Map([...groups].map(([key, group]) => [key, measure(metric, group, span)]));
  return { ...whole, groups: toGroups(metric, quantities) };
}

function count(metric: UsageMetric, event: MeteredEvent, timeZone: string): Counted[] {
  const quantity = quantityOf(metric, { type: metric.eventType, properties: event.properties });
  if (!quantity.ok) throw new Error(`the event ${event.id} has nothing to measure in "${quantity.error.property}"`);
  if (quantity.value === null) return [];
  const at = toInstant(event.occurredAt);
  return [{ event, at, on: localDayOf(at, timeZone), quantity: quantity.value }];
}

function measure({ aggregation, property }: UsageMetric, counted: readonly Counted[], span: Span): Decimal {
  switch (aggregation) {
    case "count":
      return new Decimal(counted.length);
    case "sum":
      return counted.reduce((total, { quantity }) => total.plus(quantity), ZERO);
    case "max":
      return counted.map(({ quantity }) => quantity).reduce((a, b) => Decimal.max(a, b), counted[0]?.quantity ?? ZERO);
    case "unique":
      return new Decimal(new Set(counted.map(({ event }) => valueOf(event, property))).size);
    case "latest":
      return [...counted].sort(byOccurrence).at(-1)?.quantity ?? ZERO;
    case "weighted_sum":
      return averageLevel(
        counted.map(({ at, quantity }) => ({
          change: quantity,
          changeByElapsed: quantity.times(Math.max(at.getTime() - span.startsAt.getTime(), 0)),
          until: span.endsAt,
        })),
        span,
      );
    default:
      return unreachable(aggregation);
  }
}

const valueOf = ({ properties }: MeteredEvent, property: string | null): string | null =>
  property === null ? null : plainText(propertyOf(properties, property));

function byOccurrence(a: Counted, b: Counted): number {
  return a.at.getTime() - b.at.getTime() || compareCodePoints(a.event.id, b.event.id);
}

/** As the database orders bytes of UTF-8; `<` compares halves of surrogate pairs, which sort before other characters. */
function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const place = left.findIndex((character, index) => character !== right[index]);
  if (place === -1) return left.length - right.length;
  return (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? -1);
}
