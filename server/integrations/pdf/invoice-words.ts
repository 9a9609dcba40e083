import type { CreditReason, InvoiceDocument, InvoiceLocale } from "./invoice-document";
import { type Writing, writingOf } from "./writing";

/** What a language says on an invoice, and how it writes figures and days. */
export type InvoiceWords = Writing & {
  kind: Record<InvoiceDocument["kind"], string>;
  mark: Record<NonNullable<InvoiceDocument["mark"]>, string>;
  billedTo: string;
  from: string;
  issuedOn: string;
  taxPointOn: string;
  dueOn: string;
  servicePeriod: string;
  poNumber: string;
  amendedOn: string;
  corrects: string;
  correctedOn: string;
  reason: string;
  /** null: the seller's own words alone */
  reasons: Record<CreditReason, string | null>;
  replaces: string;
  currency: string;
  taxNumber: string;
  taxId: string;
  amountDue: string;
  amountCredited: string;
  payment: string;
  nothingToPay: string;
  reference: string;
  description: string;
  quantity: string;
  unitPrice: string;
  tax: string;
  net: string;
  noLines: string;
  netTotal: string;
  taxOn: (name: string, percent: string, taxable: string) => string;
  gross: string;
  taxInBase: (name: string, code: string) => string;
  rate: (from: string, to: string, rate: string, source: string, on: string) => string;
  paymentDetails: string;
  memo: string;
  page: (page: number, pages: number) => string;
};

const englishOfBritain: InvoiceWords = {
  ...writingOf["en-GB"],
  kind: { invoice: "Invoice", credit_note: "Credit note" },
  mark: { draft: "DRAFT", void: "VOID", amended_copy: "AMENDED COPY" },
  billedTo: "Billed to",
  from: "From",
  issuedOn: "Issue date",
  taxPointOn: "Tax point",
  dueOn: "Due date",
  servicePeriod: "Service period",
  poNumber: "PO number",
  amendedOn: "Amended on",
  corrects: "Credits invoice",
  correctedOn: "Invoice date",
  reason: "Reason",
  reasons: {
    late_usage: "Usage reported after the invoice",
    price_error: "Price corrected",
    service_failure: "Service not as agreed",
    goodwill: "Goodwill",
    cancellation: "Cancelled",
    duplicate: "Invoiced twice",
    other: null,
  },
  replaces: "Replaces invoice",
  currency: "Currency",
  taxNumber: "Tax number",
  taxId: "Tax ID",
  amountDue: "Amount due",
  amountCredited: "Amount credited",
  payment: "Payment",
  nothingToPay: "Nothing to pay",
  reference: "Reference",
  description: "Description",
  quantity: "Quantity",
  unitPrice: "Unit price",
  tax: "Tax",
  net: "Amount",
  noLines: "No charges",
  netTotal: "Net total",
  taxOn: (name, percent, taxable) => `${name} ${percent} on ${taxable}`,
  gross: "Total",
  taxInBase: (name, code) => `${name} in ${code}`,
  rate: (from, to, rate, source, on) => `1 ${from} = ${rate} ${to} (${source}, ${on})`,
  paymentDetails: "Payment details",
  memo: "Notes",
  page: (page, pages) => `Page ${page} of ${pages}`,
};

export const invoiceWords: Record<InvoiceLocale, InvoiceWords> = { "en-GB": englishOfBritain };
