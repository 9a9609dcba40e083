import type { Cadence, FirstPeriod } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { CurrencyCode } from "../../domain/money/currency";
import type { StaleReason } from "../../platform/draft-staleness.store";
import type { BillingScheduleStatus } from "../contract";
import type { Blocker, DocumentKind, InvoiceStatus } from "../invoice";
import type { Correction } from "./corrections";
import type { PackedLines } from "./packed-lines";

/** Bills are compared within one customer and currency. */
export type AccountKey = { readonly customerId: string; readonly currency: CurrencyCode };
export const accountKey = ({ customerId, currency }: AccountKey): string => `${customerId}:${currency}`;

/** An invoice as the grid shows it. Amounts are decimal text. */
export type MonthInvoice = AccountKey & {
  readonly id: string;
  readonly version: number;
  readonly customerName: string;
  /** null: it has lines of several contracts, or of none */
  readonly contractId: string | null;
  readonly contractNumber: string | null;
  readonly status: InvoiceStatus;
  readonly documentKind: DocumentKind;
  readonly correctsInvoiceId: string | null;
  readonly reissuesInvoiceId: string | null;
  readonly creditEffect: "reissue" | "correction" | "final" | null;
  readonly correction: Correction | null;
  readonly number: string | null;
  readonly billsOn: PlainDate;
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  readonly issuedOn: PlainDate | null;
  readonly dueOn: PlainDate | null;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly grossTotal: string;
  readonly poNumber: string | null;
  readonly isStale: boolean;
  readonly staleReasons: readonly StaleReason[];
  readonly blockers: readonly Blocker[];
  /** whether an amount that people set stands beside one that the engine has moved since */
  readonly hasUnconfirmedOverride: boolean;
  /** the same as long as the content is */
  readonly contentHash: string;
};

/** What an invoice billed in the baseline month. */
export type BaselineBill = AccountKey & {
  readonly id: string;
  readonly customerName: string;
  readonly contractId: string | null;
  readonly status: InvoiceStatus;
  readonly documentKind: DocumentKind;
  readonly correctsInvoiceId: string | null;
  readonly reissuesInvoiceId: string | null;
  readonly creditEffect: "reissue" | "correction" | "final" | null;
  readonly number: string | null;
  readonly lines: PackedLines;
};

/** Whose bills are read: null does not narrow. */
export type Population = {
  readonly customerIds: readonly string[] | null;
  /** of all months that are read */
  readonly invoiceIds: readonly string[] | null;
};

export const EVERYBODY: Population = { customerIds: null, invoiceIds: null };

/** A price lineage of one customer and currency; null: whatever the customer is billed. */
export type Subject = AccountKey & { readonly lineageId: string | null };

/** What was billed before the month of the grid. */
export type BilledBefore = Subject & { readonly isKnownLineage: boolean; readonly isKnownCustomer: boolean };

/** When and how often a contract bills a lineage. */
export type LineageTerms = AccountKey & {
  readonly lineageId: string;
  readonly status: BillingScheduleStatus;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly contractStartsOn: PlainDate;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
  /** the days of the phase, inside those of the contract */
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  /** days from which the contract was amended, within the months asked about */
  readonly amendedOn: readonly PlainDate[];
};
