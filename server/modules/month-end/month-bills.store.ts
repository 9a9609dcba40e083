import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { LineKind } from "../../domain/invoice/line";
import { type Currency, currency } from "../../domain/money/currency";
import { money } from "../../domain/money/money";
import type { ItemAmount } from "../../domain/variance/compare-items";
import { itemAmountsOf } from "../../domain/variance/item-amounts";
import { query } from "../../platform/database/transaction";
import type { BaselineBill, BilledBefore, LineageTerms, MonthInvoice, Population, Subject } from "./month-bills";

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
  const { rows } = await query<MonthInvoice>({
    name: "invoices-of-month",
    text: `SELECT invoice.id, invoice.version, invoice.customer_id AS "customerId", customer.legal_name AS "customerName",
             invoice.contract_id AS "contractId", contract.number AS "contractNumber", invoice.currency, invoice.status, invoice.number,
             invoice.bills_on AS "billsOn", invoice.service_starts_on AS "serviceStartsOn", invoice.service_ends_before AS "serviceEndsBefore",
             invoice.issued_on AS "issuedOn", invoice.due_on AS "dueOn", invoice.net_total AS "netTotal", invoice.tax_total AS "taxTotal",
             invoice.gross_total AS "grossTotal", invoice.po_number AS "poNumber", invoice.stale_since IS NOT NULL AS "isStale",
             invoice.stale_reasons AS "staleReasons", invoice.blockers
           FROM invoice
           JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
           JOIN contract ON contract.organization_id = invoice.organization_id AND contract.id = invoice.contract_id
           WHERE ${POPULATION_SQL}
           ORDER BY invoice.bills_on, invoice.id`,
    values: populationValues(month, population),
  });
  return rows;
}

/** A line as it travels: arrays of JSON are a third of the bytes of one row for each line. `subject`: lineage or minimum. */
type PackedLine = readonly [kind: LineKind, isOneTime: boolean, subject: string | null, description: string, net: string];

/**
 * The lines of each invoice, looked up invoice by invoice. A join would let the planner read the table of all lines of
 * all years: it does so from some hundred invoices on, and that cost grows with history.
 */
const LINES_SQL = `CROSS JOIN LATERAL (
  SELECT json_agg(json_build_array(line.kind, line.is_one_time, coalesce(line.lineage_id, line.minimum_id), line.description, line.net_amount::text)) AS lines
  FROM (SELECT * FROM invoice_line WHERE invoice_line.organization_id = invoice.organization_id AND invoice_line.invoice_id = invoice.id OFFSET 0) AS line) AS own`;

function toItems(lines: readonly PackedLine[], billed: Currency): ItemAmount[] {
  const compared = lines.map(([kind, isOneTime, lineageId, description, net]) => ({
    kind,
    isOneTime,
    lineageId,
    minimumId: null,
    productId: null,
    description,
    net: money(net, billed),
  }));
  return itemAmountsOf(compared, billed);
}

/** What each invoice of the month bills, voided ones aside. */
export async function itemsOfMonth(month: PlainMonth, population: Population): Promise<ReadonlyMap<string, readonly ItemAmount[]>> {
  const { rows } = await query<Pick<BaselineBill, "currency"> & { readonly id: string; readonly lines: readonly PackedLine[] | null }>({
    name: "items-of-month",
    text: `SELECT invoice.id, invoice.currency, own.lines FROM invoice ${LINES_SQL} WHERE ${POPULATION_SQL} AND invoice.status <> 'voided'`,
    values: populationValues(month, population),
  });
  return new Map(rows.map(({ id, currency: code, lines }) => [id, toItems(lines ?? [], currency(code))]));
}

/**
 * What was billed in a month that another is compared with: what was issued; the drafts of a customer and currency of
 * which nothing was issued. Whether something was issued does not depend on the population.
 */
export async function baselineBills(month: PlainMonth, population: Population): Promise<BaselineBill[]> {
  const { rows } = await query<Omit<BaselineBill, "items"> & { readonly lines: readonly PackedLine[] | null }>({
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
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ lines, ...bill }) => ({ ...bill, items: toItems(lines ?? [], currency(bill.currency)) }));
}

const subjectValues = (subjects: readonly Subject[]): unknown[] => [
  subjects.map(({ customerId }) => customerId),
  subjects.map(({ currency: code }) => code),
  subjects.map(({ lineageId }) => lineageId),
];
const SUBJECT_SQL = `unnest($1::uuid[], $2::text[], $3::uuid[]) AS subject (customer_id, currency, lineage_id)`;

/** Whether a customer, and whether the lineage of a customer and currency, was billed in any month before this one. */
export async function billedBefore(month: PlainMonth, subjects: readonly Subject[]): Promise<BilledBefore[]> {
  if (subjects.length === 0) return [];
  const earlier = `invoice.customer_id = subject.customer_id AND invoice.billing_month < $4 AND invoice.status <> 'voided'`;
  const { rows } = await query<BilledBefore>({
    name: "billed-before",
    text: `SELECT subject.customer_id AS "customerId", subject.currency, subject.lineage_id AS "lineageId",
             EXISTS (SELECT FROM invoice JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
                     WHERE ${earlier} AND invoice.currency = subject.currency AND line.lineage_id = subject.lineage_id) AS "isKnownLineage",
             EXISTS (SELECT FROM invoice WHERE ${earlier}) AS "isKnownCustomer"
           FROM ${SUBJECT_SQL}`,
    values: [...subjectValues(subjects), firstDayOf(month)],
  });
  return rows;
}

/** How the customer's contracts bill these lineages. */
export async function lineageTerms(subjects: readonly Subject[]): Promise<LineageTerms[]> {
  if (subjects.length === 0) return [];
  const { rows } = await query<LineageTerms>({
    name: "lineage-terms",
    text: `SELECT subject.customer_id AS "customerId", subject.currency, subject.lineage_id AS "lineageId", schedule.status, price.cadence, price.timing,
             contract.starts_on AS "contractStartsOn", schedule.anchor_on AS "anchorOn", schedule.first_period AS "firstPeriod",
             greatest(phase.starts_on, contract.starts_on) AS "startsOn", least(phase.ends_before, contract.ends_before) AS "endsBefore"
           FROM ${SUBJECT_SQL}
           JOIN contract ON contract.customer_id = subject.customer_id AND contract.currency = subject.currency
           JOIN billing_schedule AS schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
           JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id
           JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
           JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id AND price.lineage_id = subject.lineage_id
           WHERE schedule.status <> 'draft'`,
    values: subjectValues(subjects),
  });
  return rows;
}

/** Which of these invoices exist. */
export async function existingInvoiceIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await query<{ id: string }>("SELECT id FROM invoice WHERE id = ANY ($1::uuid[])", [ids]);
  return new Set(rows.map(({ id }) => id));
}
