import type { SortDirection } from "./saved-view";

/** What invoices can be sorted by in the database; the keys are those of the columns of the grid. */
export type SortKey =
  | "customer"
  | "number"
  | "status"
  | "paymentStatus"
  | "currency"
  | "kind"
  | "billingMonth"
  | "contract"
  | "billsOn"
  | "servicePeriod"
  | "issuedOn"
  | "dueOn"
  | "poNumber"
  | "net"
  | "tax"
  | "gross"
  | "due";

export type OrderStep = { readonly by: SortKey; readonly direction: SortDirection };

/** By billing month, the newest first. */
export const NEWEST_FIRST: readonly OrderStep[] = [{ by: "billingMonth", direction: "descending" }];
