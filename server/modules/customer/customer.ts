import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";

export type TaxStatus = "taxed" | "exempt" | "reverse_charge";

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

/** A person who receives invoices, as finance enters it. */
export type Contact = { readonly name: string; readonly email: string; readonly isPrimary: boolean };

export type CustomerContact = Contact & { readonly id: string; readonly customerId: string };

/** The days on which an alias is valid; null means without a bound. */
export type AliasDays = { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null };

/** The key under which a usage stream knows the customer. */
export type CustomerAlias = AliasDays & { readonly id: string; readonly customerId: string; readonly alias: string };
