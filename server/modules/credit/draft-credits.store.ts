import type { PlainDate } from "../../domain/calendar/plain-date";
import { query } from "../../platform/database/transaction";

/** What a draft draws from a grant. */
export type DraftDraw = {
  readonly grantId: string;
  readonly invoiceId: string;
  /** Of several contracts the first in order of id; "" where people wrote all lines. */
  readonly contractId: string;
  readonly billsOn: PlainDate;
  readonly amount: string;
};

/** Nobody counts on what a credit note that people made would give back before it is issued. */
const IS_CALCULATED = "(invoice.document_kind = 'invoice' OR invoice.credit_effect = 'reissue')";

export async function drawsOfDrafts(grantIds: readonly string[]): Promise<DraftDraw[]> {
  const { rows } = await query<DraftDraw>({
    name: "credit-draws-of-drafts",
    text: `SELECT line.credit_grant_id AS "grantId", line.invoice_id AS "invoiceId", invoice.bills_on AS "billsOn",
             coalesce(min(line.contract_id::text), '') AS "contractId", -sum(line.net_amount) AS amount
           FROM invoice_line AS line
           JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id
           WHERE line.credit_grant_id = ANY ($1::uuid[]) AND invoice.number IS NULL AND ${IS_CALCULATED}
           GROUP BY line.credit_grant_id, line.invoice_id, invoice.bills_on`,
    values: [grantIds],
  });
  return rows;
}

/** Drafts that together draw more than a grant has become stale; so does nothing else. */
export async function markOverdrawnDrafts(grantIds: readonly string[], now: Date): Promise<void> {
  if (grantIds.length === 0) return;
  await query({
    name: "mark-overdrawn-drafts",
    text: `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'credits'), stale_since = coalesce(stale_since, $2)
           WHERE number IS NULL AND NOT 'credits' = ANY (stale_reasons) AND id IN (
             SELECT line.invoice_id
             FROM credit_grant AS credit
             JOIN invoice_line AS line ON line.organization_id = credit.organization_id AND line.credit_grant_id = credit.id
             WHERE credit.id = ANY ($1::uuid[]) AND 0 >
               (SELECT sum(entry.amount) FROM credit_entry AS entry
                WHERE entry.organization_id = credit.organization_id AND entry.grant_id = credit.id) +
               (SELECT coalesce(sum(drawn.net_amount), 0) FROM invoice_line AS drawn
                JOIN invoice AS draft ON draft.organization_id = drawn.organization_id AND draft.id = drawn.invoice_id AND draft.number IS NULL
                  AND (draft.document_kind = 'invoice' OR draft.credit_effect = 'reissue')
                WHERE drawn.organization_id = credit.organization_id AND drawn.credit_grant_id = credit.id))`,
    values: [grantIds, now],
  });
}

/** The other drafts of these customers may draw on what was set free. */
export async function markOtherDraftsStale(
  { customerIds, draftIds }: { readonly customerIds: readonly string[]; readonly draftIds: readonly string[] },
  now: Date,
): Promise<void> {
  if (customerIds.length === 0) return;
  await query(
    `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'credits'), stale_since = coalesce(stale_since, $3)
     WHERE number IS NULL AND customer_id = ANY ($1::uuid[]) AND NOT id = ANY ($2::uuid[])
       AND NOT 'credits' = ANY (stale_reasons)`,
    [customerIds, draftIds, now],
  );
}
