import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { CreditEntry, NewCreditEntry } from "./credit";

/** A batch: entries by grant, in the order in which they were recorded. */
export async function entriesByGrant(
  grantIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CreditEntry[]>> {
  const { rows } = await query<CreditEntry>({
    name: "credit-entries-by-grant",
    text: `SELECT entry.id, entry.grant_id AS "grantId", credit.currency, entry.kind, entry.amount,
             entry.effective_on AS "effectiveOn", entry.invoice_id AS "invoiceId", entry.billing_key AS "billingKey",
             entry.recorded_at AS "recordedAt"
           FROM credit_entry AS entry
           JOIN credit_grant AS credit ON credit.organization_id = entry.organization_id AND credit.id = entry.grant_id
           WHERE entry.grant_id = ANY ($1::uuid[]) ORDER BY entry.grant_id, entry.id`,
    values: [grantIds],
  });
  return groupBy(rows, ({ grantId }) => grantId);
}

/** In the order given, which is the order in which credits were drawn. The database keeps every balance from below zero. */
export async function insertCreditEntries(entries: readonly NewCreditEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return;
  await query(
    `INSERT INTO credit_entry (organization_id, id, grant_id, kind, amount, effective_on, invoice_id, billing_key, recorded_at)
     SELECT $1, id, grant_id, kind, amount, effective_on, invoice_id, billing_key, $2
     FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::date[], $8::uuid[], $9::text[])
       AS entry (id, grant_id, kind, amount, effective_on, invoice_id, billing_key)`,
    [
      organizationId(),
      now,
      entries.map(() => newId()),
      entries.map(({ grantId }) => grantId),
      entries.map(({ kind }) => kind),
      entries.map(({ amount }) => amount),
      entries.map(({ effectiveOn }) => effectiveOn),
      entries.map(({ invoiceId }) => invoiceId),
      entries.map(({ billingKey }) => billingKey),
    ],
  );
}

/** What an invoice has drawn from each grant less what it has given back, line by line. */
export async function entriesOfInvoice(
  invoiceId: string,
): Promise<readonly { readonly grantId: string; readonly billingKey: string; readonly amount: string }[]> {
  const { rows } = await query<{ grantId: string; billingKey: string; amount: string }>(
    `SELECT grant_id AS "grantId", billing_key AS "billingKey", sum(amount) AS amount FROM credit_entry
     WHERE invoice_id = $1 GROUP BY grant_id, billing_key HAVING sum(amount) <> 0 ORDER BY min(id::text)`,
    [invoiceId],
  );
  return rows;
}

/** A line that was billed, with its adjustments: the contract and the billing key of the original. */
export type BilledSubject = { readonly contractId: string; readonly billingKey: string };

/** What grants paid of a billed line and its adjustments, and what of that came back, in the order of the first draw. */
export type SubjectPaid = BilledSubject & {
  readonly grantId: string;
  readonly drawn: string;
  readonly returned: string;
};

export async function paidOfSubjects(subjects: readonly BilledSubject[]): Promise<SubjectPaid[]> {
  if (subjects.length === 0) return [];
  const { rows } = await query<SubjectPaid>({
    name: "credits-paid-of-subjects",
    text: `SELECT wanted.contract_id AS "contractId", wanted.billing_key AS "billingKey", entry.grant_id AS "grantId",
             -coalesce(sum(entry.amount) FILTER (WHERE entry.kind = 'consumed'), 0) AS drawn,
             coalesce(sum(entry.amount) FILTER (WHERE entry.kind = 'returned'), 0) AS returned
           FROM unnest($1::uuid[], $2::text[]) AS wanted (contract_id, billing_key)
           JOIN contract ON contract.id = wanted.contract_id
           JOIN invoice ON invoice.customer_id = contract.customer_id AND invoice.status IN ('finalized', 'sent')
             AND (invoice.contract_id = wanted.contract_id OR invoice.contract_id IS NULL AND EXISTS (
               SELECT FROM invoice_line AS line WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
                 AND line.contract_id = wanted.contract_id AND line.billing_key IN (wanted.billing_key, wanted.billing_key || '|adjustment')))
             AND invoice.document_kind = 'invoice' AND NOT EXISTS (
               SELECT FROM invoice AS again WHERE again.organization_id = invoice.organization_id
                 AND again.reissues_invoice_id = invoice.id AND again.status IN ('finalized', 'sent'))
           JOIN credit_entry AS entry ON entry.organization_id = invoice.organization_id AND entry.invoice_id = invoice.id
             AND entry.billing_key IN (wanted.billing_key, wanted.billing_key || '|adjustment')
           GROUP BY wanted.contract_id, wanted.billing_key, entry.grant_id
           ORDER BY min(entry.id::text)`,
    values: [subjects.map(({ contractId }) => contractId), subjects.map(({ billingKey }) => billingKey)],
  });
  return rows;
}
