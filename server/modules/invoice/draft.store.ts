import type { PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { DraftContent } from "./draft";
import type { Invoice } from "./invoice";

export type DraftToWrite = DraftContent &
  Pick<Invoice, "documentKind" | "correctsInvoiceId" | "reissuesInvoiceId"> & {
    readonly id: string;
    readonly customerId: string;
    readonly contractId: string;
    readonly currency: CurrencyCode;
    readonly billsOn: PlainDate;
    readonly billingMonth: PlainMonth;
    readonly serviceStartsOn: PlainDate;
    readonly serviceEndsBefore: PlainDate;
    readonly contentHash: string;
  };

/** Bounds the size of one statement: a giant array costs more than it saves. */
const LINES_IN_A_STATEMENT = 1_000;

export async function insertDrafts(drafts: readonly DraftToWrite[], now: Date): Promise<void> {
  if (drafts.length === 0) return;
  await query(
    `INSERT INTO invoice (organization_id, id, status, document_kind, corrects_invoice_id, reissues_invoice_id, credit_effect, customer_id, contract_id, currency, bills_on, billing_month, service_starts_on, service_ends_before,
       net_total, tax_total, gross_total, po_number, blockers, content_hash, calculated_at, created_at, updated_at)
     SELECT $1, id, 'draft', document_kind, corrects_invoice_id, reissues_invoice_id, CASE document_kind WHEN 'credit_note' THEN 'reissue' END, customer_id, contract_id, currency, bills_on, billing_month, service_starts_on, service_ends_before,
       net_total, tax_total, gross_total, po_number, string_to_array(blockers, ' '), content_hash, $2, $2, $2
     FROM ${DRAFT_ROWS}`,
    [organizationId(), now, ...draftColumns(drafts)],
  );
  await insertLines(drafts);
}

export async function updateDrafts(drafts: readonly DraftToWrite[], now: Date): Promise<void> {
  if (drafts.length === 0) return;
  await query(
    `UPDATE invoice SET billing_month = draft.billing_month, service_starts_on = draft.service_starts_on, service_ends_before = draft.service_ends_before,
       net_total = draft.net_total, tax_total = draft.tax_total, gross_total = draft.gross_total, po_number = draft.po_number,
       blockers = string_to_array(draft.blockers, ' '), content_hash = draft.content_hash, stale_reasons = '{}', stale_since = NULL,
       calculated_at = $2, updated_at = $2, version = version + 1
     FROM ${DRAFT_ROWS}
     WHERE invoice.organization_id = $1 AND invoice.id = draft.id`,
    [organizationId(), now, ...draftColumns(drafts)],
  );
  await query("DELETE FROM invoice_line WHERE invoice_id = ANY ($1::uuid[]) AND origin = 'engine'", [
    drafts.map(({ id }) => id),
  ]);
  await insertLines(drafts);
}

/** Nothing but the calculation itself is new. */
export async function markFresh(ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await query(
    "UPDATE invoice SET stale_reasons = '{}', stale_since = NULL, calculated_at = $2 WHERE id = ANY ($1::uuid[]) AND stale_since IS NOT NULL",
    [ids, now],
  );
}

export async function deleteDrafts(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await query("DELETE FROM invoice WHERE id = ANY ($1::uuid[]) AND number IS NULL", [ids]);
}

const DRAFT_ROWS = `unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::date[], $8::date[], $9::date[], $10::date[], $11::numeric[],
  $12::numeric[], $13::numeric[], $14::text[], $15::text[], $16::text[], $17::text[], $18::uuid[], $19::uuid[]) AS draft (id, customer_id, contract_id,
  currency, bills_on, billing_month, service_starts_on, service_ends_before, net_total, tax_total, gross_total, po_number, blockers, content_hash,
  document_kind, corrects_invoice_id, reissues_invoice_id)`;

const draftColumns = (drafts: readonly DraftToWrite[]): unknown[] => [
  drafts.map((draft) => draft.id),
  drafts.map((draft) => draft.customerId),
  drafts.map((draft) => draft.contractId),
  drafts.map((draft) => draft.currency),
  drafts.map((draft) => draft.billsOn),
  drafts.map((draft) => firstDayOf(draft.billingMonth)),
  drafts.map((draft) => draft.serviceStartsOn),
  drafts.map((draft) => draft.serviceEndsBefore),
  drafts.map((draft) => draft.netTotal),
  drafts.map((draft) => draft.taxTotal),
  drafts.map((draft) => draft.grossTotal),
  drafts.map((draft) => draft.poNumber),
  drafts.map((draft) => draft.blockers.join(" ")),
  drafts.map((draft) => draft.contentHash),
  drafts.map((draft) => draft.documentKind),
  drafts.map((draft) => draft.correctsInvoiceId),
  drafts.map((draft) => draft.reissuesInvoiceId),
];

/** Column, type of its array, and where the value comes from; in the order of the statement. */
const LINE_COLUMNS = [
  ["ordinal", "int", (line) => line.ordinal],
  ["origin", "text", (line) => line.origin],
  ["kind", "text", (line) => line.kind],
  ["adjusts", "text", (line) => line.adjusts],
  ["billing_key", "text", (line) => line.billingKey],
  ["charge_id", "uuid", (line) => line.chargeId],
  ["product_id", "uuid", (line) => line.productId],
  ["lineage_id", "uuid", (line) => line.lineageId],
  ["bound_id", "uuid", (line) => line.boundId],
  ["description", "text", (line) => line.description],
  ["timing", "text", (line) => line.timing],
  ["is_one_time", "boolean", (line) => line.isOneTime],
  ["full_starts_on", "date", (line) => line.fullStartsOn],
  ["full_ends_before", "date", (line) => line.fullEndsBefore],
  ["service_starts_on", "date", (line) => line.serviceStartsOn],
  ["service_ends_before", "date", (line) => line.serviceEndsBefore],
  ["quantity", "numeric", (line) => line.quantity],
  ["unit_price", "numeric", (line) => line.unitPrice],
  ["precise_amount", "numeric", (line) => line.preciseAmount],
  ["is_tax_inclusive", "boolean", (line) => line.isTaxInclusive],
  ["charge_amount", "numeric", (line) => line.chargeAmount],
  ["discount_amount", "numeric", (line) => line.discountAmount],
  ["net_amount", "numeric", (line) => line.netAmount],
  ["tax_code", "text", (line) => line.taxCode],
  ["tax_percent", "numeric", (line) => line.taxPercent],
  ["tax_amount", "numeric", (line) => line.taxAmount],
  ["tax_note", "text", (line) => line.taxNote],
  ["credit_grant_id", "uuid", (line) => line.creditGrantId],
  ["contract_id", "uuid", (line) => line.contractId],
  ["reason", "text", (line) => line.reason],
  ["engine_amount", "numeric", (line) => line.engineAmount],
  ["corrects_line_id", "uuid", (line) => line.correctsLineId],
  ["explanation", "jsonb", (line) => JSON.stringify(line.explanation)],
] as const satisfies readonly (readonly [string, string, (line: DraftContent["lines"][number]) => unknown])[];

const LINE_NAMES = LINE_COLUMNS.map(([name]) => name).join(", ");
const INSERT_LINES = `INSERT INTO invoice_line (organization_id, invoice_id, id, ${LINE_NAMES})
  SELECT $1, invoice_id, id, ${LINE_NAMES}
  FROM unnest($2::uuid[], $3::uuid[], ${LINE_COLUMNS.map(([, type], index) => `$${index + 4}::${type}[]`).join(", ")}) AS line (invoice_id, id, ${LINE_NAMES})`;

async function insertLines(drafts: readonly DraftToWrite[]): Promise<void> {
  const rows = drafts.flatMap((draft) => draft.lines.map((line) => ({ invoiceId: draft.id, line })));
  for (let start = 0; start < rows.length; start += LINES_IN_A_STATEMENT) {
    const some = rows.slice(start, start + LINES_IN_A_STATEMENT);
    await query({
      name: "insert-invoice-lines",
      text: INSERT_LINES,
      values: [
        organizationId(),
        some.map(({ invoiceId }) => invoiceId),
        some.map(() => newId()),
        ...LINE_COLUMNS.map(([, , valueOf]) => some.map(({ line }) => valueOf(line))),
      ],
    });
  }
}
