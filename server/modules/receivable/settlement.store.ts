import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { Fund } from "../../domain/receivable/draw-funds";
import type { PaymentStatus } from "../../domain/receivable/payment-status";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { DocumentKind, InvoiceStatus } from "../invoice";
import type { LedgerScope, Receivable, Settlement } from "./receivable";

/** Who owes an invoice. */
export const DEBTOR = "coalesce(invoice.bill_to_customer_id, invoice.customer_id)";

/** What an invoice still asks for; of drafts and of what is void nothing. */
const DUE =
  "CASE WHEN invoice.number IS NULL OR invoice.status = 'voided' THEN 0 ELSE invoice.gross_total - invoice.settled_total END";

/** A batch: what is due of invoices, and how they stand, by id. */
export async function receivablesByInvoice(ids: readonly string[]): Promise<ReadonlyMap<string, Receivable>> {
  const { rows } = await query<Receivable>({
    name: "receivables-by-invoice",
    text: `SELECT invoice.id AS "invoiceId", invoice.number, ${DEBTOR} AS "customerId", invoice.currency, invoice.gross_total AS gross,
             invoice.settled_total AS settled, ${DUE} AS due, invoice.due_on AS "dueOn", invoice.payment_status AS "paymentStatus",
             invoice.disputed_at IS NOT NULL AS "isDisputed", invoice.promised_on AS "promisedOn"
           FROM invoice WHERE invoice.id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

/** Of whom and in which currency: what a balance is kept by. */
export type Account = { readonly customerId: string; readonly currency: CurrencyCode };
export const accountKey = ({ customerId, currency }: Account): string => `${customerId} ${currency}`;

/** An issued invoice that is about to be settled, or a credit note that is about to be used. */
export type Document = {
  readonly id: string;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly documentKind: DocumentKind;
  readonly correctsInvoiceId: string | null;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly gross: string;
  readonly settled: string;
  readonly accountingOn: PlainDate | null;
  readonly version: number;
};

const DOCUMENT = `invoice.id, invoice.number, invoice.status, invoice.document_kind AS "documentKind",
  invoice.corrects_invoice_id AS "correctsInvoiceId", ${DEBTOR} AS "customerId", invoice.currency,
  invoice.gross_total AS gross, invoice.settled_total AS settled, invoice.accounting_on AS "accountingOn", invoice.version`;

/** In order of id, as everybody locks invoices; an unknown id is left out. */
export async function lockDocuments(ids: readonly string[]): Promise<ReadonlyMap<string, Document>> {
  const { rows } = await query<Document>(
    `SELECT ${DOCUMENT} FROM invoice WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Issued credit notes with something left, of those who owe these invoices, in the same currency. */
export async function usableCreditNotes(invoiceIds: readonly string[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT DISTINCT note.id FROM invoice
     JOIN invoice AS note ON note.currency = invoice.currency AND note.document_kind = 'credit_note'
       AND note.status IN ('finalized', 'sent') AND note.settled_total <> note.gross_total
       AND ${DEBTOR} IN (note.customer_id, note.bill_to_customer_id)
       AND coalesce(note.bill_to_customer_id, note.customer_id) = ${DEBTOR}
     WHERE invoice.id = ANY ($1::uuid[])`,
    [invoiceIds],
  );
  return rows.map(({ id }) => id);
}

/** The same of accounts. */
export async function usableCreditNotesOf(accounts: readonly Account[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT note.id FROM unnest($1::uuid[], $2::text[]) AS wanted (customer_id, currency)
     JOIN invoice AS note ON note.currency = wanted.currency AND note.document_kind = 'credit_note'
       AND note.status IN ('finalized', 'sent') AND note.settled_total <> note.gross_total
       AND (note.customer_id = wanted.customer_id OR note.bill_to_customer_id = wanted.customer_id)
       AND coalesce(note.bill_to_customer_id, note.customer_id) = wanted.customer_id`,
    [accounts.map(({ customerId }) => customerId), accounts.map(({ currency }) => currency)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Holds the balances until the end of the transaction, in a fixed order, and counts that they were used. Answers the
 * versions at which they were.
 */
export async function lockBalances(accounts: readonly Account[]): Promise<ReadonlyMap<string, number>> {
  const distinct = [...new Map(accounts.map((each) => [accountKey(each), each])).values()];
  const { rows } = await query<Account & { version: number }>(
    `INSERT INTO customer_balance (organization_id, customer_id, currency)
     SELECT $1, customer_id, currency FROM unnest($2::uuid[], $3::text[]) AS wanted (customer_id, currency)
     ORDER BY customer_id, currency
     ON CONFLICT (organization_id, customer_id, currency) DO UPDATE SET version = customer_balance.version + 1
     RETURNING customer_id AS "customerId", currency, version`,
    [organizationId(), distinct.map(({ customerId }) => customerId), distinct.map(({ currency }) => currency)],
  );
  return new Map(rows.map((row) => [accountKey(row), row.version - 1]));
}

export type LedgerFund = Fund & Account & { readonly id: string };

/**
 * Payments and credit notes of which something is left, in the order in which they came. Read under the lock of the
 * balance where they are to be used.
 */
export async function fundsOf(accounts: readonly Account[]): Promise<ReadonlyMap<string, readonly LedgerFund[]>> {
  const { rows } = await query<Account & { id: string; isPayment: boolean; availableOn: PlainDate; left: string }>({
    name: "funds-of",
    text: `SELECT wanted.customer_id AS "customerId", wanted.currency, fund.* FROM unnest($1::uuid[], $2::text[]) AS wanted (customer_id, currency)
           CROSS JOIN LATERAL (
             SELECT payment.id, true AS "isPayment", payment.accounting_on AS "availableOn", payment.amount - used.total AS left
             FROM payment CROSS JOIN LATERAL (
               SELECT coalesce(sum(settlement.amount), 0) AS total FROM settlement
               WHERE settlement.organization_id = payment.organization_id AND settlement.payment_id = payment.id) AS used
             WHERE payment.customer_id = wanted.customer_id AND payment.currency = wanted.currency AND payment.amount > used.total
               AND NOT EXISTS (SELECT FROM payment_reversal AS reversal
                               WHERE reversal.organization_id = payment.organization_id AND reversal.payment_id = payment.id)
             UNION ALL
             SELECT note.id, false, note.accounting_on, note.settled_total - note.gross_total FROM invoice AS note
             WHERE note.document_kind = 'credit_note' AND note.status IN ('finalized', 'sent') AND note.currency = wanted.currency
               AND note.settled_total <> note.gross_total
               AND (note.customer_id = wanted.customer_id OR note.bill_to_customer_id = wanted.customer_id)
               AND coalesce(note.bill_to_customer_id, note.customer_id) = wanted.customer_id) AS fund
           ORDER BY fund."availableOn", fund.id`,
    values: [accounts.map(({ customerId }) => customerId), accounts.map(({ currency }) => currency)],
  });
  const funds = rows.map(({ isPayment, left, ...row }) => ({
    ...row,
    left: new Decimal(left),
    source: isPayment ? { paymentId: row.id } : { creditNoteId: row.id },
  }));
  return groupBy(funds, accountKey);
}

/** What was given up of invoices as a bad debt, by invoice; under their lock. */
export async function badDebts(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, Decimal>> {
  const { rows } = await query<{ id: string; total: string }>(
    `SELECT invoice_id AS id, sum(amount) AS total FROM settlement
     WHERE invoice_id = ANY ($1::uuid[]) AND write_off_as = 'bad_debt' GROUP BY invoice_id`,
    [invoiceIds],
  );
  return new Map(rows.map(({ id, total }) => [id, new Decimal(total)]));
}

export type SettlementRow = Omit<Settlement, "id" | "recordedBy" | "recordedAt">;

/** Answers their ids, in the order given. */
export async function insertSettlements(rows: readonly SettlementRow[], scope: LedgerScope): Promise<string[]> {
  const ids = rows.map(() => newId());
  await query(
    `INSERT INTO settlement (organization_id, id, kind, invoice_id, refund_id, payment_id, credit_note_id, amount, effective_on,
       write_off_as, reason, reverses_id, recorded_by, recorded_at)
     SELECT $1, id, kind, invoice_id, refund_id, payment_id, credit_note_id, amount, effective_on, write_off_as, reason, reverses_id, $2, $3
     FROM unnest($4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::numeric[], $11::date[], $12::text[], $13::text[], $14::uuid[])
       AS new (id, kind, invoice_id, refund_id, payment_id, credit_note_id, amount, effective_on, write_off_as, reason, reverses_id)`,
    [
      organizationId(),
      scope.recordedBy,
      scope.now,
      ids,
      rows.map(({ kind }) => kind),
      rows.map(({ invoiceId }) => invoiceId),
      rows.map(({ refundId }) => refundId),
      rows.map(({ paymentId }) => paymentId),
      rows.map(({ creditNoteId }) => creditNoteId),
      rows.map(({ amount }) => amount),
      rows.map(({ effectiveOn }) => effectiveOn),
      rows.map(({ writeOffAs }) => writeOffAs),
      rows.map(({ reason }) => reason),
      rows.map(({ reversesId }) => reversesId),
    ],
  );
  return ids;
}

export type Settled = { readonly id: string; readonly settled: string; readonly paymentStatus: PaymentStatus };

/** What settlements made of documents that are locked. */
export async function saveSettled(documents: readonly Settled[], now: Date): Promise<void> {
  await query(
    `UPDATE invoice SET settled_total = settled.total, payment_status = settled.status, version = version + 1, updated_at = $2
     FROM unnest($3::uuid[], $4::numeric[], $5::text[]) AS settled (id, total, status)
     WHERE invoice.organization_id = $1 AND invoice.id = settled.id`,
    [
      organizationId(),
      now,
      documents.map(({ id }) => id),
      documents.map(({ settled }) => settled),
      documents.map(({ paymentStatus }) => paymentStatus),
    ],
  );
}

export const SETTLEMENT = `settlement.id, settlement.kind, settlement.invoice_id AS "invoiceId", settlement.refund_id AS "refundId",
  settlement.payment_id AS "paymentId", settlement.credit_note_id AS "creditNoteId", settlement.amount, settlement.effective_on AS "effectiveOn",
  settlement.write_off_as AS "writeOffAs", settlement.reason, settlement.reverses_id AS "reversesId",
  settlement.recorded_by AS "recordedBy", settlement.recorded_at AS "recordedAt"`;

/** Those that were taken back, and what takes back, are left out. */
const IN_FORCE = `settlement.reverses_id IS NULL AND NOT EXISTS (
  SELECT FROM settlement AS reversal WHERE reversal.organization_id = settlement.organization_id AND reversal.reverses_id = settlement.id)`;

export async function settlementsInForce(ids: readonly string[]): Promise<Settlement[]> {
  const { rows } = await query<Settlement>(
    `SELECT ${SETTLEMENT} FROM settlement WHERE settlement.id = ANY ($1::uuid[]) AND ${IN_FORCE} ORDER BY settlement.id`,
    [ids],
  );
  return rows;
}

export async function settlementsInForceOfPayment(paymentId: string): Promise<Settlement[]> {
  const { rows } = await query<Settlement>(
    `SELECT ${SETTLEMENT} FROM settlement WHERE settlement.payment_id = $1 AND ${IN_FORCE} ORDER BY settlement.id`,
    [paymentId],
  );
  return rows;
}

/** A batch: everything that ever settled an invoice, with what was taken back, in the order in which it was recorded. */
export async function settlementsByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Settlement[]>> {
  const { rows } = await query<Settlement & { invoiceId: string }>({
    name: "settlements-by-invoice",
    text: `SELECT ${SETTLEMENT} FROM settlement WHERE settlement.invoice_id = ANY ($1::uuid[]) ORDER BY settlement.id`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/**
 * What credit notes pay because documents were just issued: those among them the invoice that they take back, and what is
 * left of them the invoice that replaces it, once that is issued. In the order in which it is to be paid.
 */
export async function creditsByIssue(
  ids: readonly string[],
): Promise<{ readonly creditNoteId: string; readonly invoiceId: string }[]> {
  const { rows } = await query<{ creditNoteId: string; invoiceId: string }>(
    `SELECT id AS "creditNoteId", corrects_invoice_id AS "invoiceId", 1 AS step, number FROM invoice
     WHERE id = ANY ($1::uuid[]) AND document_kind = 'credit_note' AND number IS NOT NULL AND corrects_invoice_id IS NOT NULL
     UNION ALL
     SELECT note.id, again.id, 2, note.number FROM invoice AS again
     JOIN invoice AS note ON note.organization_id = again.organization_id AND note.corrects_invoice_id = again.reissues_invoice_id
       AND note.credit_effect = 'reissue' AND note.status IN ('finalized', 'sent')
     WHERE again.id = ANY ($1::uuid[]) AND again.document_kind = 'invoice' AND again.number IS NOT NULL
     ORDER BY step, number`,
    [ids],
  );
  return rows;
}

/** Issued documents that ask for nothing. */
export async function markZeroTotalsPaid(ids: readonly string[], now: Date): Promise<void> {
  await query(
    `UPDATE invoice SET payment_status = 'paid', updated_at = $2
     WHERE id = ANY ($1::uuid[]) AND number IS NOT NULL AND gross_total = 0 AND payment_status <> 'paid'`,
    [ids, now],
  );
}

/** A batch: everything that a payment ever paid, as above. */
export async function settlementsByPayment(
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Settlement[]>> {
  const { rows } = await query<Settlement & { paymentId: string }>({
    name: "settlements-by-payment",
    text: `SELECT ${SETTLEMENT} FROM settlement WHERE settlement.payment_id = ANY ($1::uuid[]) ORDER BY settlement.id`,
    values: [paymentIds],
  });
  return groupBy(rows, ({ paymentId }) => paymentId);
}

/** A batch: everything that a credit note ever paid, as above. */
export async function settlementsByCreditNote(
  creditNoteIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Settlement[]>> {
  const { rows } = await query<Settlement & { creditNoteId: string }>({
    name: "settlements-by-credit-note",
    text: `SELECT ${SETTLEMENT} FROM settlement WHERE settlement.credit_note_id = ANY ($1::uuid[]) ORDER BY settlement.id`,
    values: [creditNoteIds],
  });
  return groupBy(rows, ({ creditNoteId }) => creditNoteId);
}
