import type { InvoiceGrid } from "../api/invoices";
import { equalDecimals, sumDecimals } from "./decimal-text";
import { type GridInvoice, isFlagged, isStale } from "./grid-invoice";

export type SheetCommand = "RECALCULATE" | "FINALIZE" | "SEND" | "FINALIZE_AND_SEND";

const ELIGIBLE: Readonly<Record<SheetCommand, readonly string[]>> = {
  RECALCULATE: ["DRAFT"],
  FINALIZE: ["DRAFT"],
  SEND: ["FINALIZED"],
  FINALIZE_AND_SEND: ["DRAFT", "FINALIZED"],
};

export interface SelectionTotal {
  readonly currency: string;
  readonly count: number;
  readonly net: string;
  readonly gross: string;
}

/** What a command would act on, stated before anybody says yes. */
export interface CommandSelection {
  readonly command: SheetCommand;
  readonly invoices: readonly GridInvoice[];
  /** By currency, in alphabetical order. Empty if the view leaves out the columns that it takes. */
  readonly totals: readonly SelectionTotal[];
  readonly stale: number;
  readonly flagged: number;
  /** Rows that the command leaves alone, by status; MISSING for rows without an invoice. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/**
 * @param rowIds the selected rows of the sheet, or null for all
 */
export function selectForCommand(
  command: SheetCommand,
  invoices: readonly GridInvoice[],
  rowIds: readonly string[] | null,
): CommandSelection {
  const wanted = rowIds === null ? null : new Set(rowIds);
  const inScope = invoices.filter((invoice) => wanted === null || wanted.has(invoice.rowId));
  const chosen: GridInvoice[] = [];
  const leftOut: Record<string, number> = {};
  for (const invoice of inScope) {
    // Without a status column the server decides, invoice by invoice.
    const isEligible =
      invoice.invoiceId !== null && (invoice.status === null || ELIGIBLE[command].includes(invoice.status));
    if (isEligible) {
      chosen.push(invoice);
    } else {
      const why = invoice.invoiceId === null ? "MISSING" : (invoice.status ?? "MISSING");
      leftOut[why] = (leftOut[why] ?? 0) + 1;
    }
  }
  return {
    command,
    invoices: chosen,
    totals: totalsByCurrency(chosen),
    stale: chosen.filter(isStale).length,
    flagged: chosen.filter(isFlagged).length,
    leftOut,
  };
}

/** The ids that the commands of the server take. */
export function invoiceIdsOf(invoices: readonly GridInvoice[]): string[] {
  return invoices.flatMap((invoice) => (invoice.invoiceId === null ? [] : [invoice.invoiceId]));
}

function totalsByCurrency(invoices: readonly GridInvoice[]): SelectionTotal[] {
  const currencies = [...new Set(invoices.map((invoice) => invoice.currency).filter(isText))].sort();
  return currencies.flatMap((currency) => {
    const ones = invoices.filter((invoice) => invoice.currency === currency);
    const nets = ones.map((one) => one.net).filter(isText);
    const grosses = ones.map((one) => one.gross).filter(isText);
    if (nets.length < ones.length || grosses.length < ones.length) return [];
    return [{ currency, count: ones.length, net: sumDecimals(nets), gross: sumDecimals(grosses) }];
  });
}

/** How many of these invoices were pulled in another version than the server has now, and how many it no longer has. */
export function changedSince(pulled: readonly GridInvoice[], latest: readonly GridInvoice[]) {
  const versionByRow = new Map(latest.map((invoice) => [invoice.rowId, invoice.version]));
  const known = pulled.filter((invoice) => versionByRow.has(invoice.rowId));
  return {
    changed: known.filter((invoice) => versionByRow.get(invoice.rowId) !== invoice.version).length,
    gone: pulled.length - known.length,
  };
}

/** True if the rows add up to the totals that the server states, to the last digit; or if the view leaves net out. */
export function tiesToTotals(grid: InvoiceGrid, invoices: readonly GridInvoice[]): boolean {
  if (!grid.columns.some((column) => column.key === "net")) return true;
  return grid.totals.every((total) => {
    const nets = invoices.filter((one) => one.currency === total.currency).map((one) => one.net ?? "0");
    return equalDecimals(sumDecimals(nets), total.current);
  });
}

function isText(value: string | null): value is string {
  return value !== null;
}
