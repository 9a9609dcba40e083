import { createHash } from "node:crypto";
import { firstDayOf, type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import { organizationId, query } from "../../platform/database/transaction";

export type EvidenceFile = { readonly fileName: string; readonly content: Buffer };
export type EvidenceFacts = {
  readonly monthCloseId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly createdAt: Date;
};

export async function enqueueEvidence(monthCloseId: string): Promise<void> {
  await query("SELECT jobs_api.enqueue('make_evidence_pack', $1, $2)", [
    JSON.stringify({ organizationId: organizationId(), monthCloseId }),
    `make_evidence_pack:${monthCloseId}`,
  ]);
}

/** The first one made stays. */
export async function insertEvidence(
  { monthCloseId, fileName, content }: EvidenceFile & { readonly monthCloseId: string },
  now: Date,
): Promise<void> {
  await query(
    `INSERT INTO evidence_pack (organization_id, month_close_id, file_name, content, sha256, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [organizationId(), monthCloseId, fileName, content, createHash("sha256").update(content).digest("hex"), now],
  );
}

/** A batch: by close, without the content. */
export async function evidenceByClose(ids: readonly string[]): Promise<ReadonlyMap<string, EvidenceFacts>> {
  const { rows } = await query<EvidenceFacts>(
    `SELECT month_close_id AS "monthCloseId", file_name AS "fileName", sha256, created_at AS "createdAt"
     FROM evidence_pack WHERE month_close_id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.monthCloseId, row]));
}

export async function findEvidence(monthCloseId: string): Promise<EvidenceFile | null> {
  const { rows } = await query<EvidenceFile>(
    `SELECT file_name AS "fileName", content FROM evidence_pack WHERE month_close_id = $1`,
    [monthCloseId],
  );
  return rows[0] ?? null;
}

type Row = Readonly<Record<string, string | null>>;

/** The documents that are posted in the month, or filed under it, with how they stand. */
export async function documentsInEvidence(month: PlainMonth): Promise<Row[]> {
  const { rows } = await query<Row>(
    `SELECT invoice.number, invoice.document_kind AS kind, original.number AS corrects, customer.legal_name AS customer, invoice.currency, invoice.status,
       to_char(invoice.billing_month, 'YYYY-MM') AS billing_month, invoice.issued_on::text, invoice.tax_point_on::text, invoice.accounting_on::text, invoice.due_on::text,
       invoice.net_total::text, invoice.tax_total::text, invoice.gross_total::text, invoice.net_in_base::text, invoice.tax_in_base::text,
       invoice.settled_total::text, invoice.payment_status, invoice.void_reason, invoice.id::text
     FROM invoice
     JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
     LEFT JOIN invoice AS original ON original.organization_id = invoice.organization_id AND original.id = invoice.corrects_invoice_id
     WHERE invoice.number IS NOT NULL AND (invoice.billing_month = $1 OR invoice.accounting_on >= $1 AND invoice.accounting_on < $2)
     ORDER BY invoice.document_kind, invoice.number`,
    [firstDayOf(month), firstDayOf(shiftMonth(month, 1))],
  );
  return rows;
}

/** What people wrote and set on documents of the month. */
export async function changesByHandInEvidence(month: PlainMonth): Promise<Row[]> {
  const { rows } = await query<Row>(
    `SELECT invoice.number, customer.legal_name AS customer, line.origin, line.description, invoice.currency, line.engine_amount::text,
       (line.charge_amount - line.discount_amount)::text AS amount, line.reason
     FROM invoice
     JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
     JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
     WHERE invoice.number IS NOT NULL AND invoice.billing_month = $1 AND (line.origin = 'manual' OR line.engine_amount IS NOT NULL)
     ORDER BY invoice.number, line.ordinal`,
    [firstDayOf(month)],
  );
  return rows;
}

/** All sign-offs of the month, those that were taken back among them. */
export async function signOffsInEvidence(month: PlainMonth): Promise<Row[]> {
  const { rows } = await query<Row>(
    `SELECT customer.legal_name AS customer, signed.row_id, signed.note, signed.signed_by, signed.signed_at::text, signed.revoked_by, signed.revoked_at::text
     FROM variance_sign_off AS signed
     JOIN customer ON customer.organization_id = signed.organization_id AND customer.id = signed.customer_id
     WHERE signed.month = $1 ORDER BY signed.signed_at, signed.id`,
    [firstDayOf(month)],
  );
  return rows;
}

/** What a second person was asked for since the month began. */
export async function requestsInEvidence(month: PlainMonth): Promise<Row[]> {
  const { rows } = await query<Row>(
    `SELECT kind, subject_id::text, currency, amount::text, reason, state, requested_by, requested_at::text, decided_by, decided_at::text, decision_note
     FROM second_person_request WHERE requested_at >= $1::date ORDER BY requested_at, id`,
    [firstDayOf(month)],
  );
  return rows;
}

/** What people commanded since the month began, calculations aside; the latest first. */
export async function auditInEvidence(month: PlainMonth): Promise<Row[]> {
  const { rows } = await query<Row>(
    `SELECT recorded_at::text, actor_kind, actor_name, action, subject_type, subject_id::text, before::text, after::text
     FROM audit_event
     WHERE recorded_at >= $1::date AND subject_type IN ('invoice', 'operation', 'month_close', 'closing_waiver', 'variance_sign_off',
         'second_person_request', 'payment', 'credit_note', 'organization', 'tax_rate', 'line_override')
       AND action NOT IN ('invoice.recalculate', 'contract.draft')
     ORDER BY recorded_at DESC, id DESC LIMIT 50000`,
    [firstDayOf(month)],
  );
  return rows;
}
