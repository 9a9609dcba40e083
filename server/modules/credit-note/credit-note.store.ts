import { createHash } from "node:crypto";
import { groupBy } from "../../domain/group-by";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { CreditOf, Invoice } from "../invoice";
import { type CreditTerms, totalsOf } from "./credit-note";

/** A draft credit note over an issued invoice: what it takes back, with the sign of the invoice. */
export type CreditNoteToWrite = CreditTerms & {
  readonly id: string;
  readonly invoiceId: string;
  readonly credits: readonly CreditOf[];
  /** What was credited of these lines before, in their order. */
  readonly before: readonly { readonly net: Decimal; readonly tax: Decimal }[];
};

/** It stands in the month, and serves the days, of what it takes back, like every credit note. */
export async function insertCreditNote(note: CreditNoteToWrite, now: Date): Promise<void> {
  const { net, tax, gross } = totalsOf(note.credits);
  await query(
    `INSERT INTO invoice (organization_id, id, status, document_kind, corrects_invoice_id, credit_effect, credit_category, credit_reason, credit_service,
       origin, customer_id, bill_to_customer_id, contract_id, currency, bills_on, billing_month, service_starts_on, service_ends_before,
       net_total, tax_total, gross_total, po_number, blockers, content_hash, calculated_at, created_at, updated_at)
     SELECT $1, $2, 'draft', 'credit_note', original.id, $4, $5, $6, $7, original.origin, original.customer_id, original.bill_to_customer_id,
       original.contract_id, original.currency, original.bills_on, original.billing_month, original.service_starts_on, original.service_ends_before,
       $8, $9, $10, original.po_number, '{}', $11, $12, $12, $12
     FROM invoice AS original WHERE original.id = $3`,
    [
      organizationId(),
      note.id,
      note.invoiceId,
      note.effect,
      note.category,
      note.reason,
      note.serviceTiming,
      net.toFixed(),
      tax.toFixed(),
      gross.toFixed(),
      hashOf(note),
      now,
    ],
  );
  await insertLines(note);
}

export async function updateCreditNote(note: CreditNoteToWrite, now: Date): Promise<void> {
  const { net, tax, gross } = totalsOf(note.credits);
  await query(
    `UPDATE invoice SET credit_effect = $2, credit_category = $3, credit_reason = $4, credit_service = $5, net_total = $6, tax_total = $7,
       gross_total = $8, content_hash = $9, calculated_at = $10, updated_at = $10, version = version + 1
     WHERE id = $1 AND number IS NULL`,
    [
      note.id,
      note.effect,
      note.category,
      note.reason,
      note.serviceTiming,
      net.toFixed(),
      tax.toFixed(),
      gross.toFixed(),
      hashOf(note),
      now,
    ],
  );
  await query("DELETE FROM invoice_line WHERE invoice_id = $1", [note.id]);
  await insertLines(note);
}

export async function deleteDraft(id: string): Promise<void> {
  await query("DELETE FROM invoice WHERE id = $1 AND number IS NULL", [id]);
}

