import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CreditKind } from "../../domain/invoice/prepaid-credits";
import type { CurrencyCode } from "../../domain/money/currency";

/** How much of what is left at the end goes on. Decimal text. */
export type Rollover = {
  readonly percent: string | null;
  readonly maximumAmount: string | null;
  readonly months: number;
};

/** What finance grants a customer; never changed afterwards. Amounts are decimal text, net of tax. */
export type GrantTerms = {
  readonly customerId: string;
  readonly kind: CreditKind;
  /** As it stands on invoices. */
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly amount: string;
  readonly startsOn: PlainDate;
  /** null: it does not end */
  readonly endsBefore: PlainDate | null;
  /**
   * The day on which what is left expires or rolls over: some days after the end, because invoices in arrears for its
   * last days come later. null where there is no end.
   */
  readonly lapsesOn: PlainDate | null;
  readonly priority: number;
  /** empty: it pays for everything */
  readonly productIds: readonly string[];
  readonly rollover: Rollover | null;
  readonly note: string | null;
};

export type CreditGrant = GrantTerms & {
  readonly id: string;
  /** the grant of which this is what rolled over */
  readonly rolledOverFromId: string | null;
  readonly createdAt: Date;
  /** what was granted, less what was used, expired or rolled over */
  readonly balance: string;
  /** the balance after all drafts, as they are now */
  readonly projectedBalance: string;
};

/** What changed a balance: above zero added, below zero taken. */
export type CreditEntryKind = "granted" | "consumed" | "returned" | "expired" | "rolled_over" | "voided";

export type CreditEntry = {
  readonly id: string;
  readonly grantId: string;
  readonly currency: CurrencyCode;
  readonly kind: CreditEntryKind;
  readonly amount: string;
  readonly effectiveOn: PlainDate;
  /** of what pays and what comes back: the invoice, and the billing key of its line */
  readonly invoiceId: string | null;
  readonly billingKey: string | null;
  readonly recordedAt: Date;
};

export type NewCreditEntry = Pick<
  CreditEntry,
  "grantId" | "kind" | "amount" | "effectiveOn" | "invoiceId" | "billingKey"
>;

/** Days after the end of a grant on which what is left of it lapses, unless said otherwise. */
export const GRACE_DAYS = 31;
