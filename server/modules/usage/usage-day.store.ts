import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { Decimal, ZERO } from "../../domain/money/decimal";
import type { UsageSums } from "../../domain/usage/aggregate";
import { query } from "../../platform/database/transaction";
import type { Contribution } from "./check-usage-events";
import { GROUP_KEY, MEASURED, PASSES } from "./event-usage.store";
import { aliasesOf, askedOf, askedValues, CUSTOMERS, isOnDaysOf, type UsageAsked } from "./usage-asked";
import type { RecordedEvent } from "./usage-event";

export type GroupSums = UsageSums & { readonly groupKey: string };

/**
 * The sums of each customer's question, in the order of the questions, in one statement for thousands of them: by group
 * where that is asked for, else under the empty key. An alias counts for its customer on the days of its mapping.
 */
export async function sumsAsked(asked: readonly UsageAsked[]): Promise<GroupSums[][]> {
  if (asked.length === 0) return [];
  type Row = { ordinal: number; groupKey: string; count: string; sum: string; maximum: string };
  const { rows } = await query<Row>({
    name: "usage-sums",
    text: `SELECT (asked.ordinal - 1)::int AS ordinal, CASE WHEN asked.is_grouped THEN day.group_key ELSE '' END AS "groupKey",
                  sum(day.event_count) AS count, sum(day.quantity_sum) AS sum, max(day.quantity_max) AS maximum
           FROM ${askedOf(CUSTOMERS)}
           JOIN ${aliasesOf(CUSTOMERS)}
           JOIN usage_day AS day ON day.metric_id = asked.metric_id AND day.alias = mapped.alias AND ${isOnDaysOf("day")}
           GROUP BY 1, 2`,
    values: askedValues(asked),
  });
  const byOrdinal = groupBy(rows, ({ ordinal }) => ordinal);
  return asked.map((_, ordinal) =>
    (byOrdinal.get(ordinal) ?? []).map(({ groupKey, count, sum, maximum }) => ({
      groupKey,
      count: new Decimal(count),
      sum: new Decimal(sum),
      maximum: new Decimal(maximum),
    })),
  );
}

export type DaySum = {
  readonly alias: string;
  readonly occurredOn: PlainDate;
  readonly groupKey: string;
  readonly sum: Decimal;
  readonly maximum: Decimal;
  readonly count: number;
};

/** Adds sums of events that were recorded before their metric existed. */
export async function addDaySums(metricId: string, days: readonly DaySum[]): Promise<void> {
  await query({
    name: "add-day-sums",
    text: `INSERT INTO usage_day AS day (organization_id, metric_id, alias, occurred_on, group_key, quantity_sum, quantity_max, event_count)
           SELECT current_organization_id(), $1, * FROM unnest($2::text[], $3::date[], $4::text[], $5::numeric[], $6::numeric[], $7::bigint[])
           ON CONFLICT (organization_id, metric_id, alias, occurred_on, group_key) DO UPDATE
           SET quantity_sum = day.quantity_sum + excluded.quantity_sum,
               quantity_max = greatest(day.quantity_max, excluded.quantity_max),
               event_count = day.event_count + excluded.event_count`,
    values: [
      metricId,
      days.map(({ alias }) => alias),
      days.map(({ occurredOn }) => occurredOn),
      days.map(({ groupKey }) => groupKey),
      days.map(({ sum }) => sum.toFixed()),
      days.map(({ maximum }) => maximum.toFixed()),
      days.map(({ count }) => count),
    ],
  });
}

type Counted = Contribution<RecordedEvent>;

/**
 * Takes events out of the sums of their days and counts others, after the events themselves were changed. First all days
 * are taken in one order, so that nobody waits in a circle; then what is read is what everybody before has counted. A
 * maximum that may be gone is looked for among the events that are left; a day with no event left is removed.
 */
