import { signOf } from "./decimal-text";
import { type GridInvoice, isFlagged, isStale } from "./grid-invoice";

export interface Comparison {
  readonly up: number;
  readonly down: number;
  readonly unchanged: number;
  /** Billed for the first time; counted here and not as up. */
  readonly isNew: number;
  /** Billed last month, without an invoice this month; counted here and not as down. */
  readonly missing: number;
  readonly flagged: number;
  readonly stale: number;
}

/** Counts the rows by what happened to them since last month; every row is in exactly one of the first five. */
export function compareRows(invoices: readonly GridInvoice[]): Comparison {
  const kinds = invoices.map(kindOfChange);
  const count = (kind: ReturnType<typeof kindOfChange>) => kinds.filter((one) => one === kind).length;
  return {
    up: count("up"),
    down: count("down"),
    unchanged: count("unchanged"),
    isNew: count("new"),
    missing: count("missing"),
    flagged: invoices.filter(isFlagged).length,
    stale: invoices.filter(isStale).length,
  };
}

function kindOfChange(invoice: GridInvoice): "up" | "down" | "unchanged" | "new" | "missing" {
  if (invoice.invoiceId === null) return "missing";
  if (invoice.flags.includes("FIRST_BILL")) return "new";
  const sign = invoice.change === null ? 0 : signOf(invoice.change);
  if (sign === 0) return "unchanged";
  return sign > 0 ? "up" : "down";
}
