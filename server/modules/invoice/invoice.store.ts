import { type PlainDate, plainDate } from "../../domain/calendar/plain-date";
import type { BilledLine } from "../../domain/invoice/line";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money } from "../../domain/money/money";
import { query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { BilledSubject } from "../credit";
import type { Invoice, InvoiceLine } from "./invoice";

export const INVOICE = `invoice.id, invoice.customer_id AS "customerId", invoice.contract_id AS "contractId", invoice.origin,
  invoice.bill_to_customer_id AS "billToCustomerId", invoice.status, invoice.credit_effect AS "creditEffect", invoice.credit_category AS "creditCategory", invoice.credit_reason AS "creditReason", invoice.credit_service AS "creditService",
  invoice.document_kind AS "documentKind", invoice.corrects_invoice_id AS "correctsInvoiceId", invoice.reissues_invoice_id AS "reissuesInvoiceId",
  invoice.number, invoice.issued_on AS "issuedOn", invoice.tax_point_on AS "taxPointOn", invoice.accounting_on AS "accountingOn", invoice.due_on AS "dueOn",
  invoice.currency, invoice.bills_on AS "billsOn", to_char(invoice.billing_month, 'YYYY-MM') AS "billingMonth",
  invoice.service_starts_on AS "serviceStartsOn", invoice.service_ends_before AS "serviceEndsBefore",
  invoice.net_total AS "netTotal", invoice.tax_total AS "taxTotal", invoice.gross_total AS "grossTotal",
  invoice.po_number AS "poNumber", invoice.memo, invoice.parties, invoice.stale_reasons AS "staleReasons", invoice.stale_since AS "staleSince",
  invoice.blockers, invoice.content_hash AS "contentHash", invoice.calculated_at AS "calculatedAt", invoice.sent_at AS "sentAt",
  invoice.fx_rate AS "fxRate", invoice.fx_rate_on AS "fxRateOn", invoice.fx_source AS "fxSource", invoice.net_in_base AS "netInBase",
  invoice.tax_in_base AS "taxInBase", invoice.payment_status AS "paymentStatus", invoice.settled_total AS "settledTotal",
  invoice.disputed_at AS "disputedAt", invoice.dispute_reason AS "disputeReason", invoice.promised_on AS "promisedOn",
  invoice.internal_note AS "internalNote", invoice.viewed_at AS "viewedAt", invoice.voided_at AS "voidedAt", invoice.void_reason AS "voidReason",
  invoice.input_fingerprint AS "inputFingerprint", invoice.version`;

const LINE = `line.id, line.invoice_id AS "invoiceId", line.ordinal, line.origin, line.kind, line.adjusts, line.billing_key AS "billingKey",
  line.charge_id AS "chargeId", line.product_id AS "productId", line.lineage_id AS "lineageId", line.bound_id AS "boundId", line.description,
  line.timing, line.is_one_time AS "isOneTime", line.full_starts_on AS "fullStartsOn", line.full_ends_before AS "fullEndsBefore",
  line.service_starts_on AS "serviceStartsOn", line.service_ends_before AS "serviceEndsBefore", line.quantity, line.unit_price AS "unitPrice",
  line.precise_amount AS "preciseAmount", line.charge_amount AS "chargeAmount", line.discount_amount AS "discountAmount",
  line.net_amount AS "netAmount", line.tax_code AS "taxCode", line.tax_percent AS "taxPercent", line.tax_amount AS "taxAmount",
  line.tax_note AS "taxNote", line.is_tax_inclusive AS "isTaxInclusive", line.credit_grant_id AS "creditGrantId",
  line.contract_id AS "contractId", line.reason, line.engine_amount AS "engineAmount", line.corrects_line_id AS "correctsLineId", line.explanation`;

/** A batch: invoices by id. */
export async function invoicesById(ids: readonly string[]): Promise<ReadonlyMap<string, Invoice>> {
  const { rows } = await query<Invoice>({
    name: "invoices-by-id",
    text: `SELECT ${INVOICE} FROM invoice WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: lines by id. */
export async function linesById(ids: readonly string[]): Promise<ReadonlyMap<string, InvoiceLine>> {
  const { rows } = await query<InvoiceLine>({
    name: "lines-by-id",
    text: `SELECT ${LINE} FROM invoice_line AS line WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whatever their state, for this transaction; in order of id. */
export async function lockInvoices(ids: readonly string[]): Promise<ReadonlyMap<string, Invoice>> {
  const { rows } = await query<Invoice>({
    name: "lock-invoices",
    text: `SELECT ${INVOICE} FROM invoice WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: lines by invoice, in their order. */
export async function linesByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InvoiceLine[]>> {
  const { rows } = await query<InvoiceLine>({
    name: "lines-by-invoice",
    text: `SELECT ${LINE} FROM invoice_line AS line WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, ordinal`,
    values: [invoiceIds],
  });
  const lines = new Map<string, InvoiceLine[]>(invoiceIds.map((id) => [id, []]));
  for (const row of rows) lines.get(row.invoiceId)?.push(row);
  return lines;
}

/** The grants on which lines of these invoices draw. */
export async function creditGrantsOfInvoices(invoiceIds: readonly string[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "credit-grants-of-invoices",
    text: `SELECT DISTINCT credit_grant_id AS id FROM invoice_line
           WHERE invoice_id = ANY ($1::uuid[]) AND credit_grant_id IS NOT NULL`,
    values: [invoiceIds],
  });
  return rows.map(({ id }) => id);
}

/**
 * These invoices, and with credit notes what they credit and the drafts of what replaces it. Locks in order of id, so
 * that two that want the same invoices wait instead of deadlocking.
 */
export async function lockInvoicesToIssue(ids: readonly string[]): Promise<ReadonlyMap<string, Invoice>> {
  const { rows } = await query<Invoice>(
    `SELECT ${INVOICE} FROM invoice WHERE id = ANY ($1::uuid[] || ARRAY(
       SELECT again.id FROM invoice AS note
       JOIN invoice AS again ON again.organization_id = note.organization_id AND again.reissues_invoice_id = note.corrects_invoice_id
       WHERE note.id = ANY ($1::uuid[]) AND again.number IS NULL) || ARRAY(
       SELECT note.corrects_invoice_id FROM invoice AS note WHERE note.id = ANY ($1::uuid[]) AND note.corrects_invoice_id IS NOT NULL))
     ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The invoice for this transaction, as long as it is not issued; null: there is none, or it is issued. */
export async function lockDraft(invoiceId: string): Promise<Invoice | null> {
  if (!isId(invoiceId)) return null;
  const { rows } = await query<Invoice>({
    name: "lock-draft",
    text: `SELECT ${INVOICE} FROM invoice WHERE id = $1 AND number IS NULL FOR UPDATE`,
    values: [invoiceId],
  });
  return rows[0] ?? null;
}

/**
 * A batch: the contracts that have to do with invoices, in order of id: those that their lines bill, and on drafts those
 * that are placed there.
 */
export async function contractsOfInvoices(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await query<{ invoiceId: string; contractId: string }>({
    name: "contracts-of-invoices",
    text: `SELECT id AS "invoiceId", contract_id AS "contractId" FROM invoice WHERE id = ANY ($1::uuid[]) AND contract_id IS NOT NULL
           UNION SELECT invoice_id, contract_id FROM invoice_line WHERE invoice_id = ANY ($1::uuid[]) AND contract_id IS NOT NULL
           UNION SELECT placement.invoice_id, placement.contract_id FROM draft_placement AS placement
           JOIN invoice ON invoice.organization_id = placement.organization_id AND invoice.id = placement.invoice_id AND invoice.number IS NULL
           WHERE placement.invoice_id = ANY ($1::uuid[])
           ORDER BY 1, 2`,
    values: [ids],
  });
  const contracts = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { invoiceId, contractId } of rows) contracts.get(invoiceId)?.push(contractId);
  return contracts;
}

/** Invoices that count as billed: issued, and not issued again since. What is credited counts until it is issued again. */
const BILLED_SQL = `invoice.status IN ('finalized', 'sent') AND invoice.document_kind = 'invoice' AND NOT EXISTS (
    SELECT FROM invoice AS again
    WHERE again.organization_id = invoice.organization_id AND again.reissues_invoice_id = invoice.id AND again.status IN ('finalized', 'sent'))`;

/** What issued credit notes took back of lines of the contracts $1, to be billed anew where it is still owed. */
const CORRECTED_SQL = `SELECT taken.corrects_line_id AS line_id, sum(taken.charge_amount - taken.discount_amount) AS amount
    FROM invoice AS note
    JOIN invoice_line AS taken ON taken.organization_id = note.organization_id AND taken.invoice_id = note.id
    WHERE note.corrects_invoice_id IS NOT NULL AND note.credit_effect = 'correction' AND note.status IN ('finalized', 'sent')
      AND taken.contract_id = ANY ($1::uuid[]) AND taken.corrects_line_id IS NOT NULL
    GROUP BY taken.corrects_line_id`;

/**
 * A batch: lines of billed invoices by contract, for service that ends on the contract's day or later, as the engine made
 * them: without what credits paid, with the tax where prices include it, and with its own amount where people set another; net
 * of the credit notes that correct them.
 */
export async function billedLines(
  wanted: readonly { readonly contractId: string; readonly from: PlainDate }[],
): Promise<ReadonlyMap<string, readonly BilledLine[]>> {
  const { rows } = await query<BilledRow & { contractId: string }>({
    name: "billed-lines",
    text: `SELECT ${LINE}, invoice.currency, coalesce(corrected.amount, 0) AS corrected, credited.id IS NOT NULL AS "isCreditedInPart"
           FROM unnest($1::uuid[], $2::date[]) AS wanted (contract_id, from_on)
           JOIN invoice_line AS line ON line.contract_id = wanted.contract_id AND line.full_ends_before >= wanted.from_on
           JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id AND ${BILLED_SQL}
           LEFT JOIN (${CORRECTED_SQL}) AS corrected ON corrected.line_id = line.id
           LEFT JOIN (SELECT DISTINCT corrects_invoice_id AS id FROM invoice
                      WHERE corrects_invoice_id IS NOT NULL AND credit_effect IN ('correction', 'final')
                        AND status IN ('finalized', 'sent')) AS credited ON credited.id = invoice.id
           WHERE line.origin = 'engine' AND line.kind <> 'credit'
           ORDER BY invoice.issued_on, invoice.number, line.ordinal`,
    values: [wanted.map((each) => each.contractId), wanted.map((each) => each.from)],
  });
  const lines = new Map<string, BilledLine[]>(wanted.map(({ contractId }) => [contractId, []]));
  for (const row of rows) lines.get(row.contractId)?.push(toBilledLine(row));
  return lines;
}

type BilledRow = InvoiceLine & {
  readonly currency: CurrencyCode;
  /** By credit notes after which it is no longer billed; below zero. */
  readonly corrected: string;
  readonly isCreditedInPart: boolean;
};

const toBilledLine = (row: BilledRow): BilledLine => ({
  key: row.billingKey,
  kind: row.kind,
  adjusts: row.adjusts,
  lineageId: row.lineageId,
  boundId: row.boundId,
  fullPeriod: { startsOn: row.fullStartsOn, endsBefore: row.fullEndsBefore },
  servicePeriod: { startsOn: row.serviceStartsOn, endsBefore: row.serviceEndsBefore },
  timing: row.timing,
  chargeId: row.chargeId,
  productId: row.boundId === null ? row.productId : null,
  description: row.description,
  net: money(
    new Decimal(row.engineAmount ?? new Decimal(row.chargeAmount).minus(row.discountAmount)).plus(row.corrected),
    currency(row.currency),
  ),
  isCreditedInPart: row.isCreditedInPart,
  documentId: row.invoiceId,
  explanation: row.explanation,
});

/** What was billed for a line and its adjustments, above zero, and what of that was credited since; net of tax. */
export type SubjectBilled = BilledSubject & { readonly net: string; readonly credited: string };

export async function billedOfSubjects(subjects: readonly BilledSubject[]): Promise<SubjectBilled[]> {
  if (subjects.length === 0) return [];
  const { rows } = await query<SubjectBilled>({
    name: "billed-of-subjects",
    text: `SELECT wanted.contract_id AS "contractId", wanted.billing_key AS "billingKey",
             coalesce(sum(line.net_amount) FILTER (WHERE line.net_amount > 0), 0) AS net,
             -coalesce(sum(line.net_amount) FILTER (WHERE line.net_amount < 0), 0) - coalesce(sum(noted.net), 0) AS credited
           FROM unnest($1::uuid[], $2::text[]) AS wanted (contract_id, billing_key)
           JOIN invoice_line AS line ON line.contract_id = wanted.contract_id AND line.kind <> 'credit'
             AND line.billing_key IN (wanted.billing_key, wanted.billing_key || '|adjustment')
           JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id AND ${BILLED_SQL}
           LEFT JOIN LATERAL (
             SELECT sum(taken.net_amount) AS net FROM invoice_line AS taken
             JOIN invoice AS note ON note.organization_id = taken.organization_id AND note.id = taken.invoice_id
             WHERE taken.organization_id = line.organization_id AND taken.corrects_line_id = line.id
               AND note.credit_effect IN ('correction', 'final') AND note.status IN ('finalized', 'sent')) AS noted ON true
           GROUP BY wanted.contract_id, wanted.billing_key`,
    values: [subjects.map(({ contractId }) => contractId), subjects.map(({ billingKey }) => billingKey)],
  });
  return rows;
}

/** How the lines of issued invoices were taxed. */
export type BilledTax = Pick<InvoiceLine, "invoiceId" | "billingKey" | "taxCode" | "taxPercent" | "taxNote">;

export async function billedTaxes(invoiceIds: readonly string[]): Promise<BilledTax[]> {
  if (invoiceIds.length === 0) return [];
  const { rows } = await query<BilledTax>({
    name: "billed-taxes",
    text: `SELECT invoice_id AS "invoiceId", billing_key AS "billingKey", tax_code AS "taxCode", tax_percent AS "taxPercent",
             tax_note AS "taxNote"
           FROM invoice_line WHERE invoice_id = ANY ($1::uuid[]) AND kind <> 'credit'`,
    values: [invoiceIds],
  });
  return rows;
}

/**
 * The day up to which each contract is billed, for contracts that are: of its last issued invoice; on one that it shares,
 * the day on which its own line fell due, if that was before.
 */
export async function lastBilledOn(contractIds: readonly string[]): Promise<ReadonlyMap<string, PlainDate>> {
  const { rows } = await query<{ contractId: string; billsOn: string }>({
    name: "last-billed-on",
    text: `SELECT contract_id AS "contractId", max(bills_on) AS "billsOn" FROM (
             SELECT contract_id, bills_on FROM invoice
             WHERE contract_id = ANY ($1::uuid[]) AND status IN ('finalized', 'sent') AND document_kind = 'invoice'
             UNION ALL
             SELECT line.contract_id, least(invoice.bills_on, CASE line.timing WHEN 'in_advance' THEN line.service_starts_on ELSE line.service_ends_before END)
             FROM invoice
             JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
             WHERE invoice.contract_id IS NULL AND invoice.status IN ('finalized', 'sent') AND invoice.document_kind = 'invoice'
               AND invoice.customer_id = ANY (ARRAY(SELECT customer_id FROM contract WHERE contract.id = ANY ($1::uuid[])))
               AND line.contract_id = ANY ($1::uuid[]) AND line.kind NOT IN ('credit', 'adjustment')) AS billed
           GROUP BY contract_id`,
    values: [contractIds],
  });
  return new Map(rows.map((row) => [row.contractId, plainDate(row.billsOn)]));
}
