import { currency } from "../../domain/money/currency";
import { writeInvoiceMail } from "../../integrations/email/invoice-mail";
import { amountInMail, dayInMail, nearestLanguage } from "../../integrations/email/mail-language";
import type { MailText } from "../../integrations/email/mail-layout";
import type { MailTemplate } from "../../integrations/email/mail-template";
import { customersById } from "../customer";
import { billedCustomerId, currentDocument, type Invoice, invoicesById, type Parties } from "../invoice";
import type { DeliveryPart } from "./delivery";
import { listMailFiles, loadDeliverySettings } from "./delivery-settings.store";
import { placeOfLink } from "./link-in-mail";
import { templateFor } from "./mail-text";
import { hasUsage, usageFileName } from "./usage-file";

export type ComposedMail = MailText & { readonly attachments: readonly DeliveryPart[] };

/** The mail with which an issued document goes out: the customer's language and the organization's text choose the words. */
export async function composeInvoiceMail(
  invoice: Invoice,
  {
    publicUrl,
    isTest = false,
    contactName,
    template,
    language: asked,
  }: {
    readonly publicUrl: string;
    readonly isTest?: boolean;
    readonly contactName: string;
    /** in the place of the one that is kept; undefined: that */
    readonly template?: MailTemplate | null;
    /** in the place of the customer's */
    readonly language?: string;
  },
): Promise<ComposedMail> {
  const { seller, customer } = invoice.parties as Parties;
  const { documentKind: kind, number } = invoice;
  const tag = asked ?? (await languageOf(invoice));
  const language = nearestLanguage(tag);
  const document = await currentDocument(invoice);
  const { attachesUsage } = await loadDeliverySettings();
  const files = await listMailFiles();
  const isUsageAttached = attachesUsage && (await hasUsage(invoice));
  const attachments: DeliveryPart[] = [
    { kind: "invoice_pdf", invoiceId: invoice.id },
    ...(isUsageAttached ? ([{ kind: "usage_csv", invoiceId: invoice.id }] as const) : []),
    ...files.map(({ id }) => ({ kind: "file", fileId: id }) as const),
  ];
  const mail = writeInvoiceMail({
    kind,
    number: number as string,
    originalNumber: await originalNumberOf(invoice),
    sellerName: seller.legalName,
    customerName: customer.legalName,
    total: amountInMail(invoice.grossTotal.replace(/^-/, ""), currency(invoice.currency), language),
    dueOn: invoice.dueOn && dayInMail(invoice.dueOn, language),
    pdfFilename: document.fileName,
    otherFilenames: [...(isUsageAttached ? [usageFileName(invoice)] : []), ...files.map(({ fileName }) => fileName)],
    brandColour: seller.brandColor,
    language: tag,
    template: template === undefined ? await templateFor(kind, 0, tag) : template,
    values: {
      issuedOn: invoice.issuedOn ? dayInMail(invoice.issuedOn, language) : "",
      poNumber: invoice.poNumber ?? "",
      contactName,
    },
    url: placeOfLink(publicUrl, invoice.id),
    isTest,
  });
  return { ...mail, attachments };
}

/** As it is now: a mail is no part of the document, which stays in its own. */
async function languageOf(invoice: Invoice): Promise<string> {
  const customerId = billedCustomerId(invoice);
  return (await customersById([customerId])).get(customerId)?.language ?? "en-GB";
}

async function originalNumberOf({ correctsInvoiceId, reissuesInvoiceId }: Invoice): Promise<string | null> {
  const id = correctsInvoiceId ?? reissuesInvoiceId;
  return id === null ? null : ((await invoicesById([id])).get(id)?.number ?? null);
}
