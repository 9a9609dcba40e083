import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { QuoteEvent } from "./quote";

/** A batch: what happened to quotes, the first first. */
export async function eventsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteEvent[]>> {
  const { rows } = await query<QuoteEvent>({
    name: "quote-events-by-quote",
    text: `SELECT event.id, event.quote_id AS "quoteId", event.version_ordinal AS "versionOrdinal", event.kind, event.actor,
             event.reason, event.facts, event.happened_at AS "happenedAt"
           FROM quote_event event WHERE event.quote_id = ANY ($1::uuid[]) ORDER BY event.quote_id, event.id`,
    values: [ids],
  });
  return groupBy(rows, ({ quoteId }) => quoteId);
}

/** Notes what happened, in the transaction in which it happened. */
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
  return { ...event, id };
}
