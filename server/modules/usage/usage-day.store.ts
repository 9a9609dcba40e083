import type { Period } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { UsageSums } from "../../domain/usage/aggregate";
import { query } from "../../platform/database/transaction";
import type { EventProperties } from "./usage-event";

/** What a customer used of a metric on the days of a period. */
export type UsageAsked = { readonly customerId: string; readonly metricId: string; readonly period: Period };

const ASKED = `unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[]) WITH ORDINALITY
               AS asked (customer_id, metric_id, starts_on, ends_before, ordinal)`;
const askedValues = (asked: readonly UsageAsked[]) => [
  asked.map(({ customerId }) => customerId),
  asked.map(({ metricId }) => metricId),
  asked.map(({ period }) => period.startsOn),
  asked.map(({ period }) => period.endsBefore),
];

/** The aliases that were the customer's on some of the days asked for. An open end of `greatest` and `least` is null. */
const ALIASES_ASKED = `customer_alias AS mapped ON mapped.customer_id = asked.customer_id
                 AND (mapped.starts_on IS NULL OR mapped.starts_on < asked.ends_before)
                 AND (mapped.ends_before IS NULL OR mapped.ends_before > asked.starts_on)`;
const DAYS_ASKED = `>= greatest(asked.starts_on, mapped.starts_on)`;
const DAYS_BEFORE = `< least(asked.ends_before, mapped.ends_before)`;

/**
 * The sums of each question, in the order of the questions, in one statement for thousands of them. An alias counts for
 * its customer on the days of its mapping. Nothing used: zero.
 */
export async function usageSums(asked: readonly UsageAsked[]): Promise<UsageSums[]> {
  if (asked.length === 0) return [];
  const { rows } = await query<{ count: string; sum: string; maximum: string | null }>({
    name: "usage-sums",
    text: `SELECT coalesce(sum(day.event_count), 0) AS count, coalesce(sum(day.quantity_sum), 0) AS sum, max(day.quantity_max) AS maximum
           FROM ${ASKED}
           LEFT JOIN ${ALIASES_ASKED}
           LEFT JOIN usage_day AS day ON day.metric_id = asked.metric_id AND day.alias = mapped.alias
                 AND day.occurred_on ${DAYS_ASKED} AND day.occurred_on ${DAYS_BEFORE}
           GROUP BY asked.ordinal ORDER BY asked.ordinal`,
    values: askedValues(asked),
  });
  return rows.map(({ count, sum, maximum }) => ({
    count: new Decimal(count),
    sum: new Decimal(sum),
    maximum: maximum === null ? null : new Decimal(maximum),
  }));
}

export type AskedEvent = { readonly ordinal: number; readonly properties: EventProperties };

/** The single events of each question (its place is `ordinal`), in the order of their occurrence. */
export async function eventsAsked(asked: readonly UsageAsked[]): Promise<AskedEvent[]> {
  if (asked.length === 0) return [];
  const { rows } = await query<AskedEvent>({
    name: "usage-events-asked",
    text: `SELECT (asked.ordinal - 1)::int AS ordinal, event.properties
           FROM ${ASKED}
           JOIN usage_metric AS metric ON metric.id = asked.metric_id
           JOIN ${ALIASES_ASKED}
           JOIN usage_event AS event ON event.alias = mapped.alias AND event.event_type = metric.event_type
                AND event.occurred_on ${DAYS_ASKED} AND event.occurred_on ${DAYS_BEFORE}
           ORDER BY asked.ordinal, event.occurred_at, event.event_id`,
    values: askedValues(asked),
  });
  return rows;
}

export type DaySum = {
  readonly alias: string;
  readonly occurredOn: PlainDate;
  readonly sum: Decimal;
  readonly maximum: Decimal;
  readonly count: number;
};

/** Adds sums of events that were recorded before their metric existed. */
export async function addDaySums(metricId: string, days: readonly DaySum[]): Promise<void> {
  await query({
    name: "add-day-sums",
    text: `INSERT INTO usage_day AS day (organization_id, metric_id, alias, occurred_on, quantity_sum, quantity_max, event_count)
           SELECT current_organization_id(), $1, * FROM unnest($2::text[], $3::date[], $4::numeric[], $5::numeric[], $6::bigint[])
           ON CONFLICT (organization_id, metric_id, alias, occurred_on) DO UPDATE
           SET quantity_sum = day.quantity_sum + excluded.quantity_sum,
               quantity_max = greatest(day.quantity_max, excluded.quantity_max),
               event_count = day.event_count + excluded.event_count`,
    values: [
      metricId,
      days.map(({ alias }) => alias),
      days.map(({ occurredOn }) => occurredOn),
      days.map(({ sum }) => sum.toFixed()),
      days.map(({ maximum }) => maximum.toFixed()),
      days.map(({ count }) => count),
    ],
  });
}
