import { firstDayOf } from "../../domain/calendar/plain-month";
import { type CopiedColumn, copyRows, rowText } from "../../platform/database/copy-rows";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { DraftContent } from "./draft";
import type { Invoice } from "./invoice";

/** A draft as it is to be, with all that a calculation decides. */
export type DraftToWrite = DraftContent &
  Pick<
    Invoice,
    | "id"
    | "status"
    | "documentKind"
    | "origin"
    | "correctsInvoiceId"
    | "reissuesInvoiceId"
    | "customerId"
    | "billToCustomerId"
    | "contractId"
    | "currency"
    | "billsOn"
    | "billingMonth"
    | "serviceStartsOn"
    | "serviceEndsBefore"
    | "contentHash"
    | "inputFingerprint"
  >;

/** What was calculated as it was before. */
export type DraftToKeep = Pick<Invoice, "id" | "inputFingerprint">;

export type DraftWrites = {
  readonly created: readonly DraftToWrite[];
  readonly changed: readonly DraftToWrite[];
  readonly unchanged: readonly DraftToKeep[];
  readonly removed: readonly string[];
};

/** Writes what calculations came to, in bulk: a number of statements that does not grow with drafts or lines. */
export async function writeDrafts({ created, changed, unchanged, removed }: DraftWrites, now: Date): Promise<void> {
  await deleteDrafts(removed);
  await keepDrafts(unchanged, now);
  if (created.length + changed.length === 0) return;
  await copyRows("calculated_draft", DRAFT_COLUMNS, [...changed, ...created], draftText);
  const { lines, removedIds } = await placeLines([...changed, ...created], changed.length);
  await copyRows("calculated_line", LINE_COLUMNS, lines, lineText);
  if (changed.length > 0) await query(UPDATE_DRAFTS, [organizationId(), now]);
  if (created.length > 0) await query(INSERT_DRAFTS, [organizationId(), now]);
  if (removedIds.length > 0) await query(DELETE_LINES, [changed.map(({ id }) => id), removedIds]);
  if (changed.length > 0) await query(UPDATE_LINES, [organizationId()]);
  if (lines.some(({ isNew }) => isNew)) await query(INSERT_LINES, [organizationId()]);
}

/** Place by place: lines keep the rows that are there, so that what stays the same is not written. */
async function placeLines(
  drafts: readonly DraftToWrite[],
  changed: number,
): Promise<{ readonly lines: readonly LineToWrite[]; readonly removedIds: readonly string[] }> {
  const existing = changed === 0 ? new Map() : await lineIds(drafts.slice(0, changed).map(({ id }) => id));
  const lines: LineToWrite[] = [];
  const removedIds: string[] = [];
  for (const draft of drafts) {
    const ids: readonly string[] = existing.get(draft.id) ?? [];
    for (const [place, line] of draft.lines.entries()) {
      const id = ids[place];
      lines.push({ invoiceId: draft.id, id: id ?? newId(), isNew: id === undefined, line });
    }
    removedIds.push(...ids.slice(draft.lines.length));
  }
  return { lines, removedIds };
}

/** The lines of drafts, in their order. */
async function lineIds(draftIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await query<{ invoiceId: string; ids: string }>({
    name: "line-ids-of-drafts",
    text: `SELECT invoice_id AS "invoiceId", string_agg(id::text, ' ' ORDER BY ordinal) AS ids FROM invoice_line
           WHERE invoice_id = ANY ($1::uuid[]) GROUP BY invoice_id`,
    values: [draftIds],
  });
  return new Map(rows.map(({ invoiceId, ids }) => [invoiceId, ids.split(" ")]));
}

async function deleteDrafts(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await query("DELETE FROM invoice WHERE id = ANY ($1::uuid[]) AND number IS NULL", [ids]);
}

/** Nothing but the calculation itself is new. */
async function keepDrafts(kept: readonly DraftToKeep[], now: Date): Promise<void> {
  if (kept.length === 0) return;
  await query(
    `UPDATE invoice SET stale_reasons = '{}', stale_since = NULL, calculated_at = $2, input_fingerprint = kept.fingerprint
     FROM unnest($3::uuid[], $4::text[]) AS kept (id, fingerprint)
     WHERE invoice.organization_id = $1 AND invoice.id = kept.id
       AND (invoice.stale_since IS NOT NULL OR invoice.input_fingerprint IS DISTINCT FROM kept.fingerprint)`,
    [organizationId(), now, kept.map(({ id }) => id), kept.map(({ inputFingerprint }) => inputFingerprint)],
  );
}

