import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";
import type { Invoice } from "../invoice";

/** They are at another version for whoever saw them before, and calculated whatever their fingerprint says. */
export async function touchDrafts(ids: readonly string[], now: Date): Promise<void> {
  await query(
    "UPDATE invoice SET version = version + 1, updated_at = $2, input_fingerprint = NULL WHERE id = ANY ($1::uuid[]) AND number IS NULL",
    [ids, now],
  );
}

/** A draft without lines, to be calculated. */
export async function insertEmptyDraft(
  draft: Pick<Invoice, "id" | "origin" | "customerId" | "billToCustomerId" | "currency" | "billsOn" | "memo"> & {
    readonly serviceStartsOn: PlainDate;
    readonly serviceEndsBefore: PlainDate;
  },
  now: Date,
): Promise<void> {
  const { id, origin, customerId, billToCustomerId, currency, billsOn, memo, serviceStartsOn, serviceEndsBefore } =
    draft;
  await query(
    `INSERT INTO invoice (organization_id, id, status, origin, customer_id, bill_to_customer_id, currency, bills_on, billing_month,
       service_starts_on, service_ends_before, net_total, tax_total, gross_total, memo, content_hash, calculated_at, created_at, updated_at)
     VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, date_trunc('month', $7::date), $8, $9, 0, 0, 0, $10, '', $11, $11, $11)`,
    [
      organizationId(),
      id,
      origin,
      customerId,
      billToCustomerId,
      currency,
      billsOn,
      serviceStartsOn,
      serviceEndsBefore,
      memo,
      now,
    ],
  );
}

export async function deleteDraftRows(ids: readonly string[]): Promise<void> {
  await query("DELETE FROM invoice WHERE id = ANY ($1::uuid[]) AND number IS NULL", [ids]);
}

export async function saveMemo(id: string, memo: string | null): Promise<void> {
  await query("UPDATE invoice SET memo = $2 WHERE id = $1 AND number IS NULL", [id, memo]);
}

/** Also of an issued invoice: it is never printed. */
export async function saveInternalNote(id: string, note: string | null, now: Date): Promise<void> {
  await query("UPDATE invoice SET internal_note = $2, version = version + 1, updated_at = $3 WHERE id = $1", [
    id,
    note,
    now,
  ]);
}

/** The PO number of a draft in place of the contract's; null: the contract's again. */
export async function saveDraftPoNumber(invoiceId: string, poNumber: string | null): Promise<void> {
  if (poNumber === null) {
    await query("DELETE FROM draft_terms WHERE invoice_id = $1", [invoiceId]);
  } else {
    await query(
      `INSERT INTO draft_terms (organization_id, invoice_id, po_number) VALUES ($1, $2, $3)
       ON CONFLICT (organization_id, invoice_id) DO UPDATE SET po_number = excluded.po_number`,
      [organizationId(), invoiceId, poNumber],
    );
  }
}

type ContractDay = { readonly contractId: string; readonly billsOn: PlainDate };

/** A draft, and those on which lines of these contracts and days stand now; itself first, where it still exists. */
export async function draftsOfDays(days: readonly ContractDay[], invoiceId: string): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "drafts-of-contract-days",
    text: `SELECT invoice.id FROM invoice WHERE invoice.number IS NULL AND (invoice.id = $3 OR invoice.id IN (
             SELECT draft.id FROM unnest($1::uuid[], $2::date[]) AS placed (contract_id, bills_on)
             JOIN invoice_line AS line ON line.contract_id = placed.contract_id AND line.kind <> 'credit'
             JOIN invoice AS draft ON draft.organization_id = line.organization_id AND draft.id = line.invoice_id
             WHERE draft.number IS NULL AND draft.document_kind = 'invoice' AND draft.bills_on = placed.bills_on))
           ORDER BY invoice.id <> $3, invoice.id`,
    values: [days.map(({ contractId }) => contractId), days.map(({ billsOn }) => billsOn), invoiceId],
  });
  return rows.map(({ id }) => id);
}

export async function firstDraftOf(days: readonly ContractDay[], exceptId: string): Promise<string | null> {
  return (await draftsOfDays(days, exceptId)).find((id) => id !== exceptId) ?? null;
}
