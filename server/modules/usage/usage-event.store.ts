import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { firstDayOf } from "../../domain/calendar/plain-month";
import { currentDatabase, query } from "../../platform/database/transaction";
import type { Contribution } from "./check-usage-events";
import type { RecordedEvent, UsageEvent } from "./usage-event";

const monthsSeen = new WeakMap<object, Set<PlainMonth>>();

/** Makes the partitions of these months, if this process has not seen them yet. Call it outside of a transaction. */
export async function ensureMonths(months: ReadonlySet<PlainMonth>): Promise<void> {
  const database = currentDatabase();
  const seen = monthsSeen.get(database) ?? new Set();
  monthsSeen.set(database, seen);
  for (const month of months) {
    if (seen.has(month)) continue;
    await query("SELECT usage_api.ensure_month($1)", [firstDayOf(month)]);
    seen.add(month);
  }
}

/**
 * Writes keys, events and day sums in one statement, those events alone that are not known by their id; answers the ids
 * that are new. Rows are taken in one order everywhere, so that recorders at once wait for each other and never in a
 * circle: keys of corrected events, new keys, days.
 */
export async function insertEvents(
  events: readonly UsageEvent[],
  contributions: readonly Contribution[],
  recordedBy: string | null = null,
): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const { rows } = await query<{ id: string }>({
    name: "insert-usage-events",
    text: `WITH incoming AS (
             SELECT * FROM unnest($1::text[], $2::date[], $3::bytea[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
               AS event (event_id, occurred_on, content_hash, alias, event_type, occurred_at, properties)
           ), fresh AS (
             INSERT INTO usage_event_key (organization_id, event_id, occurred_on, content_hash)
             SELECT current_organization_id(), event_id, occurred_on, content_hash FROM incoming ORDER BY event_id
             ON CONFLICT DO NOTHING RETURNING event_id
           ), written AS (
             INSERT INTO usage_event (organization_id, occurred_on, event_id, alias, event_type, occurred_at, properties, recorded_by)
             SELECT current_organization_id(), occurred_on, event_id, alias, event_type, occurred_at, properties, $12
             FROM incoming JOIN fresh USING (event_id)
           ), counted AS (
             INSERT INTO usage_day AS day (organization_id, metric_id, alias, occurred_on, group_key, quantity_sum, quantity_max, event_count)
             SELECT current_organization_id(), metric_id, alias, occurred_on, group_key, sum(quantity), max(quantity), count(*)
             FROM unnest($8::text[], $9::uuid[], $10::text[], $11::numeric[]) AS contribution (event_id, metric_id, group_key, quantity)
             JOIN fresh USING (event_id) JOIN incoming USING (event_id)
             GROUP BY metric_id, alias, occurred_on, group_key ORDER BY metric_id, alias, occurred_on, group_key
             ON CONFLICT (organization_id, metric_id, alias, occurred_on, group_key) DO UPDATE
             SET quantity_sum = day.quantity_sum + excluded.quantity_sum,
                 quantity_max = greatest(day.quantity_max, excluded.quantity_max),
                 event_count = day.event_count + excluded.event_count
           )
           SELECT event_id AS id FROM fresh`,
    values: [
      events.map(({ id }) => id),
      events.map(({ occurredOn }) => occurredOn),
      events.map(({ contentHash }) => contentHash),
      events.map(({ alias }) => alias),
      events.map(({ type }) => type),
      events.map(({ occurredAt }) => occurredAt),
      events.map(({ properties }) => JSON.stringify(properties)),
      contributions.map(({ event }) => event.id),
      contributions.map(({ metricId }) => metricId),
      contributions.map(({ groupKey }) => groupKey),
      contributions.map(({ quantity }) => quantity.toFixed()),
      recordedBy,
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** What is known by an id: a hash of the content, and whether it was taken out. */
export type KnownContent = { readonly contentHash: Buffer; readonly isVoided: boolean };

/** The content under which these ids are known. */
export async function knownContents(ids: readonly string[]): Promise<ReadonlyMap<string, KnownContent>> {
  const { rows } = await query<KnownContent & { readonly id: string }>({
    name: "known-usage-contents",
    text: `SELECT event_id AS id, content_hash AS "contentHash", is_voided AS "isVoided"
           FROM usage_event_key WHERE event_id = ANY ($1::text[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export type AliasDay = { readonly alias: string; readonly occurredOn: PlainDate };

/** Whose the alias is on the day, in the order of the questions; null: nobody's. */
export async function customersOfAliases(days: readonly AliasDay[]): Promise<(string | null)[]> {
  const { rows } = await query<{ customerId: string | null }>({
    name: "customers-of-aliases",
    text: `SELECT customer_alias.customer_id AS "customerId"
           FROM unnest($1::text[], $2::date[]) WITH ORDINALITY AS asked (alias, occurred_on, ordinal)
           LEFT JOIN customer_alias ON customer_alias.alias = asked.alias
             AND (customer_alias.starts_on IS NULL OR customer_alias.starts_on <= asked.occurred_on)
             AND (customer_alias.ends_before IS NULL OR customer_alias.ends_before > asked.occurred_on)
           ORDER BY asked.ordinal`,
    values: [days.map(({ alias }) => alias), days.map(({ occurredOn }) => occurredOn)],
  });
  return rows.map(({ customerId }) => customerId);
}

/** Recorded events of a type, page after page in the order of their days. */
export async function* recordedEvents(type: string, pageSize = 5_000): AsyncGenerator<readonly RecordedEvent[]> {
  let after: RecordedEvent | undefined;
  for (;;) {
    const { rows } = await query<RecordedEvent>({
      name: "recorded-usage-events",
      text: `SELECT event_id AS id, alias, occurred_on AS "occurredOn", event_type AS type, properties FROM usage_event
             WHERE event_type = $1 AND ($2::date IS NULL OR (occurred_on, event_id) > ($2, $3))
             ORDER BY occurred_on, event_id LIMIT $4`,
      values: [type, after?.occurredOn ?? null, after?.id ?? null, pageSize],
    });
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1);
  }
}
