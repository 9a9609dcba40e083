import { type GridLine, isFlagged } from "./grid-line";
import type { ViewFilter } from "./saved-view";
import { type Bill, isStale } from "./shared-bill";

/** Whether a row passes the part of a filter that asks for its state. A missing bill is a draft that nobody has made. */
export const isInState = (line: GridLine, filter: ViewFilter): boolean =>
  isInStateButFlags(line, filter) && (filter.flagged === null || isFlagged(line) === filter.flagged);

/** The same without its flags, and so for what was not compared. */
export const isInStateButFlags = (bill: Bill, { statuses, isStale: wanted, search }: ViewFilter): boolean =>
  (statuses === null || statuses.includes(bill.invoice?.status ?? "draft")) &&
  (wanted === null || isStale(bill) === wanted) &&
  (search === null || isFound(bill, search.toLowerCase()));

const isFound = ({ customerName, invoice }: Bill, search: string): boolean =>
  customerName.toLowerCase().includes(search) || (invoice?.number?.toLowerCase().includes(search) ?? false);
