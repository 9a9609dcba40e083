/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** An amount between two, both included. */
export type AmountFilterInput = {
  /** ISO 4217 code: only invoices in it. Left out, the figures are compared whatever the currency; say other bounds for other currencies with or. */
  readonly currency?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly through?: string | null | undefined;
};

export type CancelOperationInput = {
  readonly idempotencyKey: string;
  readonly operationId: string | number;
};

/** A custom field of the customer. All that is said holds of one value: of the field's, or of one in its list, as tags are kept. The key alone asks whether it is there. */
export type CustomFieldFilterInput = {
  /** A text such as 2026-10-31, from this day on. */
  readonly dayFrom?: string | null | undefined;
  readonly dayThrough?: string | null | undefined;
  /** As text: numbers as "12.5", truth as "true". */
  readonly equals?: string | null | undefined;
  /** null in the field counts as not there. */
  readonly exists?: boolean | null | undefined;
  /** One of these; up to 1000. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** The name of the field. */
  readonly key: string;
  /** A number, or a text that reads as one, from here on. */
  readonly numberFrom?: string | null | undefined;
  readonly numberThrough?: string | null | undefined;
};

/** Either equals, or from and through, or relative. */
export type DayFilterInput = {
  /** Of those with an N, up to 3,660. */
  readonly days?: number | null | undefined;
  readonly equals?: string | null | undefined;
  /** With this day. */
  readonly from?: string | null | undefined;
  readonly relative?: RelativeDays | null | undefined;
  /** With this day. */
  readonly through?: string | null | undefined;
};

/** What a mail to a customer is for. */
export type DeliveryPurpose =
  /** The first sending of an invoice or credit note, which makes it SENT. */
  | 'INVOICE'
  /** Of several invoices that are overdue. */
  | 'REMINDER'
  /** The same once more, for a reason. */
  | 'RESEND'
  /** To whoever tried it out; it does not count as sent. */
  | 'TEST';

/** What became of a mail at one address. */
export type DeliveryRecipientStatus =
  /** Our mail server took it; whether it is read, nobody knows. */
  | 'ACCEPTED'
  /** It came back. */
  | 'BOUNCED'
  /** It was not sent there, because mails to the address came back before. */
  | 'LEFT_OUT'
  /** It was not sent so far. */
  | 'PENDING'
  /** Our mail server did not take it for this address. */
  | 'REFUSED';

/** Where a mail to a customer stands. */
export type DeliveryStatus =
  /** The mail server did not take it so far; it is tried again by itself. */
  | 'DEFERRED'
  /** It was not sent, and is not tried again by itself. */
  | 'FAILED'
  /** Waits for its turn. */
  | 'QUEUED'
  /** Is handed to the mail server just now. */
  | 'SENDING'
  /** The mail server took it, for at least one recipient. */
  | 'SENT'
  /** It was handed over without an answer. It is not sent again by itself: find out whether it arrived, then say so with resolveDelivery. */
  | 'UNCERTAIN';

/** What a document asks for. */
export type DocumentKind =
  /** Takes an issued invoice back, in full or in part; its amounts are below zero. */
  | 'CREDIT_NOTE'
  /** To be paid. */
  | 'INVOICE';

export type FinalizeInvoicesInput = {
  readonly idempotencyKey: string;
  readonly selection: InvoiceSelectionInput;
};

/** What the cells of a column are. */
export type GridColumnType =
  | 'BOOLEAN'
  | 'DATE'
  | 'DECIMAL'
  /** Names separated by ", "; null for none. */
  | 'FLAGS'
  /** A decimal string with the minor units of the row's currency. */
  | 'MONEY'
  /** "7.5" means 7.5 %. */
  | 'PERCENT'
  | 'TEXT';

/** What a month is compared with. */
export type GridComparison =
  /** The mean of the three billing months before. */
  | 'MEAN_OF_THREE_MONTHS'
  | 'NONE'
  /** The previous billing month of the same customer and currency: what was issued, drafts only where nothing was. */
  | 'PREVIOUS_MONTH'
  /** The billing month twelve months before, read in the same way. */
  | 'SAME_MONTH_LAST_YEAR';

