import { type PlainDate, plainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { BilledLine } from "../../domain/invoice/line";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money } from "../../domain/money/money";
import { query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import type { BilledSubject } from "../credit";
import type { Invoice, InvoiceLine, InvoiceStatus } from "./invoice";

export const INVOICE = `invoice.id, invoice.customer_id AS "customerId", invoice.contract_id AS "contractId", invoice.origin,
  invoice.bill_to_customer_id AS "billToCustomerId", invoice.status, invoice.credit_effect AS "creditEffect", invoice.document_kind AS "documentKind", invoice.corrects_invoice_id AS "correctsInvoiceId", invoice.reissues_invoice_id AS "reissuesInvoiceId",
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
 * These invoices, and with credit notes the drafts of what replaces the credited. Locks in order of id, so that two that
 * want the same invoices wait instead of deadlocking.
 */
export async function lockInvoicesToIssue(ids: readonly string[]): Promise<ReadonlyMap<string, Invoice>> {
  const { rows } = await query<Invoice>(
    `SELECT ${INVOICE} FROM invoice WHERE id = ANY ($1::uuid[] || ARRAY(
       SELECT again.id FROM invoice AS note
       JOIN invoice AS again ON again.organization_id = note.organization_id AND again.reissues_invoice_id = note.corrects_invoice_id
       WHERE note.id = ANY ($1::uuid[]) AND again.number IS NULL))
     ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function lockDraftsOfContracts(contractIds: readonly string[]): Promise<readonly Invoice[]> {
  const { rows } = await query<Invoice>(
    `SELECT ${INVOICE} FROM invoice WHERE contract_id = ANY ($1::uuid[]) AND number IS NULL ORDER BY id FOR UPDATE`,
    [contractIds],
  );
  return rows;
}

/** Null stands for "any". */
export type InvoiceFilter = {
  readonly month: PlainMonth | null;
  readonly statuses: readonly InvoiceStatus[] | null;
  readonly customerIds: readonly string[] | null;
  readonly contractIds: readonly string[] | null;
  readonly currencies: readonly string[] | null;
  readonly isStale: boolean | null;
  /** in the number or the customer's name, in any case */
  readonly search: string | null;
};

export const ANY_INVOICE: InvoiceFilter = {
  month: null,
  statuses: null,
  customerIds: null,
  contractIds: null,
  currencies: null,
  isStale: null,
  search: null,
};

/** The filter over `invoice` joined with `customer`; its values are $1 to $7. */
export const FILTER_SQL = `($1::date IS NULL OR invoice.billing_month = $1) AND ($2::text[] IS NULL OR invoice.status = ANY ($2))
  AND ($3::uuid[] IS NULL OR invoice.customer_id = ANY ($3)) AND ($4::uuid[] IS NULL OR invoice.contract_id = ANY ($4))
  AND ($5::text[] IS NULL OR invoice.currency = ANY ($5)) AND ($6::boolean IS NULL OR (invoice.stale_since IS NOT NULL) = $6)
  AND ($7::text IS NULL OR position(lower($7) IN lower(customer.legal_name)) > 0 OR position(lower($7) IN lower(coalesce(invoice.number, ''))) > 0)`;

export const filterValues = (filter: InvoiceFilter): unknown[] => [
  filter.month && firstDayOf(filter.month),
  filter.statuses,
  filter.customerIds,
  filter.contractIds,
  filter.currencies,
  filter.isStale,
  filter.search,
];

const FROM_SQL = `invoice JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id`;

/** By billing month, the newest first. */
export async function listInvoices(filter: InvoiceFilter, page: Page): Promise<Invoice[]> {
  const [month, id] = page.after ?? [];
  const { rows } = await query<Invoice>({
    name: "list-invoices",
    text: `SELECT ${INVOICE} FROM ${FROM_SQL}
           WHERE ${FILTER_SQL} AND ($8::date IS NULL OR (invoice.billing_month, invoice.id) < ($8, $9::uuid))
           ORDER BY invoice.billing_month DESC, invoice.id DESC LIMIT $10`,
    values: [...filterValues(filter), month ? `${month}-01` : null, id ?? null, page.limit],
  });
  return rows;
}

export async function selectInvoiceIds(filter: InvoiceFilter): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "select-invoice-ids",
    text: `SELECT invoice.id FROM ${FROM_SQL} WHERE ${FILTER_SQL} ORDER BY customer.legal_name, invoice.bills_on, invoice.id`,
    values: filterValues(filter),
  });
  return rows.map((row) => row.id);
}

/** Invoices that count as billed: issued, and not issued again since. What is credited counts until it is issued again. */
const BILLED_SQL = `invoice.status IN ('finalized', 'sent') AND invoice.document_kind = 'invoice' AND NOT EXISTS (
    SELECT FROM invoice AS again
    WHERE again.organization_id = invoice.organization_id AND again.reissues_invoice_id = invoice.id AND again.status IN ('finalized', 'sent'))`;

/**
 * A batch: lines of billed invoices by contract, for service that ends on the contract's day or later, as the engine made
 * them: without what credits paid, and with the tax where prices include it.
 */
export async function billedLines(
  wanted: readonly { readonly contractId: string; readonly from: PlainDate }[],
): Promise<ReadonlyMap<string, readonly BilledLine[]>> {
  const { rows } = await query<InvoiceLine & { contractId: string; currency: CurrencyCode }>({
    name: "billed-lines",
    text: `SELECT ${LINE}, invoice.contract_id AS "contractId", invoice.currency
           FROM unnest($1::uuid[], $2::date[]) AS wanted (contract_id, from_on)
           JOIN invoice ON invoice.contract_id = wanted.contract_id AND ${BILLED_SQL}
           JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
           WHERE line.full_ends_before >= wanted.from_on AND line.kind <> 'credit'
           ORDER BY invoice.issued_on, invoice.number, line.ordinal`,
    values: [wanted.map((each) => each.contractId), wanted.map((each) => each.from)],
  });
  const lines = new Map<string, BilledLine[]>(wanted.map(({ contractId }) => [contractId, []]));
  for (const row of rows) lines.get(row.contractId)?.push(toBilledLine(row));
  return lines;
}

const toBilledLine = (row: InvoiceLine & { readonly currency: CurrencyCode }): BilledLine => ({
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
  net: money(new Decimal(row.chargeAmount).minus(row.discountAmount), currency(row.currency)),
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
             -coalesce(sum(line.net_amount) FILTER (WHERE line.net_amount < 0), 0) AS credited
           FROM unnest($1::uuid[], $2::text[]) AS wanted (contract_id, billing_key)
           JOIN invoice ON invoice.contract_id = wanted.contract_id AND ${BILLED_SQL}
           JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
             AND line.kind <> 'credit' AND line.billing_key IN (wanted.billing_key, wanted.billing_key || '|adjustment')
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

/** The day of the last issued invoice of each contract, for contracts that have one. */
export async function lastBilledOn(contractIds: readonly string[]): Promise<ReadonlyMap<string, PlainDate>> {
  const { rows } = await query<{ contractId: string; billsOn: string }>({
    name: "last-billed-on",
    text: `SELECT contract_id AS "contractId", max(bills_on) AS "billsOn" FROM invoice
           WHERE contract_id = ANY ($1::uuid[]) AND status IN ('finalized', 'sent') AND document_kind = 'invoice' GROUP BY contract_id`,
    values: [contractIds],
  });
  return new Map(rows.map((row) => [row.contractId, plainDate(row.billsOn)]));
}
