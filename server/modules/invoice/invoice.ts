import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Explanation } from "../../domain/invoice/explanation";
import type { LineKind, OriginalLineKind } from "../../domain/invoice/line";
import type { CurrencyCode } from "../../domain/money/currency";
import type { StaleReason } from "../../platform/draft-staleness.store";

export type InvoiceStatus = "draft" | "finalized" | "sent" | "voided";

/** A credit note takes an issued invoice back in full; its amounts are below zero, so that sums over documents are right. */
export type DocumentKind = "invoice" | "credit_note";

/** What keeps a draft from being finalized until somebody mends it. */
export type Blocker =
  | "tax_rate_missing"
  | "buyer_tax_id_missing"
  | "po_number_missing"
  | "negative_total"
  | "exchange_rate_missing";

/** Amounts and quantities are decimal text, exactly as the database keeps them. */
export type Invoice = {
  readonly id: string;
  readonly customerId: string;
  readonly contractId: string;
  readonly status: InvoiceStatus;
  readonly documentKind: DocumentKind;
  /** of a credit note: the invoice that it takes back */
  readonly correctsInvoiceId: string | null;
  /** of an invoice that is issued again: the one that was credited */
  readonly reissuesInvoiceId: string | null;
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
  /** of an issued invoice in another currency than the base one: its rate, for good, and amounts at it */
  readonly fxRate: string | null;
  readonly fxRateOn: PlainDate | null;
  readonly fxSource: string | null;
  readonly netInBase: string | null;
  readonly taxInBase: string | null;
  readonly version: number;
};

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
  /** of a credit line: what pays */
  readonly creditGrantId: string | null;
  readonly explanation: Explanation;
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