/** What keeps a draft from being finalized until somebody mends it. */
export type InvoiceBlocker =
  | 'BUYER_TAX_ID_MISSING'
  /** No exchange rate to the base currency is young enough. Set one, then recalculate. */
  | 'EXCHANGE_RATE_MISSING'
  | 'NEGATIVE_TOTAL'
  /** The purchase order that it names is used up, or is in another currency. */
  | 'PO_EXCEEDED'
  /** The purchase order that it names does not hold today. */
  | 'PO_EXPIRED'
  | 'PO_NUMBER_MISSING'
  | 'TAX_RATE_MISSING';

/** Which invoices. All that is said must hold; what is left out, null or empty does not narrow. and, or and not join further filters, up to 5 deep and 100 conditions in all. */
export type InvoiceFilterInput = {
  /** All of these hold as well. */
  readonly and?: ReadonlyArray<InvoiceFilterInput> | null | undefined;
  readonly billingMonth?: MonthFilterInput | null | undefined;
  /** The planned day of issue. */
  readonly billsOn?: DayFilterInput | null | undefined;
  /** Blocked by one of these. */
  readonly blockers?: ReadonlyArray<InvoiceBlocker> | null | undefined;
  /** Contracts, whose billing schedules they bill. One of these; up to 1000. */
  readonly contractIds?: ReadonlyArray<string | number> | null | undefined;
  /** ISO 4217 codes. */
  readonly currencies?: ReadonlyArray<string> | null | undefined;
  /** All of them hold. */
  readonly customFields?: ReadonlyArray<CustomFieldFilterInput> | null | undefined;
  /** One of these; up to 1000. */
  readonly customerIds?: ReadonlyArray<string | number> | null | undefined;
  /** Looked for in the customer's name, in any case. */
  readonly customerName?: string | null | undefined;
  readonly documentKind?: ReadonlyArray<DocumentKind> | null | undefined;
  /** What is still to be paid; zero for what is not issued, or voided. */
  readonly due?: AmountFilterInput | null | undefined;
  readonly dueOn?: DayFilterInput | null | undefined;
  /** Has a flag other than STALE. Flags are computed by comparing a month, so that views and grids alone answer it, and it stands beside the other conditions, not inside or. */
  readonly flagged?: boolean | null | undefined;
  /** With tax, as on the document. */
  readonly gross?: AmountFilterInput | null | undefined;
  /** The last mail with it failed. */
  readonly hasFailedMail?: boolean | null | undefined;
  /** Something keeps it from being finalized. */
  readonly isBlocked?: boolean | null | undefined;
  readonly isDisputed?: boolean | null | undefined;
  /** An issued invoice, not all paid or written off, whose day to pay has passed. */
  readonly isOverdue?: boolean | null | undefined;
  /** The customer promised to pay by a day. */
  readonly isPromised?: boolean | null | undefined;
  /** Was mailed, whatever became of it since. */
  readonly isSent?: boolean | null | undefined;
  /** Its present change was signed off. Answered by the comparison, as flagged is. */
  readonly isSignedOff?: boolean | null | undefined;
  readonly isStale?: boolean | null | undefined;
  readonly issuedOn?: DayFilterInput | null | undefined;
  /** The short form of billingMonth.equals. */
  readonly month?: string | null | undefined;
  /** Before tax, as on the document. */
  readonly net?: AmountFilterInput | null | undefined;
  /** This does not hold. */
  readonly not?: InvoiceFilterInput | null | undefined;
  readonly number?: NumberFilterInput | null | undefined;
  /** One of these holds as well. */
  readonly or?: ReadonlyArray<InvoiceFilterInput> | null | undefined;
  readonly origin?: ReadonlyArray<InvoiceOrigin> | null | undefined;
  readonly paymentStatus?: ReadonlyArray<PaymentStatus> | null | undefined;
  readonly poNumber?: TextFilterInput | null | undefined;
  /** A line bills one of them; up to 1000. */
  readonly productIds?: ReadonlyArray<string | number> | null | undefined;
  /** Looked for in number and customer name, in any case; up to 200 characters. Narrow it by month: it is looked for row by row. */
  readonly search?: string | null | undefined;
  /** A day of service lies in it. */
  readonly servedOn?: DayFilterInput | null | undefined;
  /** Stale for one of these. */
  readonly staleReasons?: ReadonlyArray<StaleReason> | null | undefined;
  readonly status?: ReadonlyArray<InvoiceStatus> | null | undefined;
};

