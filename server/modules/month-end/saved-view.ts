import type { CurrencyCode } from "../../domain/money/currency";
import type { InvoiceStatus } from "../invoice";

export type GridComparison = "none" | "previous_month";
export type SortDirection = "ascending" | "descending";
export type ViewSort = { readonly column: string; readonly direction: SortDirection };

/**
 * Which invoices of a month a view shows; null does not narrow. Customers, contracts, currencies and a search that
 * meets a customer's name say whose bills they are, so they hold for the baseline too. The others say in which state a
 * bill is, and last month's were all in another one.
 */
export type ViewFilter = {
  readonly statuses: readonly InvoiceStatus[] | null;
  readonly customerIds: readonly string[] | null;
  readonly contractIds: readonly string[] | null;
  readonly currencies: readonly CurrencyCode[] | null;
  readonly isStale: boolean | null;
  readonly flagged: boolean | null;
  /** in the number or the customer's name, in any case */
  readonly search: string | null;
};

export const WHOLE_MONTH: ViewFilter = {
  statuses: null,
  customerIds: null,
  contractIds: null,
  currencies: null,
  isStale: null,
  flagged: null,
  search: null,
};

/** What its owner may set. */
export type ViewTerms = {
  readonly name: string;
  /** seen by everybody in the organization, else by its owner alone */
  readonly isShared: boolean;
  readonly filter: ViewFilter;
  readonly columns: readonly string[];
  readonly sort: readonly ViewSort[];
  readonly comparison: GridComparison;
};

/** What finance opens each month. */
export type SavedView = ViewTerms & {
  readonly id: string;
  /** null: it came with the organization */
  readonly ownerId: string | null;
  readonly version: number;
};
