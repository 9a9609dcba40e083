import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";

/** A person who gets an issued invoice. */
export type InvoiceRecipient = { readonly invoiceId: string; readonly name: string; readonly email: string };

/** A batch: who gets these invoices, where that is not whom the customers' invoices go to; the first one is addressed. */
export async function recipientsByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InvoiceRecipient[]>> {
  const { rows } = await query<InvoiceRecipient>({
    name: "recipients-by-invoice",
    text: `SELECT invoice_id AS "invoiceId", name, email FROM invoice_recipient WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, ordinal`,
    values: [invoiceIds],
  });
  const recipients = new Map<string, InvoiceRecipient[]>();
  for (const row of rows) recipients.set(row.invoiceId, [...(recipients.get(row.invoiceId) ?? []), row]);
  return recipients;
}

export async function replaceRecipients(
  invoiceId: string,
  recipients: readonly Omit<InvoiceRecipient, "invoiceId">[],
): Promise<void> {
  await query("DELETE FROM invoice_recipient WHERE invoice_id = $1", [invoiceId]);
  if (recipients.length === 0) return;
  await query(
    `INSERT INTO invoice_recipient (organization_id, invoice_id, ordinal, name, email)
     SELECT $1, $2, ordinal, name, email FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS recipient (name, email, ordinal)`,
    [organizationId(), invoiceId, recipients.map(({ name }) => name), recipients.map(({ email }) => email)],
  );
}

export async function saveDueOn(invoiceId: string, dueOn: PlainDate, now: Date): Promise<void> {
  await query("UPDATE invoice SET due_on = $2, version = version + 1, updated_at = $3 WHERE id = $1", [
    invoiceId,
    dueOn,
    now,
  ]);
}

/** Who read it before has to read it again. */
export async function touchIssued(invoiceId: string, now: Date): Promise<void> {
  await query("UPDATE invoice SET version = version + 1, updated_at = $2 WHERE id = $1", [invoiceId, now]);
}