export async function changeDaySums(removed: readonly Counted[], added: readonly Counted[]): Promise<void> {
  const changes = changesByDay(removed, added);
  if (changes.length === 0) return;
  const places = [
    changes.map(({ place }) => place.metricId),
    changes.map(({ place }) => place.event.alias),
    changes.map(({ place }) => place.event.occurredOn),
    changes.map(({ place }) => place.groupKey),
    changes.map((change) => change.maximumAdded?.toFixed() ?? null),
  ];
  await query({
    name: "take-usage-days",
    text: `INSERT INTO usage_day AS day (organization_id, metric_id, alias, occurred_on, group_key, quantity_sum, quantity_max, event_count)
           SELECT current_organization_id(), metric_id, alias, occurred_on, group_key, 0, coalesce(maximum_added, 0), 0
           FROM unnest($1::uuid[], $2::text[], $3::date[], $4::text[], $5::numeric[])
             AS change (metric_id, alias, occurred_on, group_key, maximum_added)
           ORDER BY metric_id, alias, occurred_on, group_key
           ON CONFLICT (organization_id, metric_id, alias, occurred_on, group_key) DO UPDATE SET event_count = day.event_count`,
    values: places,
  });
  await query({
    name: "change-usage-days",
    text: `WITH change AS (
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::date[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::bigint[])
               AS change (metric_id, alias, occurred_on, group_key, maximum_added, maximum_removed, sum, count)
           ), emptied AS (
             DELETE FROM usage_day AS day USING change WHERE ${IS_DAY_OF_CHANGE} AND day.event_count + change.count = 0
           )
           UPDATE usage_day AS day
           SET quantity_sum = day.quantity_sum + change.sum, event_count = day.event_count + change.count,
               quantity_max = CASE
                 WHEN change.maximum_removed >= day.quantity_max AND change.maximum_removed > coalesce(change.maximum_added, '-infinity')
                   AND metric.aggregation NOT IN ('count', 'unique')
                 THEN (SELECT max((${MEASURED})::numeric) FROM usage_event AS event
                       WHERE event.alias = day.alias AND event.event_type = metric.event_type AND event.occurred_on = day.occurred_on
                         AND ${PASSES} AND ${GROUP_KEY} = day.group_key)
                 ELSE greatest(day.quantity_max, change.maximum_added) END
           FROM change JOIN usage_metric AS metric ON metric.id = change.metric_id
           WHERE ${IS_DAY_OF_CHANGE} AND day.event_count + change.count <> 0`,
    values: [
      ...places,
      changes.map((change) => change.maximumRemoved?.toFixed() ?? null),
      changes.map(({ sum }) => sum.toFixed()),
      changes.map(({ count }) => count),
    ],
  });
}

const IS_DAY_OF_CHANGE = `day.metric_id = change.metric_id AND day.alias = change.alias
                     AND day.occurred_on = change.occurred_on AND day.group_key = change.group_key`;

type DayChange = {
  readonly place: Counted;
  readonly sum: Decimal;
  readonly count: number;
  readonly maximumAdded: Decimal | null;
  readonly maximumRemoved: Decimal | null;
};

function changesByDay(removed: readonly Counted[], added: readonly Counted[]): DayChange[] {
  const signed = [
    ...removed.map((counted) => ({ counted, sign: -1 })),
    ...added.map((counted) => ({ counted, sign: 1 })),
  ];
  const days = groupBy(signed, ({ counted: { event, metricId, groupKey } }) =>
    JSON.stringify([metricId, event.alias, event.occurredOn, groupKey]),
  );
  return [...days.values()].flatMap((ofDay) => {
    const [first] = ofDay;
    if (!first) return [];
    const maximum = (of: number) => {
      const quantities = ofDay.filter(({ sign }) => sign === of).map(({ counted }) => counted.quantity);
      return quantities.length === 0 ? null : Decimal.max(...quantities);
    };
    return [
      {
        place: first.counted,
        sum: ofDay.reduce((sum, { counted, sign }) => sum.plus(counted.quantity.times(sign)), ZERO),
        count: ofDay.reduce((count, { sign }) => count + sign, 0),
        maximumAdded: maximum(1),
        maximumRemoved: maximum(-1),
      },
    ];
  });
}
