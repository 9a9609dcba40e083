import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import { query } from "../../platform/database/transaction";
import { withCorrections, withoutOffsets } from "./corrections";
import type { BaselineBill, BilledBefore, LineageTerms, MonthInvoice, Population, Subject } from "./month-bills";
import type { PackedLines } from "./packed-lines";

/** Invoices of one billing month within a population; its values are $1 to $3. */
const POPULATION_SQL = `invoice.billing_month = $1 AND ($2::uuid[] IS NULL OR invoice.customer_id = ANY ($2))
  AND ($3::uuid[] IS NULL OR invoice.id = ANY ($3))`;

const populationValues = (month: PlainMonth, { customerIds, invoiceIds }: Population): unknown[] => [
  firstDayOf(month),
  customerIds,
  invoiceIds,
];

/** Drafts on which people set an amount, and the engine has come to another one since. */
const UNCONFIRMED_SQL = `SELECT line.invoice_id, true AS is_unconfirmed
  FROM line_override
  JOIN invoice_line AS line ON line.organization_id = line_override.organization_id AND line.contract_id = line_override.contract_id
    AND line.billing_key = line_override.billing_key AND line.engine_amount IS DISTINCT FROM line_override.engine_amount AND line.engine_amount IS NOT NULL
  WHERE line_override.billed_at IS NULL
  GROUP BY line.invoice_id`;

/** All invoices of the month, in the order in which they fall due. */
export async function invoicesOfMonth(month: PlainMonth, population: Population): Promise<MonthInvoice[]> {
  const { rows } = await query<Omit<MonthInvoice, "correction">>({
    name: "invoices-of-month",
    text: `SELECT invoice.id, invoice.version, invoice.customer_id AS "customerId", customer.legal_name AS "customerName",
             invoice.contract_id AS "contractId", contract.number AS "contractNumber", invoice.currency, invoice.status,
             invoice.document_kind AS "documentKind", invoice.corrects_invoice_id AS "correctsInvoiceId",
             invoice.reissues_invoice_id AS "reissuesInvoiceId", invoice.credit_effect AS "creditEffect", invoice.number,
             invoice.bills_on AS "billsOn", invoice.service_starts_on AS "serviceStartsOn", invoice.service_ends_before AS "serviceEndsBefore",
             invoice.issued_on AS "issuedOn", invoice.due_on AS "dueOn", invoice.net_total AS "netTotal", invoice.tax_total AS "taxTotal",
             invoice.gross_total AS "grossTotal", invoice.po_number AS "poNumber", invoice.stale_since IS NOT NULL AS "isStale",
             invoice.stale_reasons AS "staleReasons", invoice.blockers, invoice.content_hash AS "contentHash",
             invoice.number IS NULL AND coalesce(overridden.is_unconfirmed, false) AS "hasUnconfirmedOverride"
           FROM invoice
           JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
           LEFT JOIN contract ON contract.organization_id = invoice.organization_id AND contract.id = invoice.contract_id
           LEFT JOIN (${UNCONFIRMED_SQL}) AS overridden ON overridden.invoice_id = invoice.id
           WHERE ${POPULATION_SQL}
           ORDER BY invoice.bills_on, invoice.id`,
    values: populationValues(month, population),
  });
  return withCorrections(rows);
}

/**
 * The lines of each invoice, looked up invoice by invoice. A join would let the planner read the table of all lines of
 * all years: it does so from some hundred invoices on, and that cost grows with history.
 */
const LINES_SQL = `CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array(line.kind, line.is_one_time, coalesce(line.lineage_id, line.bound_id), line.description, line.net_amount::text,
    line.tax_amount::text, line.driver_facts,
    CASE WHEN line.origin = 'manual' OR line.engine_amount IS NOT NULL OR line.is_tax_inclusive OR line.discount_amount <> 0 OR invoice.contract_id IS NULL
           OR line.kind = 'credit' OR invoice.document_kind = 'credit_note' OR line.driver_facts IS NULL AND line.kind IN ('charge', 'overage')
      THEN json_build_object('isManual', line.origin = 'manual', 'isInclusive', line.is_tax_inclusive, 'engineAmount', line.engine_amount::text,
        'chargeAmount', line.charge_amount::text, 'contractId', line.contract_id,
        'productId', CASE WHEN line.origin = 'manual' OR line.engine_amount IS NOT NULL OR line.kind = 'credit' OR invoice.document_kind = 'credit_note' THEN line.product_id END,
        'explanation', CASE WHEN line.driver_facts IS NULL THEN line.explanation END) END))::text AS lines
  FROM (SELECT * FROM invoice_line WHERE invoice_line.organization_id = invoice.organization_id AND invoice_line.invoice_id = invoice.id OFFSET 0) AS line) AS own`;

/** What each invoice of the month bills, voided ones aside. */
export async function linesOfMonth(
  month: PlainMonth,
  population: Population,
): Promise<ReadonlyMap<string, PackedLines>> {
  const { rows } = await query<{ readonly id: string; readonly lines: PackedLines }>({
    name: "lines-of-month",
    text: `SELECT invoice.id, own.lines FROM invoice ${LINES_SQL} WHERE ${POPULATION_SQL} AND invoice.status <> 'voided'`,
    values: populationValues(month, population),
  });
  return new Map(rows.map(({ id, lines }) => [id, lines]));
}

