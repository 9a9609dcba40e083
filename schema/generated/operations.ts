/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type CancelOperationInput = {
  readonly idempotencyKey: string;
  readonly operationId: string | number;
};

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
  | 'NONE'
  /** The previous billing month of the same customer and currency: what was issued, drafts only where nothing was. */
  | 'PREVIOUS_MONTH';

export type InvoiceGridInput = {
  /** The endCursor of the answer before. */
  readonly after?: string | null | undefined;
  /** Left out: the view's own; without a view none. */
  readonly comparison?: GridComparison | null | undefined;
  /** How many rows at the most, 1 to 10000. */
  readonly first?: number;
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

/** Either invoiceIds, or viewId with month. */
export type InvoiceSelectionInput = {
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

/** What became of a mail. */
export type MailStatus =
  | 'FAILED'
  | 'QUEUED'
  | 'SENT';

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
  /** Mails issued invoices. */
  | 'SEND';

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

export type RecalculateInvoicesInput = {
  readonly idempotencyKey: string;
  readonly selection: InvoiceSelectionInput;
};

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
  | 'CUSTOMER'
  /** A rate was set that the draft waited for. */
  | 'EXCHANGE_RATE'
  | 'PRICE'
  | 'TAX'
  /** Usage arrived for days that the draft serves, or late for days that are billed. */
  | 'USAGE';

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


export type InvoiceDetailQuery = { readonly invoice: { readonly id: string, readonly number: string | null, readonly status: InvoiceStatus, readonly currency: string, readonly billingMonth: string, readonly dueOn: string | null, readonly poNumber: string | null, readonly isStale: boolean, readonly staleReasons: ReadonlyArray<StaleReason>, readonly customer: { readonly id: string, readonly legalName: string }, readonly servicePeriod: { readonly startsOn: string, readonly lastDay: string }, readonly net: { readonly amount: string, readonly currency: string }, readonly tax: { readonly amount: string, readonly currency: string }, readonly gross: { readonly amount: string, readonly currency: string }, readonly lines: ReadonlyArray<{ readonly id: string, readonly kind: InvoiceLineKind, readonly origin: InvoiceLineOrigin, readonly description: string, readonly quantity: string | null, readonly unitPrice: string | null, readonly explanationText: ReadonlyArray<string>, readonly servicePeriod: { readonly startsOn: string, readonly lastDay: string }, readonly discount: { readonly amount: string, readonly currency: string }, readonly net: { readonly amount: string, readonly currency: string } }>, readonly mail: { readonly status: MailStatus, readonly recipients: ReadonlyArray<string>, readonly error: string | null, readonly sentAt: string | null } | null } | null };

export type OperationFactsFragment = { readonly id: string, readonly kind: OperationKind, readonly status: OperationStatus, readonly total: number, readonly done: number, readonly succeeded: number, readonly skipped: number, readonly failed: number, readonly requestedBy: string, readonly createdAt: string, readonly finishedAt: string | null };

type UserErrorFacts_Conflict_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_IdempotencyKeyReused_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_InvalidInput_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_NotFound_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_QuoteEditConflict_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_SignInRefused_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

type UserErrorFacts_StaleVersion_Fragment = { readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> };

export type UserErrorFactsFragment =
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
    mail {
      status
      recipients
      error
      sentAt
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