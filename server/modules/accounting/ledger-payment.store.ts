import { organizationId, query } from "../../platform/database/transaction";
import type { LedgerPayment, LedgerPaymentState, PaymentSeen } from "./accounting";

/** Which of these were seen before, and what became of them. */
export async function ledgerPayments(externalIds: readonly string[]): Promise<ReadonlyMap<string, LedgerPaymentState>> {
  const { rows } = await query<{ externalId: string; state: LedgerPaymentState }>(
    `SELECT external_id AS "externalId", state FROM ledger_payment WHERE external_id = ANY ($1::text[])`,
    [externalIds],
  );
  return new Map(rows.map(({ externalId, state }) => [externalId, state]));
}

/** Takes a payment to itself until the transaction ends; null: nobody has seen it before. */
export async function lockLedgerPayment(
  { externalId, invoiceId, amount, currency, paidOn, reference }: PaymentSeen,
  now: Date,
): Promise<Pick<LedgerPayment, "state" | "paymentId"> | null> {
  const { rowCount } = await query(
    `INSERT INTO ledger_payment (organization_id, external_id, invoice_id, amount, currency, paid_on, reference, state, read_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'ignored', $8) ON CONFLICT DO NOTHING`,
    [organizationId(), externalId, invoiceId, amount, currency, paidOn, reference, now],
  );
  const { rows } = await query<Pick<LedgerPayment, "state" | "paymentId">>(
    `SELECT state, payment_id AS "paymentId" FROM ledger_payment WHERE external_id = $1 FOR UPDATE`,
    [externalId],
  );
  return rowCount === 1 ? null : (rows[0] ?? null);
}

export async function saveLedgerPayment(
  externalId: string,
  { state, paymentId, message }: Pick<LedgerPayment, "state" | "paymentId" | "message">,
  now: Date,
): Promise<void> {
  await query(
    "UPDATE ledger_payment SET state = $2, payment_id = $3, message = $4, read_at = $5 WHERE external_id = $1",
    [externalId, state, paymentId, message, now],
  );
}

/** What could not be recorded, the oldest first. */
export async function refusedPayments(): Promise<PaymentSeen[]> {
  const { rows } = await query<PaymentSeen>(
    `SELECT external_id AS "externalId", invoice_id AS "invoiceId", amount, currency, paid_on AS "paidOn", reference,
       false AS "isDeleted"
     FROM ledger_payment WHERE state = 'refused' ORDER BY paid_on, external_id LIMIT 1000`,
  );
  return rows;
}

/** A batch: the ledger's payments, by invoice. */
export async function ledgerPaymentsByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LedgerPayment[]>> {
  const { rows } = await query<LedgerPayment>(
    `SELECT external_id AS "externalId", invoice_id AS "invoiceId", amount, currency, paid_on AS "paidOn", reference, state,
       payment_id AS "paymentId", message
     FROM ledger_payment WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, paid_on, external_id`,
    [invoiceIds],
  );
  const payments = new Map<string, LedgerPayment[]>(invoiceIds.map((id) => [id, []]));
  for (const row of rows) payments.get(row.invoiceId)?.push(row);
  return payments;
}
