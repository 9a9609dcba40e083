import { formatDay } from "../../domain/calendar/format";
import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { writeInvoiceMail } from "../../integrations/email/invoice-mail";
import type { Mail, MailTransport } from "../../integrations/email/mail";
import { formatAmountWithSign } from "../../integrations/pdf/format-amount";
import { invoiceWords } from "../../integrations/pdf/invoice-words";
import { inTransaction } from "../../platform/database/transaction";
import { type CustomerContact, contactsByCustomer } from "../customer";
import { failed, type ItemOutcome, skipped, succeeded } from "../operation";
import { parseMailSender } from "../organization";
import type { StoredDocument } from "./document.store";
import type { Invoice, Parties } from "./invoice";
import { invoicesById } from "./invoice.store";
import { issuedDocument } from "./invoice-document";
import { markSent } from "./issue.store";
import { queueMail, saveMailOutcome } from "./mail.store";
import { opposite, originalIdOf } from "./rebill";

/**
 * Mails issued invoices, one after the other. The message id is made of the invoice, so that what was sent before a
 * crash is recognized, by the outbox for certain and by mail programs usually, and the same invoice is never two mails.
 */
export async function sendInvoices(
  ids: readonly string[],
  transport: MailTransport,
  now: Date,
): Promise<ItemOutcome[]> {
  const invoices = await invoicesById(ids);
  const originalIds = [...invoices.values()].flatMap((invoice) => originalIdOf(invoice) ?? []);
  const originals = originalIds.length > 0 ? await invoicesById(originalIds) : new Map<string, Invoice>();
  const contacts = await contactsByCustomer([...new Set([...invoices.values()].map(({ customerId }) => customerId))]);
  const outcomes: ItemOutcome[] = [];
  for (const id of ids) {
    const invoice = invoices.get(id);
    outcomes.push(
      invoice
        ? await send(
            { invoice, originalNumber: originals.get(originalIdOf(invoice) ?? "")?.number ?? null },
            contacts.get(invoice.customerId) ?? [],
            transport,
            now,
          )
        : failed("INVOICE_NOT_FOUND", "This invoice no longer exists."),
    );
  }
  return outcomes;
}

type ToSend = { readonly invoice: Invoice; readonly originalNumber: string | null };

async function send(
  toSend: ToSend,
  contacts: readonly CustomerContact[],
  transport: MailTransport,
  now: Date,
): Promise<ItemOutcome> {
  const { invoice } = toSend;
  if (invoice.status === "draft") return skipped("NOT_FINALIZED", "Still a draft: finalize it first.");
  if (invoice.status === "sent") return skipped("ALREADY_SENT", "Sent before; it was not sent again.");
  if (invoice.status === "voided") return skipped("VOIDED", "The invoice is void.");
  if (new Decimal(invoice.grossTotal).isZero())
    return skipped("ZERO_TOTAL", "The total is zero: issued, but not mailed.");
  if (contacts.length === 0)
    return failed("NO_RECIPIENT", "The customer has no billing contact. Add one, then send again.");

  const document = await issuedDocument(invoice);
  const mail = mailOf(toSend, document, contacts, now);
  await queueMail(
    invoice.id,
    mail.messageId,
    contacts.map(({ email }) => email),
  );
  const outcome = await transport.send(mail);
  return inTransaction(async () => {
    if (!outcome.accepted) {
      await saveMailOutcome(invoice.id, { status: "failed", error: outcome.reason, now });
      const advice = outcome.outcome === "temporary" ? "Try again later." : "Correct the address, then send again.";
      return failed("MAIL_REFUSED", `${outcome.reason} ${advice}`);
    }
    const refused = outcome.refused.length > 0 ? `Not delivered to ${outcome.refused.join(", ")}.` : null;
    await saveMailOutcome(invoice.id, { status: "sent", error: refused, now });
    await markSent(invoice.id, now);
    return succeeded("SENT", refused ?? `Sent to ${contacts.map(({ email }) => email).join(", ")}.`);
  });
}

function mailOf(
  { invoice, originalNumber }: ToSend,
  document: StoredDocument,
  contacts: readonly CustomerContact[],
  now: Date,
): Mail {
  const { seller, customer } = invoice.parties as Parties;
  const isNote = invoice.documentKind === "credit_note";
  const words = invoiceWords["en-GB"];
  const addresses = contacts.map(({ name, email }) => ({ name, address: email }));
  const primary = Math.max(
    0,
    contacts.findIndex(({ isPrimary }) => isPrimary),
  );
  const sender = parseMailSender(seller.mailFrom);
  if (!sender) throw new Error(`not a sender: ${seller.mailFrom}`);
  return {
    messageId: `invoice.${invoice.id}@${sender.address.split("@").at(-1)}`,
    date: now,
    from: { name: sender.name ?? seller.legalName, address: sender.address },
    to: addresses.slice(primary, primary + 1),
    cc: addresses.filter((_, index) => index !== primary),
    replyTo: null,
    ...writeInvoiceMail({
      kind: invoice.documentKind,
      number: invoice.number as string,
      originalNumber,
      sellerName: seller.legalName,
      customerName: customer.legalName,
      total: formatAmountWithSign(
        isNote ? opposite(invoice.grossTotal) : invoice.grossTotal,
        currency(invoice.currency),
        words,
      ),
      dueOn: invoice.dueOn && formatDay(invoice.dueOn),
      pdfFilename: document.fileName,
      brandColour: seller.brandColor,
    }),
    attachments: [{ filename: document.fileName, content: document.content, contentType: "application/pdf" }],
  };
}
