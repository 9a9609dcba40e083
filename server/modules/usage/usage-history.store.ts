import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { PASSES } from "./event-usage.store";
import type { UsageMetric } from "./metric";
import type { EventVersion, StandingEvent } from "./usage-history";

const contentOf = (row: string): string =>
  `${row}.alias, ${row}.event_type AS type, ${row}.occurred_at AS timestamp, ${row}.occurred_on AS "occurredOn", ${row}.properties,
   ${row}.recorded_at AS "recordedAt", ${row}.recorded_by AS "recordedBy"`;

/** A batch: events as they stand by their id, voided ones as they were last. */
export async function eventsById(ids: readonly string[]): Promise<ReadonlyMap<string, StandingEvent>> {
  const { rows } = await query<StandingEvent>({
    name: "usage-events-by-id",
    text: `SELECT key.event_id AS id, key.revision, key.is_voided AS "isVoided", content.*
           FROM usage_event_key AS key
           CROSS JOIN LATERAL (
             SELECT ${contentOf("event")} FROM usage_event AS event
             WHERE NOT key.is_voided AND event.occurred_on = key.occurred_on AND event.event_id = key.event_id
             UNION ALL
             SELECT ${contentOf("version")} FROM usage_event_version AS version
             WHERE key.is_voided AND version.event_id = key.event_id AND version.revision = key.revision) AS content
           WHERE key.event_id = ANY ($1::text[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: the versions of events that were ever changed, by event, in their order. */
export async function versionsByEvent(ids: readonly string[]): Promise<ReadonlyMap<string, readonly EventVersion[]>> {
  const { rows } = await query<EventVersion & { readonly id: string }>({
    name: "usage-event-versions",
    text: `SELECT version.event_id AS id, version.revision, version.is_voided AS "isVoided", version.reason, ${contentOf("version")}
           FROM usage_event_version AS version WHERE version.event_id = ANY ($1::text[])
           ORDER BY version.event_id, version.revision`,
    values: [ids],
  });
  return groupBy(rows, ({ id }) => id);
}

export type EventFilter = {
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate;
  readonly alias: string | null;
  readonly type: string | null;
  readonly metric: UsageMetric | null;
};

/** A page of the events that are counted, by day and id. */
export async function listEvents(
  { startsOn, endsBefore, alias, type, metric }: EventFilter,
  { limit, after }: Page,
): Promise<StandingEvent[]> {
  const { rows } = await query<StandingEvent>({
    name: metric ? "list-usage-events-of-metric" : "list-usage-events",
    // The page first: a join before it would look up the key of every event that passes.
    text: `SELECT event.event_id AS id, key.revision, false AS "isVoided", ${contentOf("event")}
           FROM (SELECT event.* FROM usage_event AS event
                 ${metric ? "JOIN usage_metric AS metric ON metric.id = $8 AND metric.event_type = event.event_type" : ""}
                 WHERE event.occurred_on >= $1 AND event.occurred_on < $2
                   AND ($3::text IS NULL OR event.alias = $3) AND ($4::text IS NULL OR event.event_type = $4)
                   AND ($5::date IS NULL OR (event.occurred_on, event.event_id) > ($5, $6))
                   ${metric ? `AND ${PASSES}` : ""}
                 ORDER BY event.occurred_on, event.event_id LIMIT $7) AS event
           JOIN usage_event_key AS key ON key.organization_id = event.organization_id AND key.event_id = event.event_id
           ORDER BY event.occurred_on, event.event_id`,
    values: [startsOn, endsBefore, alias, type, after?.[0] ?? null, after?.[1] ?? null, limit].concat(metric?.id ?? []),
  });
  return rows;
}
