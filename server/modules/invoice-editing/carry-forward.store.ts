import type { PlainDate } from "../../domain/calendar/plain-date";
import { query } from "../../platform/database/transaction";

export type DraftToCarry = {
  readonly id: string;
  readonly billedCustomerId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly isTaxInclusive: boolean;
  readonly billsOn: PlainDate;
  readonly grossTotal: string;
};

/** All drafts of those customers of these contracts who have one below zero. What replaces or takes back stays by itself. */
export async function draftsToCarry(contractIds: readonly string[]): Promise<readonly DraftToCarry[]> {
  const { rows } = await query<DraftToCarry>({
    name: "drafts-to-carry-forward",
    text: `WITH concerned AS (
             SELECT DISTINCT invoice.customer_id AS id FROM contract
             JOIN invoice ON invoice.organization_id = contract.organization_id AND invoice.customer_id = contract.customer_id
             WHERE contract.id = ANY ($1::uuid[]) AND invoice.number IS NULL AND invoice.status = 'draft'
               AND invoice.document_kind = 'invoice' AND invoice.gross_total < 0)
           SELECT invoice.id, coalesce(invoice.bill_to_customer_id, invoice.customer_id) AS "billedCustomerId",
             invoice.customer_id AS "customerId", invoice.currency, invoice.bills_on AS "billsOn", invoice.gross_total AS "grossTotal",
             coalesce((SELECT bool_or(line.is_tax_inclusive) FROM invoice_line AS line
                       WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id), false) AS "isTaxInclusive"
           FROM concerned JOIN invoice ON invoice.customer_id = concerned.id
           WHERE invoice.number IS NULL AND invoice.status = 'draft' AND invoice.document_kind = 'invoice'
             AND invoice.origin = 'schedule' AND invoice.reissues_invoice_id IS NULL`,
    values: [contractIds],
  });
  return rows;
}
