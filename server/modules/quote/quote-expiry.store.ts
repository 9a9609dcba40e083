import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";

const OFFERED = "quote.status IN ('in_approval', 'approved', 'sent')";

/** The quotes whose last day is a day or earlier. */
export async function quotesEndingBy(day: PlainDate): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT quote.id FROM quote WHERE ${OFFERED} AND quote.expires_on <= $1 ORDER BY quote.expires_on, quote.id`,
    [day],
  );
  return rows.map(({ id }) => id);
}

/** Whether any quote may expire, now or later; it can still be given a last day. */
export async function isAnyToExpire(): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>(`SELECT EXISTS (SELECT FROM quote WHERE ${OFFERED}) AS found`);
  return rows[0]?.found ?? false;
}

/**
 * Looks at the organization's quotes when the hour is over. The hour is in the key, so that a quote that is submitted or
 * sent every few minutes does not put the look off.
 */
export async function lookForExpiryNextHour(): Promise<void> {
  await query(
    `SELECT jobs_api.enqueue('expire_quotes', $1, $2 || to_char(hour.ends_at AT TIME ZONE 'UTC', ':YYYY-MM-DD"T"HH24'), hour.ends_at)
     FROM (SELECT date_trunc('hour', now(), 'UTC') + interval '1 hour' AS ends_at) AS hour`,
    [JSON.stringify({ organizationId: organizationId() }), `expire_quotes:${organizationId()}`],
  );
}