/** The lines that are taken back, with other amounts: everything that says what they were for stays as it was billed. */
async function insertLines({ id, invoiceId, credits, before }: CreditNoteToWrite): Promise<void> {
  const opposite = (value: Decimal) => ZERO.minus(value).toFixed();
  await query({
    name: "insert-credit-note-lines",
    text: `INSERT INTO invoice_line (organization_id, invoice_id, id, ordinal, origin, kind, adjusts, billing_key, charge_id, product_id, lineage_id, bound_id,
             description, timing, is_one_time, full_starts_on, full_ends_before, service_starts_on, service_ends_before, quantity, unit_price,
             precise_amount, is_tax_inclusive, charge_amount, discount_amount, net_amount, tax_code, tax_percent, tax_amount, tax_note,
             credit_grant_id, contract_id, corrects_line_id, explanation)
           SELECT $1, $2, taken.id, taken.ordinal, line.origin, line.kind, line.adjusts, line.billing_key, line.charge_id, line.product_id, line.lineage_id,
             line.bound_id, line.description, line.timing, line.is_one_time, line.full_starts_on, line.full_ends_before, line.service_starts_on,
             line.service_ends_before, taken.quantity, CASE WHEN taken.quantity IS NOT NULL THEN line.unit_price END, taken.precise, line.is_tax_inclusive,
             taken.charge, taken.discount, taken.net, line.tax_code, line.tax_percent, taken.tax, line.tax_note, line.credit_grant_id, line.contract_id,
             line.id, line.explanation || jsonb_build_object('taken', taken.explanation)
           FROM unnest($4::uuid[], $5::uuid[], $6::int[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::jsonb[])
             AS taken (line_id, id, ordinal, quantity, precise, charge, discount, net, tax, explanation)
           JOIN invoice_line AS line ON line.invoice_id = $3 AND line.id = taken.line_id`,
    values: [
      organizationId(),
      id,
      invoiceId,
      credits.map(({ line }) => line.id),
      credits.map(() => newId()),
      credits.map((_, index) => index + 1),
      credits.map(({ amounts }) => amounts.quantity && opposite(amounts.quantity)),
      credits.map(({ amounts }) => opposite(amounts.precise)),
      credits.map(({ amounts }) => opposite(amounts.charge)),
      credits.map(({ amounts }) => opposite(amounts.discount)),
      credits.map(({ amounts }) => opposite(amounts.net)),
      credits.map(({ amounts }) => opposite(amounts.tax)),
      credits.map(({ line, amounts }, index) =>
        JSON.stringify({
          billedNet: new Decimal(line.netAmount).toFixed(),
          billedTax: new Decimal(line.taxAmount).toFixed(),
          netBefore: (before[index]?.net ?? ZERO).toFixed(),
          taxBefore: (before[index]?.tax ?? ZERO).toFixed(),
          net: amounts.net.toFixed(),
          tax: amounts.tax.toFixed(),
        }),
      ),
    ],
  });
}

const hashOf = ({ credits, effect, category, reason, serviceTiming }: CreditNoteToWrite): string =>
  createHash("sha256")
    .update(
      JSON.stringify([effect, category, reason, serviceTiming, credits.map(({ line, amounts }) => [line.id, amounts])]),
    )
    .digest("base64url");

/** A batch: ids of the credit notes over invoices, drafts among them, in the order in which they were made. */
export async function creditNoteIdsByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await query<Pick<Invoice, "id"> & { invoiceId: string }>({
    name: "credit-note-ids-by-invoice",
    text: `SELECT corrects_invoice_id AS "invoiceId", id FROM invoice
           WHERE corrects_invoice_id = ANY ($1::uuid[]) AND status <> 'voided' ORDER BY id`,
    values: [invoiceIds],
  });
  return new Map(
    [...groupBy(rows, ({ invoiceId }) => invoiceId)].map(([invoiceId, own]) => [invoiceId, own.map(({ id }) => id)]),
  );
}

/** Says why people want the credit note that the calculation has drafted over a whole invoice; null: it has drafted none. */
export async function explainCalculatedNote(
  invoiceId: string,
  { category, reason, serviceTiming }: CreditTerms,
  now: Date,
): Promise<string | null> {
  const { rows } = await query<{ id: string }>(
    `UPDATE invoice SET credit_category = $2, credit_reason = $3, credit_service = $4, updated_at = $5, version = version + 1
     WHERE corrects_invoice_id = $1 AND credit_effect = 'reissue' AND number IS NULL RETURNING id`,
    [invoiceId, category, reason, serviceTiming, now],
  );
  return rows[0]?.id ?? null;
}

/** The draft that is to replace an invoice. */
export async function findReissue(invoiceId: string): Promise<string | null> {
  const { rows } = await query<{ id: string }>(
    "SELECT id FROM invoice WHERE reissues_invoice_id = $1 AND number IS NULL",
    [invoiceId],
  );
  return rows[0]?.id ?? null;
}
