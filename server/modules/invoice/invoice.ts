import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { BillingTiming } from "../../domain/contract/contract";
import type { DriverFacts } from "../../domain/invoice/driver-facts";
import type { Explanation } from "../../domain/invoice/explanation";
import type { LineKind, OriginalLineKind } from "../../domain/invoice/line";
import type { CurrencyCode } from "../../domain/money/currency";
import type { StaleReason } from "../../platform/draft-staleness.store";

/** `in_progress`: its service still runs; `draft`: it may be finalized. Both are calculated anew until then. */
export type InvoiceStatus = "in_progress" | "draft" | "finalized" | "sent" | "voided";

/** `schedule`: the engine proposes its lines; `one_off`: people write all of them. */
export type InvoiceOrigin = "schedule" | "one_off";

/**
 * What becomes of an amount that a credit note takes back. `reissue`: the whole invoice is billed again by another one;
 * `correction`: it is no longer billed, so that the engine bills it again where it is still owed; `final`: it stays billed
 * and given back.
 */
export type CreditEffect = "reissue" | "correction" | "final";

export type CreditCategory = "price_error" | "service_failure" | "goodwill" | "cancellation" | "duplicate" | "other";

/** Whose revenue a credit takes back: of service that is still to come, or of what was served. */
export type CreditService = "future_service" | "past_service";

/** `uncollectible`: what is left was written off as a bad debt. */
export type PaymentStatus = "unpaid" | "partially_paid" | "paid" | "uncollectible";

/** A credit note takes an issued invoice back, or a part of it; its amounts are below zero, so that sums over documents are right. */
export type DocumentKind = "invoice" | "credit_note";

/** What keeps a draft from being finalized until somebody mends it. */
export type Blocker =
  | "tax_rate_missing"
  | "buyer_tax_id_missing"
  | "po_number_missing"
  | "po_expired"
  | "po_exceeded"
  | "negative_total"
  | "exchange_rate_missing";

/** Amounts and quantities are decimal text, exactly as the database keeps them. */
export type Invoice = {
  readonly id: string;
  readonly customerId: string;
  /** null: it has lines of several contracts, or of none */
  readonly contractId: string | null;
  readonly origin: InvoiceOrigin;
  /** who is billed where that is not the customer served */
  readonly billToCustomerId: string | null;
  readonly status: InvoiceStatus;
  readonly documentKind: DocumentKind;
  /** of a credit note: the invoice that it takes back */
  readonly correctsInvoiceId: string | null;
  /** of an invoice that is issued again: the one that was credited */
  readonly reissuesInvoiceId: string | null;
  /** of a credit note alone */
  readonly creditEffect: CreditEffect | null;
  /** why people credit; null where the engine does, for usage that came late */
  readonly creditCategory: CreditCategory | null;
  readonly creditReason: string | null;
  readonly creditService: CreditService | null;
  /** null until finalized, as are the four days below; nothing falls due on a credit note */
  readonly number: string | null;
  readonly issuedOn: PlainDate | null;
  readonly taxPointOn: PlainDate | null;
  readonly accountingOn: PlainDate | null;
  readonly dueOn: PlainDate | null;
  readonly currency: CurrencyCode;
  readonly billsOn: PlainDate;
  readonly billingMonth: PlainMonth;
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly grossTotal: string;
  readonly poNumber: string | null;
  readonly memo: string | null;
  readonly parties: Parties | null;
  readonly staleReasons: readonly StaleReason[];
  readonly staleSince: Date | null;
  readonly blockers: readonly Blocker[];
  readonly contentHash: string;
  readonly calculatedAt: Date;
  readonly sentAt: Date | null;
  readonly paymentStatus: PaymentStatus;
  /** what payments, credit notes and write-offs settled, with the sign of the gross total */
  readonly settledTotal: string;
  readonly disputedAt: Date | null;
  readonly disputeReason: string | null;
  /** the day by which the customer promised to pay */
  readonly promisedOn: PlainDate | null;
  readonly internalNote: string | null;
  /** when the customer first looked at it */
  readonly viewedAt: Date | null;
  readonly voidedAt: Date | null;
  readonly voidReason: string | null;
  /** of all that the draft was calculated from; null: not known, so that it is calculated */
  readonly inputFingerprint: string | null;
  /** of an issued invoice in another currency than the base one: its rate, for good, and amounts at it */
  readonly fxRate: string | null;
  readonly fxRateOn: PlainDate | null;
  readonly fxSource: string | null;
  readonly netInBase: string | null;
  readonly taxInBase: string | null;
  readonly version: number;
};

/** Whose address, tax status, contacts, language and payment terms a document has. */
export const billedCustomerId = ({ customerId, billToCustomerId }: Pick<Invoice, "customerId" | "billToCustomerId">) =>
  billToCustomerId ?? customerId;

export type InvoiceLine = {
  readonly id: string;
  readonly invoiceId: string;
  readonly ordinal: number;
  readonly origin: "engine" | "manual";
  readonly kind: LineKind;
  readonly adjusts: OriginalLineKind | null;
  readonly billingKey: string;
  readonly chargeId: string | null;
  readonly productId: string;
  readonly lineageId: string | null;
  readonly boundId: string | null;
  readonly description: string;
  readonly timing: BillingTiming;
  readonly isOneTime: boolean;
  readonly fullStartsOn: PlainDate;
  readonly fullEndsBefore: PlainDate;
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly preciseAmount: string;
  /** charge − discount is the net; where they include tax, net + tax */
  readonly isTaxInclusive: boolean;
  readonly chargeAmount: string;
  readonly discountAmount: string;
  readonly netAmount: string;
  readonly taxCode: string;
  readonly taxPercent: string;
  readonly taxAmount: string;
  readonly taxNote: string | null;
  /** the contract that it bills; null on what people add, and on invoices without a contract */
  readonly contractId: string | null;
  /** why people added or changed it */
  readonly reason: string | null;
  /** what the engine came to, where people set another amount */
  readonly engineAmount: string | null;
  /** on a credit note: the line that it takes back */
  readonly correctsLineId: string | null;
  /** of a credit line: what pays */
  readonly creditGrantId: string | null;
  readonly explanation: Explanation;
  /** what comparisons need of it; written with the line, and read by them alone */
  readonly driverFacts?: DriverFacts | null;
};

/** PO number and memo of an amended copy; the invoice stays as it was issued. */
export type InvoiceAmendment = {
  readonly invoiceId: string;
  /** from 1 */
  readonly ordinal: number;
  readonly poNumber: string | null;
  readonly memo: string | null;
  readonly reason: string;
  readonly amendedOn: PlainDate;
  readonly amendedBy: string;
  readonly amendedAt: Date;
};

/** Seller and customer as printed on the issued document. */
export type Parties = {
  readonly seller: {
    readonly legalName: string;
    readonly addressLines: readonly string[];
    readonly country: string;
    readonly taxNumber: string | null;
    readonly bankDetails: readonly string[];
    readonly brandColor: string;
    readonly mailFrom: string;
  };
  readonly customer: {
    readonly legalName: string;
    readonly addressLines: readonly string[];
    readonly country: string | null;
    readonly taxId: string | null;
    readonly contactName: string | null;
    readonly language: string;
  };
};
