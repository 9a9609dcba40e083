import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";

export type OrganizationMode = "live" | "sandbox";
export type TaxRounding = "per_line" | "per_rate";

/** A change is flagged when it exceeds both. */
export type VarianceThresholds = { readonly amount: Decimal; readonly percent: Decimal };

/**
 * What becomes of a draft whose total is below zero. `carry_forward`: it waits, and is taken off the customer's next draft
 * that covers it; `credit_note`: it waits for a credit note over the lines that it corrects, and is gone when that is issued.
 */
export type NegativeDrafts = "carry_forward" | "credit_note";

/** How documents are numbered, and what may become of them. */
export type DocumentRules = {
  /** How the numbers of invoices begin, and those of credit notes; the year follows. */
  readonly invoicePrefix: string;
  readonly creditNotePrefix: string;
  /** Whether PO number and memo of what is issued may be changed on copies that say so. */
  readonly allowsAmendedCopies: boolean;
  readonly negativeDrafts: NegativeDrafts;
};

export const DOCUMENT_RULES: DocumentRules = {
  invoicePrefix: "INV-",
  creditNotePrefix: "CN-",
  allowsAmendedCopies: false,
  negativeDrafts: "carry_forward",
};

/** Where payments are recorded; the other one reads them. */
export type PaymentsMaster = "billgrid" | "xero";

export type PaymentRules = Pick<OrganizationTerms, "paymentsMaster" | "smallDifference">;

export const PAYMENT_RULES: PaymentRules = { paymentsMaster: "billgrid", smallDifference: new Decimal(1) };

/** What an administrator may set. */
export type OrganizationTerms = DocumentRules & {
  readonly legalName: string;
  readonly addressLines: readonly string[];
  readonly country: string;
  readonly taxNumber: string | null;
  readonly bankDetails: readonly string[];
  readonly timeZone: string;
  readonly taxRounding: TaxRounding;
  readonly paymentTerms: PaymentTerms;
  readonly brandColor: string;
  readonly mailFrom: string;
  readonly varianceThresholds: VarianceThresholds;
  readonly paymentsMaster: PaymentsMaster;
  /** As much of an invoice may be given up without being a bad debt, in its currency. */
  readonly smallDifference: Decimal;
};

/** The seller: one legal entity. Base currency and mode are for good. */
export type Organization = OrganizationTerms & {
  readonly id: string;
  readonly baseCurrency: CurrencyCode;
  readonly mode: OrganizationMode;
  /** Where the clock of a sandbox stands; null: it runs with the world's. */
  readonly testClockAt: Date | null;
  /** The last month that is closed; null: none is. */
  readonly lockedThrough: PlainMonth | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
