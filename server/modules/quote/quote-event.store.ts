import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { QuoteEvent, QuoteEventKind } from "./quote";
import { lookForExpiryNextHour } from "./quote-expiry.store";

const EVENT = `
  SELECT event.id, event.quote_id AS "quoteId", event.version_ordinal AS "versionOrdinal", event.kind, event.actor,
    event.reason, event.facts, event.happened_at AS "happenedAt"
  FROM quote_event event`;

/** A batch: what happened to quotes, the first first. */
export async function eventsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteEvent[]>> {
  const { rows } = await query<QuoteEvent>({
    name: "quote-events-by-quote",
    text: `${EVENT} WHERE event.quote_id = ANY ($1::uuid[]) ORDER BY event.quote_id, event.id`,
    values: [ids],
  });
  return groupBy(rows, ({ quoteId }) => quoteId);
}

/** A batch: events by id. */
export async function quoteEventsById(ids: readonly string[]): Promise<ReadonlyMap<string, QuoteEvent>> {
  const { rows } = await query<QuoteEvent>({
    name: "quote-events-by-id",
    text: `${EVENT} WHERE event.id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What people are told of. */
const TOLD: ReadonlySet<QuoteEventKind> = new Set([
  "submitted",
  "approval_given",
  "approved",
  "rejected",
  "viewed",
  "signer_signed",
  "signed",
  "declined",
  "expiring",
  "expired",
]);

/** After these a quote can expire. */
const OFFERED: ReadonlySet<QuoteEventKind> = new Set(["submitted", "sent"]);

/** Notes what happened, in the transaction in which it happened, and leaves it to a worker to tell people. */
export async function insertQuoteEvent(event: Omit<QuoteEvent, "id">): Promise<QuoteEvent> {
  const id = newId();
  await query(
    `INSERT INTO quote_event (organization_id, id, quote_id, version_ordinal, kind, actor, reason, facts, happened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      organizationId(),
      id,
      event.quoteId,
      event.versionOrdinal,
      event.kind,
      event.actor,
      event.reason,
      JSON.stringify(event.facts),
      event.happenedAt,
    ],
  );
  if (TOLD.has(event.kind)) await enqueueTelling(id);
  if (OFFERED.has(event.kind)) await lookForExpiryNextHour();
  return { ...event, id };
}

async function enqueueTelling(eventId: string): Promise<void> {
  await query("SELECT jobs_api.enqueue('notify_quote_event', $1, $2)", [
    JSON.stringify({ organizationId: organizationId(), eventId }),
    `notify_quote_event:${eventId}`,
  ]);
}
