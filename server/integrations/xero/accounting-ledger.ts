import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";

/** Who owes. */
export type LedgerParty = {
  readonly id: string;
  readonly legalName: string;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly addressLines: readonly string[];
  readonly country: string | null;
  readonly taxId: string | null;
  /** of the ledger's contact; null where the ledger knows people by name */
  readonly contactId: string | null;
};

/** An amount of a document. All amounts of credit notes are below zero, as on the document. */
export type LedgerLine = {
  readonly description: string;
  readonly productCode: string;
  readonly quantity: Decimal | null;
  readonly unitPrice: Decimal | null;
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly netInBase: Decimal;
  readonly taxInBase: Decimal;
  readonly revenueAccount: string;
  readonly taxCode: string;
  readonly taxPercent: Decimal;
  /** what the ledger calls the tax code */
  readonly taxType: string;
  readonly taxAccount: string | null;
  readonly tracking: readonly { readonly category: string; readonly option: string }[];
};

/** An issued document as a ledger takes it in. The lines add up to its totals, in both currencies. */
export type LedgerDocument = {
  readonly id: string;
  readonly kind: "invoice" | "credit_note";
  readonly number: string;
  /** the customer's purchase order */
  readonly reference: string | null;
  readonly issuedOn: PlainDate;
  /** null: nothing falls due on a credit note */
  readonly dueOn: PlainDate | null;
  readonly accountingOn: PlainDate;
  readonly currency: CurrencyCode;
  readonly baseCurrency: CurrencyCode;
  /** units of the base currency for one of the document's; null: it is the same */
  readonly rate: Decimal | null;
  readonly customer: LedgerParty;
  readonly receivableAccount: string | null;
  readonly lines: readonly LedgerLine[];
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly gross: Decimal;
};

/**
 * What became of something asked of a ledger. `temporary` is worth another try; `mayHaveHappened` is true where no answer
 * rules it out. `denied`: the connection is no longer allowed. `permanent`: not before somebody changes something.
 * `reason` is for people and holds no secrets.
 */
export type Outcome<T> = { readonly outcome: "done"; readonly value: T } | Undone;

export type Undone =
  | {
      readonly outcome: "temporary";
      readonly reason: string;
      readonly retryAfterSeconds: number | null;
      readonly mayHaveHappened: boolean;
      /** the ledger asks us to slow down */
      readonly isLimit?: boolean;
    }
  | { readonly outcome: "denied"; readonly reason: string }
  | { readonly outcome: "permanent"; readonly reason: string };

/** A document as the ledger has it. Amounts are above zero on credit notes too. */
export type RemoteDocument = {
  readonly externalId: string;
  readonly kind: "invoice" | "credit_note";
  readonly number: string;
  readonly status: "draft" | "authorised" | "paid" | "voided";
  readonly currency: string;
  readonly total: Decimal;
  /** what is still to be paid; of a credit note what is left to use */
  readonly due: Decimal;
  readonly updatedAt: Date | null;
};

export type Posted =
  | { readonly outcome: "done"; readonly value: RemoteDocument }
  | { readonly outcome: "permanent"; readonly reason: string };

/**
 * Where issued documents are put down: a file, or books that somebody else keeps. `post` takes documents of one kind; they
 * fare one by one, in the order given. A key stands for one request: sent twice it happens once.
 */
export type AccountingLedger = {
  post(documents: readonly LedgerDocument[], key: string): Promise<Outcome<readonly Posted[]>>;
};

export type RemoteContact = {
  readonly externalId: string;
  readonly name: string;
  readonly contactNumber: string | null;
  readonly accountNumber: string | null;
};

export type RemotePayment = {
  readonly externalId: string;
  readonly isDeleted: boolean;
  readonly invoiceExternalId: string;
  readonly amount: Decimal;
  readonly paidOn: PlainDate;
  readonly reference: string | null;
  readonly updatedAt: Date | null;
};

/** What the books can hold, as last read. */
export type LedgerFacts = {
  readonly baseCurrency: string;
  readonly currencies: readonly string[];
  readonly accounts: readonly string[];
  readonly taxTypes: readonly string[];
  /** the last day on which nothing can be posted any more; null: none */
  readonly lockedThrough: PlainDate | null;
};

export type LedgerChange<T> = { readonly items: readonly T[]; readonly hasMore: boolean };

/** Books that answer. Each call is one request to them. */
export type AccountingSystem = AccountingLedger & {
  organisation(): Promise<Outcome<Pick<LedgerFacts, "baseCurrency" | "lockedThrough">>>;
  currencies(): Promise<Outcome<readonly string[]>>;
  accounts(): Promise<Outcome<readonly string[]>>;
  taxTypes(): Promise<Outcome<readonly string[]>>;
  /** All contacts that any of these parties could be: by number, account number or exact name. */
  findContacts(parties: readonly LedgerParty[]): Promise<Outcome<readonly RemoteContact[]>>;
  /** In the order given. */
  createContacts(
    parties: readonly LedgerParty[],
    key: string,
  ): Promise<
    Outcome<
      readonly (
        | { readonly outcome: "done"; readonly value: RemoteContact }
        | { readonly outcome: "permanent"; readonly reason: string }
      )[]
    >
  >;
  /** Those that exist, by their numbers. */
  find(kind: LedgerDocument["kind"], numbers: readonly string[]): Promise<Outcome<readonly RemoteDocument[]>>;
  /** Done also where it is voided already. */
  void(kind: LedgerDocument["kind"], externalId: string, key: string): Promise<Outcome<null>>;
  /** Uses a credit note up on an invoice. */
  allocate(
    creditNoteId: string,
    invoiceId: string,
    amount: Decimal,
    on: PlainDate,
    key: string,
  ): Promise<Outcome<null>>;
  /** Documents that changed since; pages count from 1. */
  changed(
    kind: LedgerDocument["kind"],
    since: Date | null,
    page: number,
  ): Promise<Outcome<LedgerChange<RemoteDocument>>>;
  /** Customers' payments that changed since, deleted ones included. */
  payments(since: Date | null, page: number): Promise<Outcome<LedgerChange<RemotePayment>>>;
};
