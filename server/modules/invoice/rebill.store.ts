import { groupBy } from "../../domain/group-by";
import { query } from "../../platform/database/transaction";
import type { Invoice } from "./invoice";
import { INVOICE } from "./invoice.store";

/** Invoices of these contracts whose credit note is issued, and which are still to be issued again; by contract. */
export async function creditedToReissue(
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Invoice[]>> {
  const { rows } = await query<Invoice & { contractId: string }>({
    name: "credited-to-reissue",
    text: `SELECT ${INVOICE} FROM invoice AS note
           JOIN invoice ON invoice.organization_id = note.organization_id AND invoice.id = note.corrects_invoice_id
           WHERE note.contract_id = ANY ($1::uuid[]) AND note.credit_effect = 'reissue' AND note.status IN ('finalized', 'sent')
             AND NOT EXISTS (SELECT FROM invoice AS again
                             WHERE again.organization_id = invoice.organization_id AND again.reissues_invoice_id = invoice.id
                               AND again.status IN ('finalized', 'sent'))
           ORDER BY invoice.issued_on, invoice.number`,
    values: [contractIds],
  });
  return groupBy(rows, ({ contractId }) => contractId);
}

/** A batch: the credit note over each of these invoices, be it a draft. */
export async function creditNotesByInvoice(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, Invoice>> {
  const { rows } = await query<Invoice & { correctsInvoiceId: string }>({
    name: "credit-notes-by-invoice",
    text: `SELECT ${INVOICE} FROM invoice WHERE corrects_invoice_id = ANY ($1::uuid[]) AND credit_effect = 'reissue' AND status <> 'voided'`,
    values: [invoiceIds],
  });
  return new Map(rows.map((row) => [row.correctsInvoiceId, row]));
}