export const DRAFT_COLUMNS: readonly CopiedColumn<DraftToWrite>[] = [
  ["id", "uuid", (draft) => draft.id],
  ["status", "text", (draft) => draft.status],
  ["document_kind", "text", (draft) => draft.documentKind],
  ["origin", "text", (draft) => draft.origin],
  ["corrects_invoice_id", "uuid", (draft) => draft.correctsInvoiceId],
  ["reissues_invoice_id", "uuid", (draft) => draft.reissuesInvoiceId],
  ["customer_id", "uuid", (draft) => draft.customerId],
  ["bill_to_customer_id", "uuid", (draft) => draft.billToCustomerId],
  ["contract_id", "uuid", (draft) => draft.contractId],
  ["currency", "text", (draft) => draft.currency],
  ["bills_on", "date", (draft) => draft.billsOn],
  ["billing_month", "date", (draft) => firstDayOf(draft.billingMonth)],
  ["service_starts_on", "date", (draft) => draft.serviceStartsOn],
  ["service_ends_before", "date", (draft) => draft.serviceEndsBefore],
  ["net_total", "numeric", (draft) => draft.netTotal],
  ["tax_total", "numeric", (draft) => draft.taxTotal],
  ["gross_total", "numeric", (draft) => draft.grossTotal],
  ["po_number", "text", (draft) => draft.poNumber],
  ["blockers", "text", (draft) => draft.blockers.join(" ")],
  ["content_hash", "text", (draft) => draft.contentHash],
  ["input_fingerprint", "text", (draft) => draft.inputFingerprint],
];

/** Columns that a calculation writes anew; the others are what the draft is. */
const CALCULATED = [
  "status",
  "bill_to_customer_id",
  "contract_id",
  "billing_month",
  "service_starts_on",
  "service_ends_before",
  "net_total",
  "tax_total",
  "gross_total",
  "po_number",
  "content_hash",
  "input_fingerprint",
];

const UPDATE_DRAFTS = `UPDATE invoice SET ${CALCULATED.map((name) => `${name} = draft.${name}`).join(", ")},
    blockers = string_to_array(draft.blockers, ' '), stale_reasons = '{}', stale_since = NULL, calculated_at = $2, updated_at = $2,
    version = version + 1
  FROM pg_temp.calculated_draft AS draft WHERE invoice.organization_id = $1 AND invoice.id = draft.id AND invoice.number IS NULL`;

const PLAIN = DRAFT_COLUMNS.map(([name]) => name).filter((name) => name !== "blockers");
const INSERT_DRAFTS = `INSERT INTO invoice (organization_id, ${PLAIN.join(", ")}, credit_effect, blockers, calculated_at, created_at, updated_at)
  SELECT $1, ${PLAIN.join(", ")}, CASE document_kind WHEN 'credit_note' THEN 'reissue' END, string_to_array(blockers, ' '), $2, $2, $2
  FROM pg_temp.calculated_draft AS draft
  WHERE NOT EXISTS (SELECT FROM invoice WHERE invoice.organization_id = $1 AND invoice.id = draft.id)`;

export type LineToWrite = {
  readonly invoiceId: string;
  readonly id: string;
  readonly isNew: boolean;
  readonly line: DraftContent["lines"][number];
};

type LineContent = DraftContent["lines"][number];

const PLACE_COLUMNS: readonly CopiedColumn<LineToWrite>[] = [
  ["invoice_id", "uuid", ({ invoiceId }) => invoiceId],
  ["id", "uuid", ({ id }) => id],
  ["is_new", "boolean", ({ isNew }) => isNew],
];

const CONTENT_COLUMNS: readonly CopiedColumn<LineContent>[] = [
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
  ["driver_facts", "text", (line) => (line.driverFacts ? JSON.stringify(line.driverFacts) : null)],
];

export const LINE_COLUMNS = [...PLACE_COLUMNS, ...CONTENT_COLUMNS] as const;

export const draftText = (draft: DraftToWrite): string => rowText(DRAFT_COLUMNS, draft);
export const lineText = (line: LineToWrite): string => `${rowText(PLACE_COLUMNS, line)}\t${contentText(line.line)}`;

const texts = new WeakMap<LineContent, string>();

/** The content of a line as it is written, which is also what tells whether it changed: it is put together once. */
export function contentText(line: LineContent): string {
  const known = texts.get(line);
  if (known !== undefined) return known;
  const text = rowText(CONTENT_COLUMNS, line);
  texts.set(line, text);
  return text;
}

const LINE_NAMES = LINE_COLUMNS.map(([name]) => name).filter((name) => name !== "is_new");
const CONTENT_NAMES = LINE_NAMES.filter((name) => name !== "invoice_id" && name !== "id");
/** What a recalculation changes as a rule comes first: a difference there spares the comparison of all else. */
const COMPARED_NAMES = ["charge_amount", "net_amount", "quantity", ...CONTENT_NAMES];
const namesIn = (table: string) => COMPARED_NAMES.map((name) => `${table}.${name}`).join(", ");

const UPDATE_LINES = `UPDATE invoice_line AS line SET ${CONTENT_NAMES.map((name) => `${name} = wanted.${name}`).join(", ")}
  FROM pg_temp.calculated_line AS wanted
  WHERE line.organization_id = $1 AND line.invoice_id = wanted.invoice_id AND line.id = wanted.id AND NOT wanted.is_new
    AND (${namesIn("line")}) IS DISTINCT FROM (${namesIn("wanted")})`;

const INSERT_LINES = `INSERT INTO invoice_line (organization_id, ${LINE_NAMES.join(", ")})
  SELECT $1, ${LINE_NAMES.map((name) => `wanted.${name}`).join(", ")} FROM pg_temp.calculated_line AS wanted WHERE wanted.is_new`;

const DELETE_LINES = "DELETE FROM invoice_line WHERE invoice_id = ANY ($1::uuid[]) AND id = ANY ($2::uuid[])";