export type InvoiceGridInput = {
  /** The endCursor of the answer before. */
  readonly after?: string | null | undefined;
  /** Left out: the view's own; without a view none. */
  readonly comparison?: GridComparison | null | undefined;
  /** How many rows at the most, 1 to 10000. */
  readonly first?: number;
  /** Compares amounts with tax; tax is a driver then. */
  readonly isGross?: boolean;
  /** Compares in the base currency; FX is a driver then. A row whose rate is missing stays as it is. */
  readonly isInBase?: boolean;
  /** Billing month. */
  readonly month: string;
  /** Left out: all invoices of the month. */
  readonly viewId?: string | number | null | undefined;
};

/** What a line bills. */
export type InvoiceLineKind =
  /** The difference between what was billed for an earlier period and what it should be. */
  | 'ADJUSTMENT'
  /** What is above a maximum, taken back. */
  | 'CAP'
  /** A price over an unbroken piece of service. */
  | 'CHARGE'
  /** What prepaid credits pay of a line, below zero; what comes back to them, above zero. */
  | 'CREDIT'
  /** A discount that comes off after the minimum. */
  | 'DISCOUNT'
  /** Seats beyond those billed in advance. */
  | 'OVERAGE'
  /** What is missing to a minimum. */
  | 'TRUE_UP';

/** Who made a line; a recalculation replaces the engine's alone. */
export type InvoiceLineOrigin =
  | 'ENGINE'
  | 'MANUAL';

/** Who writes the lines of an invoice. */
export type InvoiceOrigin =
  /** People write all of it; it is of no contract. */
  | 'ONE_OFF'
  /** Contracts bill it; people may add to it. */
  | 'SCHEDULE';

/** Either invoiceIds, or viewId with month, or filter. */
export type InvoiceSelectionInput = {
  /** All that it selects, by customer and day; with month: of that month alone. Not for flagged and isSignedOff. */
  readonly filter?: InvoiceFilterInput | null | undefined;
  /** Up to 100,000, in the order of the work. */
  readonly invoiceIds?: ReadonlyArray<string | number> | null | undefined;
  /** Billing month. */
  readonly month?: string | null | undefined;
  /** Exactly the invoices that this view shows in the month, in its order. */
  readonly viewId?: string | number | null | undefined;
};

/** The life of an invoice. */
export type InvoiceStatus =
  /** Calculated, and calculated anew until it is finalized. */
  | 'DRAFT'
  /** Issued: number, parties, days, lines and amounts never change. */
  | 'FINALIZED'
  /** Its service still runs: totals so far. */
  | 'IN_PROGRESS'
  /** Issued and mailed. */
  | 'SENT'
  /** Issued, then withdrawn before anybody saw it; the number stays. */
  | 'VOIDED';

/** Either equals, or from and through, or relative. */
export type MonthFilterInput = {
  readonly equals?: string | null | undefined;
  /** With this month. */
  readonly from?: string | null | undefined;
  /** Of MONTHS_AGO and LAST_N_MONTHS, up to 120. */
  readonly months?: number | null | undefined;
  readonly relative?: RelativeMonths | null | undefined;
  /** With this month. */
  readonly through?: string | null | undefined;
};

/** Document numbers; capitals count. */
export type NumberFilterInput = {
  /** By the order of characters, in which the numbers of a series follow each other. */
  readonly from?: string | null | undefined;
  /** How it begins, such as "INV-2026-". */
  readonly prefix?: string | null | undefined;
  /** With this number. */
  readonly through?: string | null | undefined;
};

/** How one subject of an operation fared. */
export type OperationItemStatus =
  | 'FAILED'
  | 'PENDING'
  /** There was nothing to do, such as an invoice that is sent already; code and message say why. */
  | 'SKIPPED'
  | 'SUCCEEDED';

/** What an operation does to each of its subjects. */
export type OperationKind =
  /** Drafts what has fallen due; its subjects are contracts, those of all others invoices. */
  | 'DRAFT'
  /** Issues drafts: number, days and PDF, for good. */
  | 'FINALIZE'
  /** Calculates drafts anew. */
  | 'RECALCULATE'
  /** Reminds customers of what is overdue, one mail each. */
  | 'REMIND'
  /** Mails issued invoices. */
  | 'SEND'
  /** Brings issued documents into the connected books, and voids there what is void here. */
  | 'SYNC'
  /** Withdraws issued invoices that nobody has seen. */
  | 'VOID';

/** Where an operation stands. */
export type OperationStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'QUEUED'
  | 'RUNNING';

