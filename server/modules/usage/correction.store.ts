import { earlierOf, laterOf } from "../../domain/calendar/plain-date";
import { query } from "../../platform/database/transaction";
import type { RecordedEvent, UsageEvent } from "./usage-event";
import type { KnownContent } from "./usage-event.store";

/** An event that is known by its id, as it stands. */
export type KnownEvent = Pick<RecordedEvent, "id" | "occurredOn"> &
  KnownContent & {
    readonly revision: number;
    /** what is counted; null where it was taken out */
    readonly counted: RecordedEvent | null;
  };

/**
 * The events that are known by these ids, kept from other corrections until the transaction ends. Taken in the order of
 * their ids, before anything is recorded; looked at only then, as they were left by whoever had them.
 */
export async function lockEvents(ids: readonly string[]): Promise<ReadonlyMap<string, KnownEvent>> {
  if (ids.length === 0) return new Map();
  await query({
    name: "lock-usage-events",
    text: "SELECT FROM usage_event_key WHERE event_id = ANY ($1::text[]) ORDER BY event_id FOR UPDATE",
    values: [ids],
  });
  type Row = Omit<KnownEvent, "counted"> & Omit<RecordedEvent, "alias"> & { readonly alias: string | null };
  const { rows } = await query<Row>({
    name: "known-usage-events",
    // OFFSET 0: event by event, as a join may read whole months.
    text: `SELECT key.event_id AS id, key.occurred_on AS "occurredOn", key.content_hash AS "contentHash",
                  key.is_voided AS "isVoided", key.revision, event.alias, event.event_type AS type, event.properties
           FROM usage_event_key AS key
           LEFT JOIN LATERAL (
             SELECT alias, event_type, properties FROM usage_event
             WHERE occurred_on = key.occurred_on AND event_id = key.event_id OFFSET 0) AS event ON true
           WHERE key.event_id = ANY ($1::text[])`,
    values: [ids],
  });
  return new Map(
    rows.map(({ alias, type, properties, ...known }) => {
      const { id, occurredOn } = known;
      return [id, { ...known, counted: alias === null ? null : { id, occurredOn, alias, type, properties } }];
    }),
  );
}

/** What becomes of a known event: other content, or none where it is taken out. */
export type Replacement = {
  readonly known: KnownEvent;
  readonly content: UsageEvent | null;
  readonly reason: string | null;
};

/**
 * Puts other content in the place of events, or takes them out, and adds a version to the history of each: to one that
 * never changed before its first version too. One statement; the events are locked.
 */
export async function replaceEvents(replacements: readonly Replacement[], recordedBy: string): Promise<void> {
  const days = replacements.map(({ known }) => known.occurredOn);
  await query({
    name: "replace-usage-events",
    text: `WITH change AS (
             SELECT *, alias IS NULL AS is_voided
             FROM unnest($1::text[], $2::int[], $3::date[], $4::date[], $5::bytea[], $6::text[], $7::text[], $8::timestamptz[], $9::jsonb[], $10::text[])
               AS change (event_id, revision, was_on, occurred_on, content_hash, alias, event_type, occurred_at, properties, reason)
           ), counted AS (
             SELECT event.* FROM change JOIN usage_event AS event
               ON event.occurred_on = change.was_on AND event.event_id = change.event_id AND event.occurred_on BETWEEN $12 AND $13
           ), first_version AS (
             INSERT INTO usage_event_version (organization_id, event_id, revision, occurred_on, alias, event_type, occurred_at, properties, is_voided, recorded_at, recorded_by)
             SELECT organization_id, event_id, 1, counted.occurred_on, counted.alias, counted.event_type, counted.occurred_at, counted.properties, false, recorded_at, recorded_by
             FROM change JOIN counted USING (event_id) WHERE change.revision = 2
           ), new_version AS (
             INSERT INTO usage_event_version (organization_id, event_id, revision, occurred_on, alias, event_type, occurred_at, properties, is_voided, reason, recorded_by)
             SELECT current_organization_id(), event_id, revision, coalesce(change.occurred_on, counted.occurred_on), coalesce(change.alias, counted.alias),
                    coalesce(change.event_type, counted.event_type), coalesce(change.occurred_at, counted.occurred_at),
                    coalesce(change.properties, counted.properties), change.is_voided, reason, $11
             FROM change LEFT JOIN counted USING (event_id)
           ), replaced AS (
             UPDATE usage_event AS event
             SET occurred_on = change.occurred_on, alias = change.alias, event_type = change.event_type, occurred_at = change.occurred_at,
                 properties = change.properties, recorded_at = now(), recorded_by = $11
             FROM change
             WHERE event.occurred_on = change.was_on AND event.event_id = change.event_id AND event.occurred_on BETWEEN $12 AND $13
               AND NOT change.is_voided
           ), taken_out AS (
             DELETE FROM usage_event AS event USING change
             WHERE event.occurred_on = change.was_on AND event.event_id = change.event_id AND event.occurred_on BETWEEN $12 AND $13
               AND change.is_voided
           ), brought_back AS (
             INSERT INTO usage_event (organization_id, occurred_on, event_id, alias, event_type, occurred_at, properties, recorded_by)
             SELECT current_organization_id(), occurred_on, event_id, alias, event_type, occurred_at, properties, $11
             FROM change WHERE NOT is_voided AND NOT EXISTS (SELECT FROM counted WHERE counted.event_id = change.event_id)
           )
           UPDATE usage_event_key AS key
           SET occurred_on = coalesce(change.occurred_on, key.occurred_on), content_hash = coalesce(change.content_hash, key.content_hash),
               revision = change.revision, is_voided = change.is_voided
           FROM change WHERE key.event_id = change.event_id`,
    values: [
      replacements.map(({ known }) => known.id),
      replacements.map(({ known }) => known.revision + 1),
      days,
      replacements.map(({ content }) => content?.occurredOn ?? null),
      replacements.map(({ content }) => content?.contentHash ?? null),
      replacements.map(({ content }) => content?.alias ?? null),
      replacements.map(({ content }) => content?.type ?? null),
      replacements.map(({ content }) => content?.occurredAt ?? null),
      replacements.map(({ content }) => content && JSON.stringify(content.properties)),
      replacements.map(({ reason }) => reason),
      recordedBy,
      days.reduce(earlierOf),
      days.reduce(laterOf),
    ],
  });
}
