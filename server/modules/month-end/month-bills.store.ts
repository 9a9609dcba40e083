import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import { query } from "../../platform/database/transaction";
import { withCorrections } from "./corrections";
import type { BaselineBill, BilledBefore, LineageTerms, MonthInvoice, Population, Subject } from "./month-bills";
import type { PackedLines } from "./packed-lines";

/** Invoices of one billing month within a population; its values are $1 to $4. */
const POPULATION_SQL = `invoice.billing_month = $1 AND ($2::uuid[] IS NULL OR invoice.customer_id = ANY ($2))
  AND ($3::uuid[] IS NULL OR invoice.contract_id = ANY ($3)) AND ($4::text[] IS NULL OR invoice.currency = ANY ($4))`;

const populationValues = (month: PlainMonth, { customerIds, contractIds, currencies }: Population): unknown[] => [
  firstDayOf(month),
  customerIds,
  contractIds,
  currencies,
];

/** All invoices of the month, in the order in which they fall due. */
export async function invoicesOfMonth(month: PlainMonth, population: Population): Promise<MonthInvoice[]> {
  const { rows } = await query<Omit<MonthInvoice, "correction">>({
    name: "invoices-of-month",
    text: `SELECT invoice.id, invoice.version, invoice.customer_id AS "customerId", customer.legal_name AS "customerName",
             invoice.contract_id AS "contractId", contract.number AS "contractNumber", invoice.currency, invoice.status,
             invoice.document_kind AS "documentKind", invoice.corrects_invoice_id AS "correctsInvoiceId",
             invoice.reissues_invoice_id AS "reissuesInvoiceId", invoice.number,
             invoice.bills_on AS "billsOn", invoice.service_starts_on AS "serviceStartsOn", invoice.service_ends_before AS "serviceEndsBefore",
             invoice.issued_on AS "issuedOn", invoice.due_on AS "dueOn", invoice.net_total AS "netTotal", invoice.tax_total AS "taxTotal",
             invoice.gross_total AS "grossTotal", invoice.po_number AS "poNumber", invoice.stale_since IS NOT NULL AS "isStale",
             invoice.stale_reasons AS "staleReasons", invoice.blockers
           FROM invoice
           JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
           LEFT JOIN contract ON contract.organization_id = invoice.organization_id AND contract.id = invoice.contract_id
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
  SELECT json_agg(json_build_array(line.kind, line.is_one_time, coalesce(line.lineage_id, line.bound_id), line.description, line.net_amount::text))::text AS lines
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
 * which nothing was issued. Whether something was issued does not depend on the population.
 */
export async function baselineBills(month: PlainMonth, population: Population): Promise<BaselineBill[]> {
  const { rows } = await query<BaselineBill>({
    name: "baseline-bills",
    text: `SELECT invoice.id, invoice.customer_id AS "customerId", customer.legal_name AS "customerName", invoice.currency, invoice.contract_id AS "contractId", own.lines
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
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
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
             greatest(phase.starts_on, contract.starts_on) AS "startsOn", least(phase.ends_before, contract.ends_before) AS "endsBefore"
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
