import type { DocumentCurrency, DocumentLocale } from "./writing";

/**
 * Everything that is printed on an invoice or a credit note, decided before it gets here: the document computes nothing,
 * so that what was stored at finalization and what is printed cannot differ.
 *
 * Amounts are decimal strings in the document's currency ("1234.5", "-20"); one with more digits than the currency has is
 * refused, never rounded. Days are plain ("2026-10-31"). Texts may be long, of any script, and are printed as text.
 */
export type InvoiceDocument = {
  kind: "invoice" | "credit_note";
  /** Printed across every page. An amended copy is one whose PO number or memo changed after it was issued. */
  mark: "draft" | "void" | "amended_copy" | null;
  /** When PO number or memo were changed, on an amended copy. */
  amendedOn?: string | null;
  /** null while a draft has none */
  number: string | null;
  /** The numbers of the invoices that a credit note corrects. */
  correctedNumbers: readonly string[];
  /** When the invoice was issued that a credit note corrects. */
  correctedOn?: string | null;
  /** Why a credit note was issued. */
  reason?: CreditReason | null;
  /** The same in words of the seller's own, printed after it. */
  reasonText?: string | null;
  /** The number of the credited invoice that this one replaces. */
  replacedNumber?: string | null;
  locale: InvoiceLocale;
  paper: "A4" | "LETTER";
  currency: DocumentCurrency;
  seller: InvoiceSeller;
  customer: InvoiceCustomer;
  issuedOn: string | null;
  taxPointOn: string | null;
  /** null where nothing falls due, as on a credit note, whose amounts are above zero: they are what is credited */
  dueOn: string | null;
  servicePeriod: ServicePeriod | null;
  poNumber: string | null;
  memo: string | null;
  groups: readonly InvoiceLineGroup[];
  totals: InvoiceTotals;
  /** Becomes the file's creation date, so that the same document is the same bytes whenever it is rendered. */
  createdAt: Date;
};

export type CreditReason =
  | "late_usage"
  | "price_error"
  | "service_failure"
  | "goodwill"
  | "cancellation"
  | "duplicate"
  | "other";

export type InvoiceLocale = DocumentLocale;

/** Half-open, as everywhere; printed with its inclusive last day. */
export type ServicePeriod = { startsOn: string; endsBefore: string };

export type InvoiceSeller = {
  legalName: string;
  addressLines: readonly string[];
  taxNumber: string | null;
  /** Where to pay, one fact a line. A line such as "IBAN: GB33 …" is set as label and value. */
  bankDetails: readonly string[];
  /** "#RRGGBB" */
  brandColour: string | null;
  /** The name customers know; the legal name where it is null. */
  logoText: string | null;
};

export type InvoiceCustomer = {
  legalName: string;
  addressLines: readonly string[];
  taxId: string | null;
  contact: string | null;
};

/** The lines of one product. Without a title they are printed without a heading. */
export type InvoiceLineGroup = {
  title: string | null;
  /** Printed beside the title where the group has several lines. */
  net: string | null;
  lines: readonly InvoiceLine[];
};

export type InvoiceLine = {
  description: string;
  /** Plain lines that explain the amount: tier slices, "15 of 30 days", discounts. */
  explanation: readonly string[];
  servicePeriod: ServicePeriod | null;
  /** Ready to print, with its unit: "12,500 invoices" */
  quantity: string | null;
  /** Ready to print: "0.0125" */
  unitPrice: string | null;
  net: string;
  /** "20" means 20 %; null where the line bears no tax. */
  taxPercent: string | null;
};

export type InvoiceTotals = {
  net: string;
  taxes: readonly InvoiceTax[];
  gross: string;
  /** The tax in the seller's own currency, where that is another one and the law wants it stated. */
  taxInBase?: TaxInBase | null;
  /** What settles the gross: payments, balances. Amounts as printed, so a payment is negative. */
  settlements: readonly { label: string; amount: string }[];
  /** null on a credit note from which nothing is to be paid */
  amountDue: string | null;
};

export type TaxInBase = {
  name: string;
  currency: DocumentCurrency;
  amount: string;
  /** Units of that currency for one of the document's: "0.8712" */
  rate: string;
  rateOn: string;
  source: string;
};

export type InvoiceTax = {
  /** "VAT", "Sales tax" */
  name: string;
  percent: string;
  taxable: string;
  amount: string;
  /** Exemption text the law wants printed, such as the reverse-charge note. */
  note: string | null;
};

/** Renders a document to PDF bytes. The same document gives the same bytes. */
export type RenderInvoicePdf = (document: InvoiceDocument) => Promise<Buffer>;
