import type { PlainDate } from "../../server/domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../server/domain/calendar/plain-month";
import { organizationId, query } from "../../server/platform/database/transaction";

/** An invoice that asks for something. */
export type IssuedInvoice = {
  readonly id: string;
  readonly customerId: string;
  readonly billingMonth: PlainMonth;
  readonly dueOn: PlainDate;
};

export async function payableInvoices(ids: readonly string[]): Promise<IssuedInvoice[]> {
  const { rows } = await query<IssuedInvoice>(
    `SELECT id, customer_id AS "customerId", to_char(billing_month, 'YYYY-MM') AS "billingMonth", due_on AS "dueOn"
     FROM invoice WHERE id = ANY ($1::uuid[]) AND gross_total > 0 ORDER BY number`,
    [ids],
  );
  return rows;
}

/** An invoice that a customer pays in full. */
export type PaidInvoice = {
  readonly invoiceId: string;
  readonly paymentId: string;
  readonly settlementId: string;
  readonly receivedOn: PlainDate;
};

type Past = { readonly sentAt: Date; readonly recordedBy: string; readonly payments: readonly PaidInvoice[] };

/**
 * Marks issued documents of the past as sent, those over nothing aside, which are never mailed, and writes what came in
 * for them. Their mails left by hand, before this company let Billgrid mail: nobody renders hundreds of documents and
 * fills an outbox to tell a history. What is paid is known in advance, so that each invoice is written once.
 */
export async function markSentByHand(
  ids: readonly string[],
  { sentAt, recordedBy, payments }: Past,
): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `WITH past AS (
       SELECT wanted.id, paid.*
       FROM unnest($2::uuid[]) AS wanted (id)
       LEFT JOIN unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::date[]) AS paid (invoice_id, payment_id, settlement_id, received_on)
         ON paid.invoice_id = wanted.id
     ), sent AS (
       UPDATE invoice SET status = 'sent', sent_at = $3, version = version + 1, updated_at = $3,
         settled_total = CASE WHEN past.payment_id IS NULL THEN settled_total ELSE gross_total END,
         payment_status = CASE WHEN past.payment_id IS NULL THEN payment_status ELSE 'paid' END
       FROM past WHERE invoice.id = past.id AND invoice.status = 'finalized' AND invoice.gross_total <> 0
       RETURNING invoice.id, coalesce(bill_to_customer_id, customer_id) AS customer_id, currency, number, gross_total, accounting_on,
         past.payment_id, past.settlement_id, past.received_on, (past.received_on + time '10:00') AT TIME ZONE 'UTC' AS recorded_at
     ), received AS (
       INSERT INTO payment (organization_id, id, customer_id, currency, amount, received_on, accounting_on, method, reference, source,
         recorded_by, recorded_at)
       SELECT $1, payment_id, customer_id, currency, gross_total, received_on, received_on, 'bank_transfer', number, 'manual', $8::text, recorded_at
       FROM sent WHERE payment_id IS NOT NULL
     ), settled AS (
       INSERT INTO settlement (organization_id, id, kind, invoice_id, payment_id, amount, effective_on, recorded_by, recorded_at)
       SELECT $1, settlement_id, 'payment', id, payment_id, gross_total, greatest(received_on, accounting_on), $8::text, recorded_at
       FROM sent WHERE payment_id IS NOT NULL
     )
     SELECT id FROM sent`,
    [
      organizationId(),
      ids,
      sentAt,
      payments.map(({ invoiceId }) => invoiceId),
      payments.map(({ paymentId }) => paymentId),
      payments.map(({ settlementId }) => settlementId),
      payments.map(({ receivedOn }) => receivedOn),
      recordedBy,
    ],
  );
  return rows.map(({ id }) => id);
}

/** The last invoice of a customer for a month, which has its usage; null where the history does not go back so far. */
export async function invoiceOfMonth(
  customerId: string,
  month: PlainMonth,
): Promise<{ readonly id: string; readonly version: number; readonly number: string | null } | null> {
  const { rows } = await query<{ id: string; version: number; number: string | null }>(
    `SELECT id, version, number FROM invoice
     WHERE customer_id = $1 AND billing_month = $2 AND document_kind = 'invoice' ORDER BY bills_on DESC LIMIT 1`,
    [customerId, firstDayOf(month)],
  );
  return rows[0] ?? null;
}

/**
 * Has the database plan its statements anew. In one transaction tables grow from nothing to millions of rows, and a plan
 * that was right for the empty ones, also in triggers and for foreign keys, would be kept to the end.
 */
export async function forgetPlans(): Promise<void> {
  await query("DISCARD PLANS");
}
