import type { PlainDate } from "../../domain/calendar/plain-date";
import type { FileFormatName } from "../../integrations/file-export/file-format";
import type { LedgerDocument, LedgerFacts, RemoteDocument } from "../../integrations/xero/accounting-ledger";

/** Ledger accounts of what has none of its own. */
export type AccountingSettings = {
  readonly revenueAccount: string | null;
  readonly receivableAccount: string | null;
  readonly taxAccount: string | null;
  /** 0: never set */
  readonly version: number;
};

export type TaxCodeMapping = {
  readonly taxCode: string;
  readonly taxType: string;
  /** null: that of the settings */
  readonly taxAccount: string | null;
};

export type Tracking = { readonly productId: string | null; readonly category: string; readonly option: string };

/** What stands for what in the ledger. */
export type Mapping = {
  readonly settings: AccountingSettings;
  readonly taxCodes: ReadonlyMap<string, TaxCodeMapping>;
  readonly tracking: readonly Tracking[];
};

/** What keeps a document from the ledger, and what of ours it is about. */
export type LedgerProblem = {
  readonly code: string;
  readonly message: string;
  readonly subjectType: "product" | "tax_code" | "settings" | "currency" | "connection" | "invoice";
  /** a product's id, a tax code, a currency … */
  readonly subject: string;
};

export type PreparedDocument = { readonly document: LedgerDocument; readonly problems: readonly LedgerProblem[] };

export type LedgerState = "queued" | "synced" | "failed" | "void_queued" | "void_failed" | "voided";

/** An issued document and its copy in the ledger. */
export type LedgerEntry = {
  readonly invoiceId: string;
  readonly state: LedgerState;
  readonly externalId: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly tries: number;
  readonly isUncertain: boolean;
  readonly nextTryAt: Date;
  readonly queuedAt: Date;
  readonly syncedAt: Date | null;
  readonly allocation: "none" | "waiting" | "done" | "failed";
  readonly remoteNumber: string | null;
  readonly remoteStatus: RemoteDocument["status"] | null;
  readonly remoteCurrency: string | null;
  readonly remoteTotal: string | null;
  readonly remoteDue: string | null;
  readonly remoteReadAt: Date | null;
};

export type XeroConnectionState = "choosing_tenant" | "connected" | "needs_reconnect" | "disconnected";

/** The connection as people see it: no tokens. */
export type XeroConnection = {
  readonly state: XeroConnectionState;
  readonly message: string | null;
  readonly tenantId: string | null;
  readonly tenantName: string | null;
  readonly tenants: readonly { readonly id: string; readonly name: string }[];
  readonly facts: LedgerFacts | null;
  readonly factsReadAt: Date | null;
  readonly invoicesReadTo: Date | null;
  readonly creditNotesReadTo: Date | null;
  readonly paymentsReadTo: Date | null;
  readonly pulledAt: Date | null;
  readonly connectedBy: string | null;
  readonly connectedAt: Date | null;
};

export type AccountingExport = {
  readonly id: string;
  readonly format: FileFormatName;
  readonly month: string | null;
  readonly isRepeat: boolean;
  readonly documents: number;
  readonly totals: readonly ExportTotal[];
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** Of the documents of one currency, credit notes below zero. Decimal text. */
export type ExportTotal = {
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
};

export type LedgerPaymentState = "recorded" | "refused" | "reversed" | "ignored";

export type LedgerPayment = {
  readonly externalId: string;
  readonly invoiceId: string;
  readonly amount: string;
  readonly currency: string;
  readonly paidOn: PlainDate;
  readonly reference: string | null;
  readonly state: LedgerPaymentState;
  readonly paymentId: string | null;
  readonly message: string | null;
};

/** A payment as the books have it now. */
export type PaymentSeen = Pick<
  LedgerPayment,
  "externalId" | "invoiceId" | "amount" | "currency" | "paidOn" | "reference"
> & { readonly isDeleted: boolean };
