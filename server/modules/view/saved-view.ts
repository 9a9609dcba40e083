import type { Decimal } from "../../domain/money/decimal";
import type { Condition } from "../../domain/view/condition";
import type { Role } from "../../platform/access";

export type GridComparison = "none" | "previous_month" | "same_month_last_year" | "mean_of_three_months";
export type SortDirection = "ascending" | "descending";
export type ViewSort = { readonly column: string; readonly direction: SortDirection };

/** What its owner may set. */
export type ViewTerms = {
  readonly name: string;
  /** seen by others, else by its owner alone */
  readonly isShared: boolean;
  /** of a shared one: who sees it; empty: everybody in the organization */
  readonly sharedWithRoles: readonly Role[];
  readonly filter: Condition;
  readonly columns: readonly string[];
  readonly sort: readonly ViewSort[];
  readonly comparison: GridComparison;
  /** from where on its changes are flagged; null: as the organization says */
  readonly thresholdAmount: Decimal | null;
  readonly thresholdPercent: Decimal | null;
};

/** What finance opens each month. */
export type SavedView = ViewTerms & {
  readonly id: string;
  /** null: it came with the organization */
  readonly ownerId: string | null;
  /** of the organization, for those who chose none of their own */
  readonly isDefault: boolean;
  /** the name of who changed it last; null: nobody since it was made, or before names were kept */
  readonly updatedBy: string | null;
  readonly updatedAt: Date;
  readonly version: number;
};