/**
 * What was billed in a month that another is compared with: what was issued; the drafts of a customer and currency of
 * which nothing was issued. Whether something was issued does not depend on what is selected. An invoice that was credited
 * in full and its credit note come to nothing: what replaces it is compared with.
 */
export async function baselineBills(month: PlainMonth, population: Population): Promise<BaselineBill[]> {
  const { rows } = await query<BaselineBill>({
    name: "baseline-bills",
    text: `SELECT invoice.id, invoice.customer_id AS "customerId", customer.legal_name AS "customerName", invoice.currency, invoice.contract_id AS "contractId",
             invoice.status, invoice.document_kind AS "documentKind", invoice.corrects_invoice_id AS "correctsInvoiceId",
             invoice.reissues_invoice_id AS "reissuesInvoiceId", invoice.credit_effect AS "creditEffect", invoice.number, own.lines
           FROM invoice
           JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
           ${LINES_SQL}
           WHERE ${POPULATION_SQL} AND (invoice.status IN ('finalized', 'sent') OR invoice.status = 'draft' AND NOT EXISTS (
             SELECT FROM invoice AS issued
             WHERE issued.customer_id = invoice.customer_id AND issued.currency = invoice.currency AND issued.billing_month = $1
               AND issued.status IN ('finalized', 'sent')))`,
    values: populationValues(month, population),
  });
  // Sorted here, because there the lines would be sorted along, on disk.
  return withoutOffsets(rows).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Whether a customer, and whether the lineage of a customer and currency, was billed in any month before this one. Looked
 * up subject by subject: EXISTS would let the planner hash all lines of all customers of all years.
 */
export async function billedBefore(month: PlainMonth, subjects: readonly Subject[]): Promise<BilledBefore[]> {
  if (subjects.length === 0) return [];
  const earlier = `invoice.customer_id = subject.customer_id AND invoice.billing_month < $4 AND invoice.status <> 'voided'`;
  const { rows } = await query<BilledBefore>({
    name: "billed-before",
    text: `SELECT subject.customer_id AS "customerId", subject.currency, subject.lineage_id AS "lineageId",
             coalesce((SELECT true FROM invoice JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
                       WHERE ${earlier} AND invoice.currency = subject.currency AND line.lineage_id = subject.lineage_id LIMIT 1), false) AS "isKnownLineage",
             coalesce((SELECT true FROM invoice WHERE ${earlier} LIMIT 1), false) AS "isKnownCustomer"
           FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS subject (customer_id, currency, lineage_id)`,
    values: [
      subjects.map(({ customerId }) => customerId),
      subjects.map(({ currency }) => currency),
      subjects.map(({ lineageId }) => lineageId),
      firstDayOf(month),
    ],
  });
  return rows;
}

/** How these customers' contracts bill their lineages; all of them, as joining the wanted ones costs more than reading on. */
export async function lineageTerms(customerIds: readonly string[]): Promise<LineageTerms[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await query<LineageTerms>({
    name: "lineage-terms",
    text: `SELECT contract.customer_id AS "customerId", contract.currency, coalesce(charge.lineage_id, price.lineage_id) AS "lineageId", schedule.status, price.cadence, price.timing,
             contract.starts_on AS "contractStartsOn", schedule.anchor_on AS "anchorOn", schedule.first_period AS "firstPeriod",
             greatest(phase.starts_on, contract.starts_on) AS "startsOn", least(phase.ends_before, contract.ends_before) AS "endsBefore",
             coalesce((SELECT array_agg(amendment.effective_on) FROM amendment
                       WHERE amendment.organization_id = contract.organization_id AND amendment.contract_id = contract.id), '{}') AS "amendedOn"
           FROM contract
           JOIN billing_schedule AS schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
           JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id AND phase.revision = schedule.revision
           JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
           JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
           WHERE contract.customer_id = ANY ($1::uuid[]) AND schedule.status <> 'draft'`,
    values: [customerIds],
  });
  return rows;
}

/** Which of these invoices are credit notes. */
export async function creditNoteIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await query<{ id: string }>(
    "SELECT id FROM invoice WHERE id = ANY ($1::uuid[]) AND document_kind = 'credit_note'",
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Which of these invoices exist. */
export async function existingInvoiceIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await query<{ id: string }>("SELECT id FROM invoice WHERE id = ANY ($1::uuid[])", [ids]);
  return new Set(rows.map(({ id }) => id));
}

/** What product the subjects of these customers' lines are of, in the months that are compared. */
export async function productsOfSubjects(
  months: readonly PlainMonth[],
  customerId: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await query<{ subject: string; productId: string }>({
    name: "products-of-subjects",
    text: `SELECT DISTINCT ON (1) coalesce(line.lineage_id, line.bound_id) AS subject, line.product_id AS "productId"
           FROM invoice
           JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
           WHERE invoice.customer_id = $1 AND invoice.billing_month = ANY ($2::date[]) AND coalesce(line.lineage_id, line.bound_id) IS NOT NULL
           ORDER BY 1, line.product_id`,
    values: [customerId, months.map(firstDayOf)],
  });
  return new Map(rows.map(({ subject, productId }) => [subject, productId]));
}

/** Whose invoice it is, and of which month. */
export async function placeOfInvoice(
  id: string,
): Promise<{ readonly customerId: string; readonly month: PlainMonth } | null> {
  const { rows } = await query<{ customerId: string; month: PlainMonth }>({
    name: "place-of-invoice",
    text: `SELECT customer_id AS "customerId", to_char(billing_month, 'YYYY-MM') AS month FROM invoice WHERE id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}