/** Whether an organization is for real. */
export type OrganizationMode =
  | 'LIVE'
  /** Has a test clock; no mail and no synchronization leaves it. */
  | 'SANDBOX';

/** How far an issued invoice is settled; of a credit note, how far it is used. */
export type PaymentStatus =
  /** By payments, credit notes and small differences given up; at once where it asks for nothing. */
  | 'PAID'
  | 'PARTIALLY_PAID'
  /** What was left was written off as a bad debt. */
  | 'UNCOLLECTIBLE'
  | 'UNPAID';

export type RecalculateInvoicesInput = {
  readonly idempotencyKey: string;
  readonly selection: InvoiceSelectionInput;
};

/** Days seen from the organization's today. */
export type RelativeDays =
  | 'AFTER_TODAY'
  | 'BEFORE_TODAY'
  | 'LAST_MONTH'
  /** That many days up to and with today. */
  | 'LAST_N_DAYS'
  /** Before the day that many days ago. */
  | 'MORE_THAN_N_DAYS_AGO'
  /** Today and that many days after it. */
  | 'NEXT_N_DAYS'
  | 'THIS_MONTH'
  | 'TODAY'
  | 'YEAR_TO_DATE';

/** Billing months seen from the organization's today, so that a saved view need not be changed each month. */
export type RelativeMonths =
  | 'LAST_MONTH'
  /** That many whole months up to and with the last one. */
  | 'LAST_N_MONTHS'
  /** The one month that many months before this one; 0 is this one. */
  | 'MONTHS_AGO'
  | 'THIS_MONTH'
  /** January through this month. */
  | 'YEAR_TO_DATE';

/** What a member or an API key may do. Everybody may read. */
export type Role =
  /** Everything, and decides who may do what. */
  | 'ADMIN'
  /** Only reads. */
  | 'ANALYST'
  /** Everything but administration. */
  | 'FINANCE'
  /** Customers, catalog, contracts and usage. May not bill. */
  | 'INTEGRATION'
  /** Customers. May not activate contracts or bill. */
  | 'SALES';

export type SendInvoicesInput = {
  readonly idempotencyKey: string;
  readonly selection: InvoiceSelectionInput;
};

/** Email and password. */
export type SignInInput = {
  /** In any case. */
  readonly email: string;
  /** Needed by members of several organizations. */
  readonly organizationId?: string | number | null | undefined;
  /** Exactly as it was set. */
  readonly password: string;
};

/** Which input of a draft changed since it was calculated. */
export type StaleReason =
  /** An alias was mapped or ended, so usage moved to or from the customer. */
  | 'ALIAS'
  | 'CONTRACT'
  /** Credits that the draft draws on are gone, or there are others that it may draw on. */
  | 'CREDITS'
  /** A credit note corrected what is billed, so that it may be billed anew. */
  | 'CREDIT_NOTE'
  | 'CUSTOMER'
  /** A rate was set that the draft waited for. */
  | 'EXCHANGE_RATE'
  | 'PRICE'
  | 'TAX'
  /** Usage arrived for days that the draft serves, or late for days that are billed. */
  | 'USAGE';

/** A text; capitals count. */
export type TextFilterInput = {
  readonly equals?: string | null | undefined;
  /** Whether there is one. */
  readonly exists?: boolean | null | undefined;
  /** How it begins. */
  readonly prefix?: string | null | undefined;
};

/** A person or a machine. */
export type ViewerKind =
  | 'API_KEY'
  | 'MEMBER';

export type InvoiceGridQueryVariables = Exact<{
  input: InvoiceGridInput;
}>;


export type InvoiceGridQuery = { readonly invoiceGrid: { readonly month: string, readonly baselineMonth: string | null, readonly pulledAt: string, readonly filterText: string, readonly flagged: number, readonly stale: number, readonly hasMore: boolean, readonly endCursor: string | null, readonly view: { readonly id: string, readonly name: string } | null, readonly columns: ReadonlyArray<{ readonly key: string, readonly title: string, readonly type: GridColumnType, readonly format: string | null, readonly editable: boolean, readonly description: string | null }>, readonly rows: ReadonlyArray<{ readonly id: string, readonly invoiceId: string | null, readonly version: number | null, readonly cells: ReadonlyArray<string | boolean | null> }>, readonly totals: ReadonlyArray<{ readonly currency: string, readonly count: number, readonly previous: string, readonly current: string, readonly change: string, readonly changePercent: string | null, readonly flagged: number, readonly stale: number }> } };

