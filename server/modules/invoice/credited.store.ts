import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { query } from "../../platform/database/transaction";
import type { CreditEffect, InvoiceLine } from "./invoice";

/** A credit note on an invoice: issued, or a draft that people made. Amounts are below zero where they give back. */
export type CreditNoteOn = {
  readonly invoiceId: string;
  readonly id: string;
  readonly effect: CreditEffect;
  readonly isIssued: boolean;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly grossTotal: string;
  readonly netInBase: string | null;
  readonly taxInBase: string | null;
};

/** Drafts of the engine's own are left out: they take back whatever is left when they are issued. */
const COUNTS = `note.status <> 'voided' AND (note.number IS NOT NULL OR note.credit_effect <> 'reissue')`;

/** A batch: the credit notes on invoices, in the order in which they were made. */
export async function creditNotesOn(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CreditNoteOn[]>> {
  const { rows } = await query<CreditNoteOn>({
    name: "credit-notes-on",
    text: `SELECT note.corrects_invoice_id AS "invoiceId", note.id, note.credit_effect AS effect, note.number IS NOT NULL AS "isIssued",
             note.net_total AS "netTotal", note.tax_total AS "taxTotal", note.gross_total AS "grossTotal",
             note.net_in_base AS "netInBase", note.tax_in_base AS "taxInBase"
           FROM invoice AS note WHERE note.corrects_invoice_id = ANY ($1::uuid[]) AND ${COUNTS} ORDER BY note.id`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** What a credit note takes back of a line, below zero where it gives back. */
export type CreditOfLine = Pick<
  InvoiceLine,
  "quantity" | "preciseAmount" | "chargeAmount" | "discountAmount" | "netAmount" | "taxAmount"
> & { readonly invoiceId: string; readonly lineId: string; readonly noteId: string; readonly isIssued: boolean };

/** A batch: what credit notes take back of the lines of invoices. */
export async function creditsOfLines(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CreditOfLine[]>> {
  const { rows } = await query<CreditOfLine>({
    name: "credits-of-lines",
    text: `SELECT note.corrects_invoice_id AS "invoiceId", line.corrects_line_id AS "lineId", note.id AS "noteId",
             note.number IS NOT NULL AS "isIssued", line.quantity, line.precise_amount AS "preciseAmount",
             line.charge_amount AS "chargeAmount", line.discount_amount AS "discountAmount", line.net_amount AS "netAmount",
             line.tax_amount AS "taxAmount"
           FROM invoice AS note
           JOIN invoice_line AS line ON line.organization_id = note.organization_id AND line.invoice_id = note.id
           WHERE note.corrects_invoice_id = ANY ($1::uuid[]) AND ${COUNTS} AND line.corrects_line_id IS NOT NULL
           ORDER BY note.id, line.ordinal`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** A contract whose lines are no longer billed once these credit notes are issued, and from which day on. */
export type CorrectedContract = {
  readonly contractId: string;
  readonly from: PlainDate;
  readonly noteIds: readonly string[];
};

export async function contractsCorrectedBy(noteIds: readonly string[]): Promise<readonly CorrectedContract[]> {
  const { rows } = await query<CorrectedContract>({
    name: "contracts-corrected-by",
    text: `SELECT line.contract_id AS "contractId", min(line.full_starts_on) AS from, array_agg(DISTINCT note.id) AS "noteIds"
           FROM invoice AS note
           JOIN invoice_line AS line ON line.organization_id = note.organization_id AND line.invoice_id = note.id
           WHERE note.id = ANY ($1::uuid[]) AND note.credit_effect = 'correction' AND line.contract_id IS NOT NULL AND line.kind <> 'credit'
           GROUP BY line.contract_id ORDER BY line.contract_id`,
    values: [noteIds],
  });
  return rows;
}
