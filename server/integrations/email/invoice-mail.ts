import { mailWords, nearestLanguage } from "./mail-language";
import { type MailText, oneLine, writeMail } from "./mail-layout";
import { builtInTemplate, fillTemplate, type MailTemplate, type MailValues } from "./mail-template";

export type InvoiceMailFacts = {
  kind: "invoice" | "credit_note";
  number: string;
  /** Of the invoice that a credit note takes back, or that this one replaces. */
  originalNumber?: string | null;
  sellerName: string;
  customerName: string;
  /** Ready to print, with its currency: "£6,222.78" */
  total: string;
  /** Ready to print: "3 December 2026"; null where nothing falls due */
  dueOn: string | null;
  pdfFilename: string;
  /** What is attached beside it. */
  otherFilenames?: readonly string[];
  /** "#RRGGBB"; anything else is replaced by a quiet blue. */
  brandColour: string | null;
  /** The customer's, as a tag such as "de-DE". */
  language?: string;
  /** The organization's own text; null: the built-in one. */
  template?: MailTemplate | null;
  /** What only templates name. */
  values?: MailValues;
  /** Of its page; null: there is none. */
  url?: string | null;
  /** It goes to whoever tries it out, not to the customer. */
  isTest?: boolean;
};

/** The mail that goes with an invoice or credit note. Facts in, texts out; whatever a name contains, it stays text. */
export const writeInvoiceMail = (given: InvoiceMailFacts): MailText => {
  const { kind, total, dueOn, brandColour, language = "en-GB", url = null, isTest = false } = given;
  const words = mailWords[nearestLanguage(language)];
  const number = oneLine(given.number);
  const originalNumber = given.originalNumber ? oneLine(given.originalNumber) : null;
  const sellerName = oneLine(given.sellerName);
  const isInvoice = kind === "invoice";
  const template = given.template ?? withoutGaps(builtInTemplate(kind, 0, language), { dueOn, originalNumber });
  const { subject, paragraphs } = fillTemplate(template, {
    ...given.values,
    number,
    total,
    sellerName,
    customerName: given.customerName,
    dueOn: dueOn ?? "",
    originalNumber: originalNumber ?? "",
  });
  const replaced = isInvoice && originalNumber ? [words.replacedIs(originalNumber)] : [];
  const files = [given.pdfFilename, ...(given.otherFilenames ?? [])].map(oneLine).join(", ");
  return writeMail({
    subject: isTest ? `${words.test} ${subject}` : subject,
    language: nearestLanguage(language),
    sellerName,
    brandColour,
    headline: { label: isInvoice ? words.total : words.totalCredited, value: total },
    rows: [
      [isInvoice ? words.invoice : words.creditNote, number],
      ...(originalNumber ? ([[isInvoice ? words.replaces : words.credits, originalNumber]] as const) : []),
      [words.customer, oneLine(given.customerName)],
      ...(dueOn ? ([[words.dueDate, dueOn]] as const) : []),
    ],
    paragraphs: [...(isTest ? [words.testNote] : []), ...paragraphs, ...replaced],
    action: url ? { label: words.view, url } : null,
    closing: words.closing,
    footnote: words.attached(files),
  });
};

/** The built-in texts say nothing of what a document does not have. */
const withoutGaps = (
  { subject, text }: MailTemplate,
  { dueOn, originalNumber }: { dueOn: string | null; originalNumber: string | null },
): MailTemplate => ({
  subject,
  text: text
    .replace(dueOn ? "" : /, [^,.]*\{\{dueOn\}\}/, "")
    .replace(originalNumber ? "" : /(,| zur) [^,.]*\{\{originalNumber\}\}/, ""),
});
