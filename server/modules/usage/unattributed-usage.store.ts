import type { Period } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { UsageSums } from "../../domain/usage/aggregate";
import { query } from "../../platform/database/transaction";

const isNobodys = (row: string) => `NOT EXISTS (
  SELECT FROM customer_alias AS mapped WHERE mapped.alias = ${row}.alias
    AND (mapped.starts_on IS NULL OR mapped.starts_on <= ${row}.occurred_on)
    AND (mapped.ends_before IS NULL OR mapped.ends_before > ${row}.occurred_on))`;

export type NobodysAlias = {
  readonly alias: string;
  readonly firstOn: PlainDate;
  readonly lastOn: PlainDate;
  readonly eventCount: number;
};

/** Aliases with events on days of the period on which they are nobody's; those with the most events first. */
export async function nobodysAliases({ startsOn, endsBefore }: Period): Promise<NobodysAlias[]> {
  const { rows } = await query<NobodysAlias>({
    name: "nobodys-aliases",
    text: `SELECT event.alias, min(event.occurred_on) AS "firstOn", max(event.occurred_on) AS "lastOn", count(*)::int AS "eventCount"
           FROM usage_event AS event
           WHERE event.occurred_on >= $1 AND event.occurred_on < $2 AND ${isNobodys("event")}
           GROUP BY event.alias ORDER BY count(*) DESC, event.alias`,
    values: [startsOn, endsBefore],
  });
  return rows;
}

export type NobodysSums = {
  readonly alias: string;
  readonly metricId: string;
  readonly groupKey: string;
  readonly sums: UsageSums;
};

/** What their events add up to, for each metric and each group that it tells apart. */
export async function nobodysSums({ startsOn, endsBefore }: Period): Promise<NobodysSums[]> {
  type Row = { alias: string; metricId: string; groupKey: string; count: string; sum: string; maximum: string };
  const { rows } = await query<Row>({
    name: "nobodys-sums",
    text: `SELECT day.alias, day.metric_id AS "metricId", day.group_key AS "groupKey", sum(day.event_count) AS count, sum(day.quantity_sum) AS sum,
                  max(day.quantity_max) AS maximum
           FROM usage_day AS day
           WHERE day.occurred_on >= $1 AND day.occurred_on < $2 AND ${isNobodys("day")}
           GROUP BY day.alias, day.metric_id, day.group_key`,
    values: [startsOn, endsBefore],
  });
  return rows.map(({ count, sum, maximum, ...row }) => ({
    ...row,
    sums: { count: new Decimal(count), sum: new Decimal(sum), maximum: new Decimal(maximum) },
  }));
}

/** Every alias that was ever somebody's. */
export async function mappedAliases(): Promise<string[]> {
  const { rows } = await query<{ alias: string }>({
    name: "mapped-aliases",
    text: "SELECT DISTINCT alias FROM customer_alias ORDER BY alias",
  });
  return rows.map(({ alias }) => alias);
}
