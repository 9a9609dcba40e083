import { daysIn, intersect, type Period } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { type PlainMonth, periodOf } from "../../domain/calendar/plain-month";
import type { Readings, SeatReading, UsageReading } from "../../domain/invoice/readings";
import type { SeatsWanted, SegmentPlan, UsageWanted } from "../../domain/invoice/segment";
import { Decimal, ZERO } from "../../domain/money/decimal";
import type { UsageGroup } from "../../domain/pricing/rate-matrix";
import type { PriceMetric } from "../catalog";

/** What is supposed to be used in a month, spread evenly over its days. */
export type AssumedUsage = {
  readonly metricId: string;
  readonly month: PlainMonth;
  readonly quantity: Decimal;
  /** null: as many as the quantity, in whole events */
  readonly events: Decimal | null;
  /** null: all of it is what no row of a matrix names */
  readonly groups: readonly UsageGroup[] | null;
};

/** Seats in use from a day on. */
export type AssumedSeats = { readonly lineageId: string; readonly effectiveOn: PlainDate; readonly seats: number };

export type Assumptions = { readonly usage: readonly AssumedUsage[]; readonly seats: readonly AssumedSeats[] };

/** The readings that the engine would be given, were it so. */
export function assumedReadings(
  plan: Pick<SegmentPlan, "usageWanted" | "seatsWanted">,
  assumed: Assumptions,
  metrics: ReadonlyMap<string, PriceMetric>,
): Readings {
  return {
    usage: plan.usageWanted.map((wanted) => usageReading(wanted, assumed.usage, metrics.get(wanted.metricId))),
    seats: plan.seatsWanted.flatMap((wanted) => seatReading(wanted, assumed.seats)),
  };
}

/** A month with the share of its days that lie in a period. */
type Part = AssumedUsage & { readonly numerator: number; readonly denominator: number };

function usageReading(
  { metricId, period, isByEvent, isGrouped }: UsageWanted,
  assumed: readonly AssumedUsage[],
  metric: PriceMetric | undefined,
): UsageReading {
  const parts = assumed.flatMap((month) => (month.metricId === metricId ? partIn(month, period) : []));
  const groups = combineGroups(parts, metric);
  const quantity = groups.reduce((sum, group) => sum.plus(group.quantity), ZERO);
  const events = parts.reduce((sum, part) => sum.plus(shareOf(part, part.events ?? part.quantity)), ZERO).ceil();
  return {
    metricId,
    period,
    quantity,
    events,
    ...(isByEvent && { eventAmounts: events.gt(0) ? [{ amount: quantity.div(events), count: events }] : [] }),
    ...(isGrouped && { groups }),
  };
}

function partIn(month: AssumedUsage, period: Period): Part[] {
  const whole = periodOf(month.month);
  const served = intersect(whole, period);
  return served === null ? [] : [{ ...month, numerator: daysIn(served), denominator: daysIn(whole) }];
}

/** Readings and peaks do not shrink with the days; what adds up does. */
function combineGroups(parts: readonly Part[], metric: PriceMetric | undefined): UsageGroup[] {
  const groupsOf = ({ groups, quantity }: Part) => groups ?? [{ values: {}, quantity }];
  const groups = new Map<string, UsageGroup>();
  for (const part of parts.toSorted((a, b) => (a.month < b.month ? -1 : 1))) {
    for (const { values, quantity } of groupsOf(part)) {
      const key = JSON.stringify(Object.entries(values).sort());
      const before = groups.get(key)?.quantity ?? ZERO;
      groups.set(key, { values, quantity: combined(metric?.aggregation, before, part, quantity) });
    }
  }
  return [...groups.values()];
}

function combined(
  aggregation: PriceMetric["aggregation"] | undefined,
  before: Decimal,
  part: Part,
  quantity: Decimal,
): Decimal {
  if (aggregation === "latest") return quantity;
  if (aggregation === "max") return Decimal.max(before, quantity);
  return before.plus(shareOf(part, quantity));
}

const shareOf = ({ numerator, denominator }: Part, amount: Decimal): Decimal =>
  amount.times(numerator).div(denominator);

/** Without an assumption the contracted seats count. */
function seatReading({ lineageId, period }: SeatsWanted, assumed: readonly AssumedSeats[]): SeatReading[] {
  const own = assumed
    .filter((seats) => seats.lineageId === lineageId)
    .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1));
  if (own.length === 0) return [];
  const opening = own.findLast(({ effectiveOn }) => effectiveOn < period.startsOn);
  const changes = own.filter(({ effectiveOn }) => effectiveOn >= period.startsOn && effectiveOn < period.endsBefore);
  return [
    {
      lineageId,
      period,
      openingSeats: new Decimal(opening?.seats ?? 0),
      changes: changes.map(({ effectiveOn, seats }) => ({ on: effectiveOn, total: new Decimal(seats) })),
    },
  ];
}
