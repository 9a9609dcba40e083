import { organizationId, query } from "../../platform/database/transaction";

export type MailStatus = "queued" | "sent" | "failed";
export type InvoiceMail = {
  readonly invoiceId: string;
  readonly messageId: string;
  readonly recipients: readonly string[];
  readonly status: MailStatus;
  readonly attempts: number;
  readonly error: string | null;
  readonly sentAt: Date | null;
};

const MAIL = `invoice_id AS "invoiceId", message_id AS "messageId", recipients, status, attempts, error, sent_at AS "sentAt"`;

/** A batch: the mail of each invoice that has one. */
export async function mailByInvoice(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, InvoiceMail>> {
  const { rows } = await query<InvoiceMail>({
    name: "mail-by-invoice",
    text: `SELECT ${MAIL} FROM invoice_mail WHERE invoice_id = ANY ($1::uuid[])`,
    values: [invoiceIds],
  });
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

/** Notes the attempt before anything leaves the house. */
export async function queueMail(invoiceId: string, messageId: string, recipients: readonly string[]): Promise<void> {
  await query(
    `INSERT INTO invoice_mail (organization_id, invoice_id, message_id, recipients, status, attempts) VALUES ($1, $2, $3, $4, 'queued', 1)
     ON CONFLICT (organization_id, invoice_id) DO UPDATE
       SET recipients = excluded.recipients, status = 'queued', attempts = invoice_mail.attempts + 1, error = NULL
       WHERE invoice_mail.status <> 'sent'`,
    [organizationId(), invoiceId, messageId, recipients],
  );
}

export async function saveMailOutcome(
  invoiceId: string,
  outcome: { readonly status: "sent" | "failed"; readonly error: string | null; readonly now: Date },
): Promise<void> {
  const { status, error, now } = outcome;
  await query("UPDATE invoice_mail SET status = $2, error = $3, sent_at = $4 WHERE invoice_id = $1", [
    invoiceId,
    status,
    error,
    status === "sent" ? now : null,
  ]);
}
