import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import type { InvoiceAmendment } from "./invoice";

/** A batch: the amended copies of these invoices, the first ones first. */
export async function amendmentsByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InvoiceAmendment[]>> {
  const { rows } = await query<InvoiceAmendment>({
    name: "amendments-by-invoice",
    text: `SELECT invoice_id AS "invoiceId", ordinal, po_number AS "poNumber", memo, reason, amended_on AS "amendedOn",
             amended_by AS "amendedBy", amended_at AS "amendedAt"
           FROM invoice_amendment WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, ordinal`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

export async function insertAmendment(amendment: InvoiceAmendment): Promise<void> {
  const { invoiceId, ordinal, poNumber, memo, reason, amendedOn, amendedBy, amendedAt } = amendment;
  await query(
    `INSERT INTO invoice_amendment (organization_id, invoice_id, ordinal, po_number, memo, reason, amended_on, amended_by, amended_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [organizationId(), invoiceId, ordinal, poNumber, memo, reason, amendedOn, amendedBy, amendedAt],
  );
}