export type InvoiceDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type InvoiceDetailQuery = { readonly invoice: { readonly id: string, readonly number: string | null, readonly status: InvoiceStatus, readonly currency: string, readonly billingMonth: string, readonly dueOn: string | null, readonly poNumber: string | null, readonly isStale: boolean, readonly staleReasons: ReadonlyArray<StaleReason>, readonly customer: { readonly id: string, readonly legalName: string }, readonly servicePeriod: { readonly startsOn: string, readonly lastDay: string }, readonly net: { readonly amount: string, readonly currency: string }, readonly tax: { readonly amount: string, readonly currency: string }, readonly gross: { readonly amount: string, readonly currency: string }, readonly lines: ReadonlyArray<{ readonly id: string, readonly kind: InvoiceLineKind, readonly origin: InvoiceLineOrigin, readonly description: string, readonly quantity: string | null, readonly unitPrice: string | null, readonly explanationText: ReadonlyArray<string>, readonly servicePeriod: { readonly startsOn: string, readonly lastDay: string }, readonly discount: { readonly amount: string, readonly currency: string }, readonly net: { readonly amount: string, readonly currency: string } }>, readonly deliveries: ReadonlyArray<{ readonly purpose: DeliveryPurpose, readonly status: DeliveryStatus, readonly failure: string | null, readonly sentAt: string | null, readonly recipients: ReadonlyArray<{ readonly email: string, readonly status: DeliveryRecipientStatus }> }> } | null };

export type OperationFactsFragment = { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null };

type UserErrorFacts_AboveCreditable_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_Conflict_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_IdempotencyKeyReused_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_InvalidInput_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_NotFound_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_QuoteEditConflict_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_SignInRefused_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_StaleVersion_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

export type UserErrorFactsFragment =
  | UserErrorFacts_AboveCreditable_Fragment
  | UserErrorFacts_Conflict_Fragment
  | UserErrorFacts_IdempotencyKeyReused_Fragment
  | UserErrorFacts_InvalidInput_Fragment
  | UserErrorFacts_NotFound_Fragment
  | UserErrorFacts_QuoteEditConflict_Fragment
  | UserErrorFacts_SignInRefused_Fragment
  | UserErrorFacts_StaleVersion_Fragment
;

export type OperationQueryVariables = Exact<{
  id: string | number;
}>;


export type OperationQuery = { readonly operation: { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null } | null };

export type RecentOperationsQueryVariables = Exact<{
  first: number;
}>;


export type RecentOperationsQuery = { readonly operations: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null }> } };

