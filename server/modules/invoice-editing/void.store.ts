import { query } from "../../platform/database/transaction";

/** What else was done with issued invoices, as far as it stands against voiding them. */
export type VoidFacts = {
  readonly invoiceId: string;
  /** a mail with it waits, left, or may have left */
  readonly isMailed: boolean;
  readonly isCredited: boolean;
  readonly hasCreditDraft: boolean;
};

export async function voidFacts(ids: readonly string[]): Promise<ReadonlyMap<string, VoidFacts>> {
  const { rows } = await query<VoidFacts>({
    name: "void-facts",
    text: `SELECT invoice.id AS "invoiceId",
             EXISTS (SELECT FROM delivery WHERE delivery.organization_id = invoice.organization_id AND delivery.invoice_id = invoice.id
                       AND delivery.purpose <> 'test' AND delivery.status <> 'failed') AS "isMailed",
             coalesce(bool_or(note.number IS NOT NULL), false) AS "isCredited",
             coalesce(bool_or(note.number IS NULL) FILTER (WHERE note.id IS NOT NULL), false) AS "hasCreditDraft"
           FROM invoice LEFT JOIN invoice AS note
             ON note.organization_id = invoice.organization_id AND note.corrects_invoice_id = invoice.id AND note.status <> 'voided'
           WHERE invoice.id = ANY ($1::uuid[]) GROUP BY invoice.organization_id, invoice.id`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

export async function saveVoided(
  ids: readonly string[],
  { reason, now }: { readonly reason: string; readonly now: Date },
): Promise<void> {
  await query(
    `UPDATE invoice SET status = 'voided', voided_at = $2, void_reason = $3, version = version + 1, updated_at = $2
     WHERE id = ANY ($1::uuid[])`,
    [ids, now, reason],
  );
}

/** Own amounts that the invoices were issued with stand for their lines again. */
export async function releaseOverrides(ids: readonly string[]): Promise<void> {
  await query(
    `UPDATE line_override SET billed_at = NULL FROM invoice_line AS line
     WHERE line.invoice_id = ANY ($1::uuid[]) AND line.engine_amount IS NOT NULL AND line.organization_id = line_override.organization_id
       AND line.contract_id = line_override.contract_id AND line.billing_key = line_override.billing_key`,
    [ids],
  );
}

/** The next calculation looks back to the first day that the invoices billed, and the drafts that there are wait for it. */
export async function billAgain(ids: readonly string[], now: Date): Promise<void> {
  await query(
    `UPDATE billing_schedule AS schedule SET changed_from_on = least(schedule.changed_from_on, billed.first_on)
     FROM (SELECT contract_id, min(full_starts_on) AS first_on FROM invoice_line
           WHERE invoice_id = ANY ($1::uuid[]) AND contract_id IS NOT NULL GROUP BY contract_id) AS billed
     WHERE schedule.contract_id = billed.contract_id`,
    [ids],
  );
  await query(
    `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'contract'), stale_since = coalesce(stale_since, $2)
     WHERE number IS NULL AND NOT 'contract' = ANY (stale_reasons) AND id IN (
       SELECT line.invoice_id FROM invoice_line AS line WHERE line.contract_id IN (
         SELECT contract_id FROM invoice_line WHERE invoice_id = ANY ($1::uuid[]) AND contract_id IS NOT NULL))`,
    [ids, now],
  );
}
