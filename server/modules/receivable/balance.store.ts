import { groupBy } from "../../domain/group-by";
import type { CurrencyCode } from "../../domain/money/currency";
import { query } from "../../platform/database/transaction";

export type CustomerBalance = {
  readonly customerId: string;
  readonly currency: CurrencyCode;
  /** what is left of payments and credit notes */
  readonly amount: string;
  /** 0: it was never used */
  readonly version: number;
};

/** A batch: the balances of customers, one for each currency in which they ever had one. */
export async function balancesByCustomer(
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CustomerBalance[]>> {
  const { rows } = await query<CustomerBalance>({
    name: "balances-by-customer",
    text: `SELECT fund."customerId", fund.currency, sum(fund.amount) AS amount, coalesce(max(balance.version), 0) AS version
           FROM unnest($1::uuid[]) AS wanted (customer_id)
           CROSS JOIN LATERAL (
             SELECT payment.customer_id AS "customerId", payment.currency, payment.amount FROM payment
             WHERE payment.customer_id = wanted.customer_id AND NOT EXISTS (
               SELECT FROM payment_reversal AS reversal
               WHERE reversal.organization_id = payment.organization_id AND reversal.payment_id = payment.id)
             UNION ALL
             SELECT payment.customer_id, payment.currency, -settlement.amount FROM payment
             JOIN settlement ON settlement.organization_id = payment.organization_id AND settlement.payment_id = payment.id
             WHERE payment.customer_id = wanted.customer_id
             UNION ALL
             SELECT wanted.customer_id, note.currency, note.settled_total - note.gross_total FROM invoice AS note
             WHERE (note.customer_id = wanted.customer_id OR note.bill_to_customer_id = wanted.customer_id)
               AND coalesce(note.bill_to_customer_id, note.customer_id) = wanted.customer_id
               AND note.document_kind = 'credit_note' AND note.status IN ('finalized', 'sent')) AS fund
           LEFT JOIN customer_balance AS balance ON balance.customer_id = fund."customerId" AND balance.currency = fund.currency
           GROUP BY fund."customerId", fund.currency ORDER BY fund.currency`,
    values: [customerIds],
  });
  return groupBy(rows, ({ customerId }) => customerId);
}
