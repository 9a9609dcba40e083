import { type MailText, oneLine, writeMail } from "./mail-layout";

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
  /** "#RRGGBB"; anything else is replaced by a quiet blue. */
  brandColour: string | null;
};

/** The mail that goes with an invoice or credit note. Facts in, texts out; whatever a name contains, it stays text. */
export const writeInvoiceMail = (given: InvoiceMailFacts): MailText => {
  const { total, dueOn, brandColour } = given;
  const number = oneLine(given.number);
  const originalNumber = given.originalNumber ? oneLine(given.originalNumber) : null;
  const sellerName = oneLine(given.sellerName);
  const isInvoice = given.kind === "invoice";
  const title = isInvoice ? "Invoice" : "Credit note";
  const until = dueOn ? `, due on ${dueOn}` : "";
  const replaced = originalNumber ? ` It replaces invoice ${originalNumber}, which is credited.` : "";
  const credited = originalNumber ? `, which credits invoice ${originalNumber} in full` : "";
  return writeMail({
    subject: `${title} ${number} from ${sellerName}`,
    sellerName,
    brandColour,
    headline: { label: isInvoice ? "Total" : "Total credited", value: total },
    rows: [
      [title, number],
      ...(originalNumber ? ([[isInvoice ? "Replaces invoice" : "Credits invoice", originalNumber]] as const) : []),
      ["Customer", oneLine(given.customerName)],
      ...(dueOn ? ([["Due date", dueOn]] as const) : []),
    ],
    paragraphs: [
      "Hello,",
      isInvoice
        ? `Please find attached invoice ${number} for ${total}${until}.${replaced} How to pay it is on the invoice.`
        : `Please find attached credit note ${number} for ${total}${credited}. Nothing is to be paid for it.`,
    ],
    action: null,
    closing: "Kind regards",
    footnote: `Attached: ${oneLine(given.pdfFilename)}`,
  });
};
