import type { PlainDate } from "../../domain/calendar/plain-date";
import { query } from "../../platform/database/transaction";

/** How the collection of an invoice stands. */
export type Collection = {
  readonly number: string | null;
  readonly isDue: boolean;
  readonly disputedAt: Date | null;
  readonly disputeReason: string | null;
  readonly promisedOn: PlainDate | null;
};

/** Holds the invoice until the end of the transaction. */
export async function findCollection(invoiceId: string): Promise<Collection | null> {
  const { rows } = await query<Collection>(
    `SELECT number, number IS NOT NULL AND status <> 'voided' AND document_kind = 'invoice' AND settled_total <> gross_total AS "isDue",
       disputed_at AS "disputedAt", dispute_reason AS "disputeReason", promised_on AS "promisedOn"
     FROM invoice WHERE id = $1 FOR UPDATE`,
    [invoiceId],
  );
  return rows[0] ?? null;
}

/** null: the dispute is over. */
export async function saveDispute(invoiceId: string, reason: string | null, now: Date): Promise<void> {
  await query(
    `UPDATE invoice SET dispute_reason = $2, disputed_at = CASE WHEN $2::text IS NOT NULL THEN $3::timestamptz END,
       version = version + 1, updated_at = $3 WHERE id = $1`,
    [invoiceId, reason, now],
  );
}

export async function savePromise(invoiceId: string, promisedOn: PlainDate | null, now: Date): Promise<void> {
  await query("UPDATE invoice SET promised_on = $2, version = version + 1, updated_at = $3 WHERE id = $1", [
    invoiceId,
    promisedOn,
    now,
  ]);
}
