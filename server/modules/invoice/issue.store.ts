import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";
import type { DocumentFx } from "./document-exchange";
import type { Parties } from "./invoice";

/** What finalization adds to a draft, for good. */
export type Issue = {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly taxPointOn: PlainDate;
  readonly accountingOn: PlainDate;
  /** null: nothing falls due on a credit note */
  readonly dueOn: PlainDate | null;
  readonly parties: Parties;
  /** null: it is in the base currency */
  readonly fx: DocumentFx | null;
};

export async function issueInvoices(issues: readonly Issue[], now: Date): Promise<void> {
  await query(
    `UPDATE invoice SET status = 'finalized', number = issue.number, issued_on = issue.issued_on, tax_point_on = issue.tax_point_on,
       accounting_on = issue.accounting_on, due_on = issue.due_on, parties = issue.parties,
       fx_rate = issue.fx_rate, fx_rate_on = issue.fx_rate_on, fx_source = issue.fx_source, net_in_base = issue.net_in_base,
       tax_in_base = issue.tax_in_base, version = version + 1, updated_at = $2
     FROM unnest($3::uuid[], $4::text[], $5::date[], $6::date[], $7::date[], $8::date[], $9::jsonb[],
         $10::numeric[], $11::date[], $12::text[], $13::numeric[], $14::numeric[])
       AS issue (id, number, issued_on, tax_point_on, accounting_on, due_on, parties, fx_rate, fx_rate_on, fx_source, net_in_base, tax_in_base)
     WHERE invoice.organization_id = $1 AND invoice.id = issue.id`,
    [
      organizationId(),
      now,
      issues.map(({ id }) => id),
      issues.map(({ number }) => number),
      issues.map(({ issuedOn }) => issuedOn),
      issues.map(({ taxPointOn }) => taxPointOn),
      issues.map(({ accountingOn }) => accountingOn),
      issues.map(({ dueOn }) => dueOn),
      issues.map(({ parties }) => JSON.stringify(parties)),
      issues.map(({ fx }) => fx?.rate ?? null),
      issues.map(({ fx }) => fx?.on ?? null),
      issues.map(({ fx }) => fx?.source ?? null),
      issues.map(({ fx }) => fx?.netInBase ?? null),
      issues.map(({ fx }) => fx?.taxInBase ?? null),
    ],
  );
}

/** Own amounts that these invoices were issued with have done their work. */
export async function markOverridesBilled(invoiceIds: readonly string[], now: Date): Promise<void> {
  await query({
    name: "mark-overrides-billed",
    text: `UPDATE line_override SET billed_at = $2 FROM invoice_line AS line
           WHERE line.invoice_id = ANY ($1::uuid[]) AND line.engine_amount IS NOT NULL AND line.organization_id = line_override.organization_id
             AND line.contract_id = line_override.contract_id AND line.billing_key = line_override.billing_key`,
    values: [invoiceIds, now],
  });
}

/**
 * Drafts that were calculated with what a credit note gives back stay as they are when it does. They were fresh under the
 * lock of this transaction.
 */
export async function keepFresh(ids: readonly string[]): Promise<void> {
  await query(
    "UPDATE invoice SET stale_reasons = '{}', stale_since = NULL WHERE id = ANY ($1::uuid[]) AND number IS NULL AND stale_since IS NOT NULL",
    [ids],
  );
}
