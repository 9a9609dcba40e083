import { groupBy } from "../../domain/group-by";
import { query } from "../../platform/database/transaction";
import type { Invoice } from "./invoice";
import { INVOICE } from "./invoice.store";

/** An invoice to issue again; credited: once its credit note is issued, not as long as people only asked for it. */
export type ToReissue = Invoice & { readonly isCredited: boolean };

/**
 * Invoices of these contracts whose credit note is issued, or asked for by people, and which are still to be issued again;
 * by contract. What was credited in part meanwhile is not issued again.
 */
export async function creditedToReissue(
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ToReissue[]>> {
  const { rows } = await query<ToReissue & { ofContractId: string }>({
    name: "credited-to-reissue",
    text: `SELECT ${INVOICE}, note.of_contract_id AS "ofContractId", note.is_issued AS "isCredited" FROM (
             SELECT organization_id, corrects_invoice_id, contract_id AS of_contract_id, number IS NOT NULL AS is_issued FROM invoice
             WHERE contract_id = ANY ($1::uuid[]) AND credit_effect = 'reissue' AND (status IN ('finalized', 'sent') OR ${IS_ASKED})
             UNION
             SELECT shared.organization_id, shared.corrects_invoice_id, line.contract_id, shared.number IS NOT NULL FROM invoice AS shared
             JOIN invoice_line AS line ON line.organization_id = shared.organization_id AND line.invoice_id = shared.id
             WHERE shared.contract_id IS NULL AND shared.credit_effect = 'reissue'
               AND (shared.status IN ('finalized', 'sent') OR ${IS_ASKED.replaceAll("invoice.", "shared.")})
               AND shared.customer_id = ANY (ARRAY(SELECT customer_id FROM contract WHERE contract.id = ANY ($1::uuid[])))
               AND line.contract_id = ANY ($1::uuid[])) AS note
           JOIN invoice ON invoice.organization_id = note.organization_id AND invoice.id = note.corrects_invoice_id
           WHERE NOT EXISTS (SELECT FROM invoice AS again
                             WHERE again.organization_id = invoice.organization_id AND again.reissues_invoice_id = invoice.id
                               AND again.status IN ('finalized', 'sent'))
           ORDER BY invoice.issued_on, invoice.number`,
    values: [contractIds],
  });
  return groupBy(rows, ({ ofContractId }) => ofContractId);
}

const IS_ASKED = `invoice.number IS NULL AND invoice.credit_reason IS NOT NULL AND NOT EXISTS (
    SELECT FROM invoice AS other WHERE other.organization_id = invoice.organization_id AND other.corrects_invoice_id = invoice.corrects_invoice_id
      AND other.credit_effect IN ('correction', 'final') AND other.status IN ('finalized', 'sent'))`;

/** A batch: the credit note over each of these invoices, be it a draft. */
export async function creditNotesByInvoice(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, Invoice>> {
  const { rows } = await query<Invoice & { correctsInvoiceId: string }>({
    name: "credit-notes-by-invoice",
    text: `SELECT ${INVOICE} FROM invoice WHERE corrects_invoice_id = ANY ($1::uuid[]) AND credit_effect = 'reissue' AND status <> 'voided'`,
    values: [invoiceIds],
  });
  return new Map(rows.map((row) => [row.correctsInvoiceId, row]));
}
