import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { query } from "../../platform/database/transaction";
import { aliasesOf, askedOf, askedValues, CUSTOMERS, isOnDaysOf, type UsageAsked } from "./usage-asked";

/** Decimal text. Of a metric that counts, adds up or takes the highest; others cannot be told by the day. */
export type DayOfUsage = { readonly day: PlainDate; readonly quantity: string; readonly events: string };

/** What a customer used on each day that has usage, in the order of the questions, in one statement. */
export async function usageByDay(asked: readonly Omit<UsageAsked, "isGrouped">[]): Promise<DayOfUsage[][]> {
  if (asked.length === 0) return [];
  const { rows } = await query<DayOfUsage & { ordinal: number }>({
    name: "usage-by-day",
    text: `SELECT (asked.ordinal - 1)::int AS ordinal, day.occurred_on AS day, trim_scale(
             CASE metric.aggregation WHEN 'count' THEN sum(day.event_count) WHEN 'max' THEN max(day.quantity_max)
               ELSE sum(day.quantity_sum) END)::text AS quantity,
             sum(day.event_count)::text AS events
           FROM ${askedOf(CUSTOMERS)}
           JOIN usage_metric AS metric ON metric.id = asked.metric_id AND metric.aggregation IN ('count', 'sum', 'max')
           JOIN ${aliasesOf(CUSTOMERS)}
           JOIN usage_day AS day ON day.metric_id = asked.metric_id AND day.alias = mapped.alias AND ${isOnDaysOf("day")}
           GROUP BY 1, 2, metric.aggregation ORDER BY 1, 2`,
    values: askedValues(asked.map((question) => ({ ...question, isGrouped: false }))),
  });
  const byOrdinal = groupBy(rows, ({ ordinal }) => ordinal);
  return asked.map((_, ordinal) =>
    (byOrdinal.get(ordinal) ?? []).map(({ day, quantity, events }) => ({ day, quantity, events })),
  );
}
