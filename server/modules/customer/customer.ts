import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";

export type TaxStatus = "taxed" | "exempt" | "reverse_charge";

/** Whether each contract has invoices of its own, or what falls due on a day for all of them goes on one. */
export type InvoiceGrouping = "per_contract" | "per_customer";

/** What finance may set. */
export type CustomerTerms = {
  readonly legalName: string;
  readonly addressLines: readonly string[];
  readonly country: string | null;
  readonly taxId: string | null;
  readonly taxStatus: TaxStatus;
  readonly currency: CurrencyCode;
  /** null: the organization's terms */
  readonly paymentTerms: PaymentTerms | null;
  readonly parentCustomerId: string | null;
  readonly externalId: string | null;
  readonly language: string;
  readonly isPoRequired: boolean;
  readonly invoiceGrouping: InvoiceGrouping;
  /** By whose tax status, tax id, address, contacts, language and payment terms it is billed; null: its own. */
  readonly billToCustomerId: string | null;
  readonly customFields: Readonly<Record<string, unknown>>;
  /** The member who looks after it; null: nobody. */
  readonly ownerId: string | null;
};

export type Customer = CustomerTerms & {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** Whether mails with invoices address a contact, copy it in, or leave it out. */
export type ContactRole = "to" | "cc" | "none";

/** A person who receives invoices, as finance enters it. */
export type Contact = {
  readonly name: string;
  readonly email: string;
  readonly isPrimary: boolean;
  /** null: the primary one is addressed, the others are copied in */
  readonly role?: ContactRole | null;
};

export type CustomerContact = Contact & { readonly id: string; readonly customerId: string };

/** The days on which an alias is valid; null means without a bound. */
export type AliasDays = { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null };

/** The key under which a usage stream knows the customer. */
export type CustomerAlias = AliasDays & { readonly id: string; readonly customerId: string; readonly alias: string };