export type OperationItemsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type OperationItemsQuery = { readonly operation: { readonly id: string, readonly items: { readonly nodes: ReadonlyArray<{ readonly ordinal: number, readonly subjectId: string, readonly status: OperationItemStatus, readonly code: string | null, readonly message: string | null, readonly invoice: { readonly number: string | null, readonly customer: { readonly legalName: string } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type OperationProgressSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type OperationProgressSubscription = { readonly operationProgress: { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null } };

export type RecalculateInvoicesMutationVariables = Exact<{
  input: RecalculateInvoicesInput;
}>;


export type RecalculateInvoicesMutation = { readonly recalculateInvoices:
    | { readonly __typename: 'Conflict', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'IdempotencyKeyReused', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'InvalidInput', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'NotFound', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'RecalculateInvoicesSuccess', readonly operation: { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null } }
    | { readonly __typename: 'StaleVersion', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
   };

export type FinalizeInvoicesMutationVariables = Exact<{
  input: FinalizeInvoicesInput;
}>;


export type FinalizeInvoicesMutation = { readonly finalizeInvoices:
    | { readonly __typename: 'Conflict', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'FinalizeInvoicesSuccess', readonly operation: { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null } }
    | { readonly __typename: 'IdempotencyKeyReused', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'InvalidInput', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'NotFound', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'StaleVersion', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
   };

export type SendInvoicesMutationVariables = Exact<{
  input: SendInvoicesInput;
}>;


export type SendInvoicesMutation = { readonly sendInvoices:
    | { readonly __typename: 'Conflict', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'IdempotencyKeyReused', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'InvalidInput', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'NotFound', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'SendInvoicesSuccess', readonly operation: { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null } }
    | { readonly __typename: 'StaleVersion', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
   };

export type CancelOperationMutationVariables = Exact<{
  input: CancelOperationInput;
}>;


export type CancelOperationMutation = { readonly cancelOperation:
    | { readonly __typename: 'CancelOperationSuccess', readonly operation: { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null } }
    | { readonly __typename: 'Conflict', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'IdempotencyKeyReused', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'InvalidInput', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'NotFound', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
    | { readonly __typename: 'StaleVersion', readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }
   };

export type SavedViewsQueryVariables = Exact<{
  month: string;
}>;


export type SavedViewsQuery = { readonly savedViews: ReadonlyArray<{ readonly id: string, readonly name: string, readonly isShared: boolean, readonly ownedByMe: boolean, readonly filterText: string, readonly summary: { readonly count: number, readonly staleCount: number, readonly totals: ReadonlyArray<{ readonly currency: string, readonly previous: string, readonly current: string }> } }> };

export type ViewerFactsFragment = { readonly kind: ViewerKind, readonly id: string, readonly name: string, readonly email: string | null, readonly role: Role, readonly expiresAt: string | null, readonly organization: { readonly id: string, readonly legalName: string, readonly baseCurrency: string, readonly timeZone: string, readonly mode: OrganizationMode, readonly today: string, readonly now: string } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly kind: ViewerKind, readonly id: string, readonly name: string, readonly email: string | null, readonly role: Role, readonly expiresAt: string | null, readonly organization: { readonly id: string, readonly legalName: string, readonly baseCurrency: string, readonly timeZone: string, readonly mode: OrganizationMode, readonly today: string, readonly now: string } } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn:
    | { readonly __typename: 'SignInRefused', readonly code: string, readonly message: string, readonly organizations: ReadonlyArray<{ readonly id: string, readonly legalName: string, readonly mode: OrganizationMode }> }
    | { readonly __typename: 'SignInSuccess', readonly token: string, readonly expiresAt: string, readonly viewer: { readonly kind: ViewerKind, readonly id: string, readonly name: string, readonly email: string | null, readonly role: Role, readonly expiresAt: string | null, readonly organization: { readonly id: string, readonly legalName: string, readonly baseCurrency: string, readonly timeZone: string, readonly mode: OrganizationMode, readonly today: string, readonly now: string } } }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { readonly signOut: { readonly signedOut: boolean } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const OperationFactsFragmentDoc = new TypedDocumentString(`
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}
    `, {"fragmentName":"OperationFacts"}) as unknown as TypedDocumentString<OperationFactsFragment, unknown>;
export const UserErrorFactsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorFacts on UserError {
  code
  message
  path
}
    `, {"fragmentName":"UserErrorFacts"}) as unknown as TypedDocumentString<UserErrorFactsFragment, unknown>;
export const ViewerFactsFragmentDoc = new TypedDocumentString(`
    fragment ViewerFacts on Viewer {
  kind
  id
  name
  email
  role
  expiresAt
  organization {
    id
    legalName
    baseCurrency
    timeZone
    mode
    today
    now
  }
}
    `, {"fragmentName":"ViewerFacts"}) as unknown as TypedDocumentString<ViewerFactsFragment, unknown>;
export const InvoiceGridDocument = new TypedDocumentString(`
    query InvoiceGrid($input: InvoiceGridInput!) {
  invoiceGrid(input: $input) {
    month
    baselineMonth
    pulledAt
    view {
      id
      name
    }
    filterText
    columns {
      key
      title
      type
      format
      editable
      description
    }
    rows {
      id
      invoiceId
      version
      cells
    }
    totals {
      currency
      count
      previous
      current
      change
      changePercent
      flagged
      stale
    }
    flagged
    stale
    hasMore
    endCursor
  }
}
    `) as unknown as TypedDocumentString<InvoiceGridQuery, InvoiceGridQueryVariables>;
export const InvoiceDetailDocument = new TypedDocumentString(`
    query InvoiceDetail($id: ID!) {
  invoice(id: $id) {
    id
    number
    status
    customer {
      id
      legalName
    }
    currency
    billingMonth
    servicePeriod {
      startsOn
      lastDay
    }
    dueOn
    poNumber
    net {
      amount
      currency
    }
    tax {
      amount
      currency
    }
    gross {
      amount
      currency
    }
    isStale
    staleReasons
    lines {
      id
      kind
      origin
      description
      servicePeriod {
        startsOn
        lastDay
      }
      quantity
      unitPrice
      discount {
        amount
        currency
      }
      net {
        amount
        currency
      }
      explanationText
    }
    deliveries {
      purpose
      status
      failure
      sentAt
      recipients {
        email
        status
      }
    }
  }
}
    `) as unknown as TypedDocumentString<InvoiceDetailQuery, InvoiceDetailQueryVariables>;
export const OperationDocument = new TypedDocumentString(`
    query Operation($id: ID!) {
  operation(id: $id) {
    ...OperationFacts
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<OperationQuery, OperationQueryVariables>;
export const RecentOperationsDocument = new TypedDocumentString(`
    query RecentOperations($first: Int!) {
  operations(first: $first) {
    nodes {
      ...OperationFacts
    }
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<RecentOperationsQuery, RecentOperationsQueryVariables>;
export const OperationItemsDocument = new TypedDocumentString(`
    query OperationItems($id: ID!, $first: Int!, $after: String) {
  operation(id: $id) {
    id
    items(first: $first, after: $after) {
      nodes {
        ordinal
        subjectId
        status
        code
        message
        invoice {
          number
          customer {
            legalName
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OperationItemsQuery, OperationItemsQueryVariables>;
export const OperationProgressDocument = new TypedDocumentString(`
    subscription OperationProgress($id: ID!) {
  operationProgress(id: $id) {
    ...OperationFacts
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<OperationProgressSubscription, OperationProgressSubscriptionVariables>;
export const RecalculateInvoicesDocument = new TypedDocumentString(`
    mutation RecalculateInvoices($input: RecalculateInvoicesInput!) {
  recalculateInvoices(input: $input) {
    __typename
    ... on RecalculateInvoicesSuccess {
      operation {
        ...OperationFacts
      }
    }
    ...UserErrorFacts
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}
fragment UserErrorFacts on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RecalculateInvoicesMutation, RecalculateInvoicesMutationVariables>;
export const FinalizeInvoicesDocument = new TypedDocumentString(`
    mutation FinalizeInvoices($input: FinalizeInvoicesInput!) {
  finalizeInvoices(input: $input) {
    __typename
    ... on FinalizeInvoicesSuccess {
      operation {
        ...OperationFacts
      }
    }
    ...UserErrorFacts
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}
fragment UserErrorFacts on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<FinalizeInvoicesMutation, FinalizeInvoicesMutationVariables>;
export const SendInvoicesDocument = new TypedDocumentString(`
    mutation SendInvoices($input: SendInvoicesInput!) {
  sendInvoices(input: $input) {
    __typename
    ... on SendInvoicesSuccess {
      operation {
        ...OperationFacts
      }
    }
    ...UserErrorFacts
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}
fragment UserErrorFacts on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<SendInvoicesMutation, SendInvoicesMutationVariables>;
export const CancelOperationDocument = new TypedDocumentString(`
    mutation CancelOperation($input: CancelOperationInput!) {
  cancelOperation(input: $input) {
    __typename
    ... on CancelOperationSuccess {
      operation {
        ...OperationFacts
      }
    }
    ...UserErrorFacts
  }
}
    fragment OperationFacts on Operation {
  id
  kind
  status
  total
  done
  succeeded
  skipped
  failed
  requestedBy
  createdAt
  finishedAt
}
fragment UserErrorFacts on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CancelOperationMutation, CancelOperationMutationVariables>;
export const SavedViewsDocument = new TypedDocumentString(`
    query SavedViews($month: PlainMonth!) {
  savedViews {
    id
    name
    isShared
    ownedByMe
    filterText
    summary(month: $month) {
      count
      staleCount
      totals {
        currency
        previous
        current
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SavedViewsQuery, SavedViewsQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...ViewerFacts
  }
}
    fragment ViewerFacts on Viewer {
  kind
  id
  name
  email
  role
  expiresAt
  organization {
    id
    legalName
    baseCurrency
    timeZone
    mode
    today
    now
  }
}`) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignInSuccess {
      token
      expiresAt
      viewer {
        ...ViewerFacts
      }
    }
    ... on SignInRefused {
      code
      message
      organizations {
        id
        legalName
        mode
      }
    }
  }
}
    fragment ViewerFacts on Viewer {
  kind
  id
  name
  email
  role
  expiresAt
  organization {
    id
    legalName
    baseCurrency
    timeZone
    mode
    today
    now
  }
}`) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  signOut {
    signedOut
  }
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;