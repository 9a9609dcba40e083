import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { EventProperties } from "../../domain/usage/event-properties";
import { query } from "../../platform/database/transaction";
import { aliasesOf, askedOf, CUSTOMERS, eventsOf, eventValues, type Owners, type UsageAsked } from "./usage-asked";

/** `plainText` of the domain in SQL: a property of the event by which it can be told apart, else null. */
const plainText = (name: string): string => `CASE jsonb_typeof(event.properties -> ${name})
  WHEN 'string' THEN event.properties ->> ${name}
  WHEN 'boolean' THEN event.properties ->> ${name}
  WHEN 'number' THEN CASE WHEN event.properties ->> ${name} ~ '^-?[0-9]{1,16}$'
    AND abs((event.properties ->> ${name})::numeric) <= ${Number.MAX_SAFE_INTEGER} THEN event.properties ->> ${name} END END`;

/** True for an event that the metric counts, of those of its type. */
export const PASSES = `(metric.filters = '{}' OR NOT EXISTS (
  SELECT FROM jsonb_each(metric.filters) AS filter (property, allowed)
  WHERE NOT coalesce(filter.allowed ? ${plainText("filter.property")}, false)))`;

/** `groupKeyOf` of the domain in SQL, where the condition holds. */
const groupKeyIf = (condition: string): string => `CASE WHEN ${condition} THEN to_json(ARRAY(
  SELECT ${plainText("part.property")} FROM unnest(metric.group_by) WITH ORDINALITY AS part (property, place)
  ORDER BY part.place))::text ELSE '' END`;

/** Under which key the metric counts the event. */
export const GROUP_KEY = groupKeyIf("metric.group_by <> '{}'");
const GROUP_KEY_ASKED = groupKeyIf("asked.is_grouped");

/** What the metric measures of the event, as text. */
export const MEASURED = "event.properties ->> metric.property";

type GroupQuantity = { readonly ordinal: number; readonly groupKey: string; readonly quantity: Decimal };

const toQuantity = ({ quantity, ...row }: { ordinal: number; groupKey: string; quantity: string }): GroupQuantity => ({
  ...row,
  quantity: new Decimal(quantity),
});

/** How many different values the property of the metric has, for each question (its place is `ordinal`) and group. */
export async function uniqueValues(owners: Owners, asked: readonly UsageAsked[]): Promise<GroupQuantity[]> {
  if (asked.length === 0) return [];
  const { rows } = await query<{ ordinal: number; groupKey: string; quantity: string }>({
    name: `unique-values-of-${owners.kind}`,
    text: `SELECT ordinal, group_key AS "groupKey", count(*) AS quantity
           FROM (SELECT DISTINCT (asked.ordinal - 1)::int AS ordinal, ${GROUP_KEY_ASKED} AS group_key, ${MEASURED}
                 ${eventsOf(owners)} WHERE ${PASSES}) AS different
           GROUP BY ordinal, group_key`,
    values: eventValues(asked),
  });
  return rows.map(toQuantity);
}

/** The value of the last event for each question and group that has events. */
export async function latestValues(owners: Owners, asked: readonly UsageAsked[]): Promise<GroupQuantity[]> {
  if (asked.length === 0) return [];
  const { rows } = await query<{ ordinal: number; groupKey: string; quantity: string }>({
    name: `latest-values-of-${owners.kind}`,
    text: `SELECT DISTINCT ON (1, 2) (asked.ordinal - 1)::int AS ordinal, ${GROUP_KEY_ASKED} AS "groupKey", ${MEASURED} AS quantity
           ${eventsOf(owners)} WHERE ${PASSES}
           ORDER BY 1, 2, event.occurred_at DESC, event.event_id COLLATE "C" DESC`,
    values: eventValues(asked),
  });
  return rows.map(toQuantity);
}

export type ChangesOfLevel = {
  readonly ordinal: number;
  readonly groupKey: string;
  /** the level is the owner's on the days before this one */
  readonly until: PlainDate;
  readonly change: Decimal;
  readonly changeByElapsed: Decimal;
};

/**
 * How levels change, for each question that has a beginning: what was added up before the period, from the sums of days,
 * and the changes in it, each times the milliseconds since the beginning. Exact; nothing is divided.
 */
export async function changesOfLevels(owners: Owners, asked: readonly UsageAsked[]): Promise<ChangesOfLevel[]> {
  if (asked.length === 0) return [];
  type Row = { ordinal: number; groupKey: string; until: PlainDate; change: string; changeByElapsed: string };
  const { rows } = await query<Row>({
    name: `changes-of-levels-of-${owners.kind}`,
    text: `SELECT ordinal, group_key AS "groupKey", until, sum(change) AS change, sum(change * elapsed) AS "changeByElapsed"
           FROM (SELECT (asked.ordinal - 1)::int AS ordinal, CASE WHEN asked.is_grouped THEN before.group_key ELSE '' END AS group_key,
                        least(asked.ends_before, mapped.ends_before) AS until, before.change, 0 AS elapsed
                 FROM ${askedOf(owners)}
                 JOIN ${aliasesOf(owners)}
                 JOIN LATERAL (
                   SELECT day.group_key, sum(day.quantity_sum) AS change FROM usage_day AS day
                   WHERE day.metric_id = asked.metric_id AND day.alias = mapped.alias
                     AND day.occurred_on >= coalesce(mapped.starts_on, '-infinity') AND day.occurred_on < asked.starts_on
                   GROUP BY day.group_key) AS before ON true
                 UNION ALL
                 SELECT (asked.ordinal - 1)::int, ${GROUP_KEY_ASKED}, least(asked.ends_before, mapped.ends_before), (${MEASURED})::numeric,
                        (extract(epoch FROM event.occurred_at) - extract(epoch FROM asked.starts_at)) * 1000
                 ${eventsOf(owners)} WHERE ${PASSES}) AS changes
           GROUP BY ordinal, group_key, until`,
    values: eventValues(asked),
  });
  return rows.map(({ change, changeByElapsed, ...row }) => ({
    ...row,
    change: new Decimal(change),
    changeByElapsed: new Decimal(changeByElapsed),
  }));
}

export type AskedEvent = { readonly place: number; readonly properties: EventProperties };

/** The single events of customers' questions, of questions in the same place together, in the order of their occurrence. */
export async function eventsAsked(asked: readonly (UsageAsked & { readonly place: number })[]): Promise<AskedEvent[]> {
  if (asked.length === 0) return [];
  const { rows } = await query<AskedEvent>({
    name: "usage-events-asked",
    text: `SELECT ($9::int[])[asked.ordinal] AS place, event.properties
           ${eventsOf(CUSTOMERS)}
           ORDER BY 1, event.occurred_at, event.event_id COLLATE "C"`,
    values: [...eventValues(asked), asked.map(({ place }) => place)],
  });
  return rows;
}
