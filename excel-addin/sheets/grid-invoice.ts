import type { InvoiceGrid } from "../api/invoices";

/** What the pane knows of one row of the grid. A view may leave columns out: then the fact is null, never a guess. */
export interface GridInvoice {
  readonly rowId: string;
  /** Null for a bill that is missing this month. */
  readonly invoiceId: string | null;
  readonly version: number | null;
  readonly customer: string | null;
  readonly number: string | null;
  /** DRAFT, FINALIZED, SENT, VOIDED. */
  readonly status: string | null;
  readonly currency: string | null;
  readonly net: string | null;
  readonly gross: string | null;
  readonly previousNet: string | null;
  readonly change: string | null;
  /** Such as FIRST_BILL, STALE. */
  readonly flags: readonly string[];
  readonly reason: string | null;
}

/** The rows of the grid as facts, in its order. */
export function toGridInvoices(grid: InvoiceGrid): GridInvoice[] {
  const placeByKey = new Map(grid.columns.map((column, place) => [column.key, place]));
  return grid.rows.map((row) => {
    const text = (key: string): string | null => {
      const place = placeByKey.get(key);
      const cell = place === undefined ? null : row.cells[place];
      return typeof cell === "string" ? cell : null;
    };
    return {
      rowId: row.id,
      invoiceId: row.invoiceId,
      version: row.version,
      customer: text("customer"),
      number: text("number"),
      status: text("status")?.toUpperCase().replaceAll(" ", "_") ?? null,
      currency: text("currency"),
      net: text("net"),
      gross: text("gross"),
      previousNet: text("previousNet"),
      change: text("change"),
      flags: splitFlags(text("flags")),
      reason: text("reason"),
    };
  });
}

/** "FIRST_BILL, STALE" → ["FIRST_BILL", "STALE"] */
export function splitFlags(cell: string | null): string[] {
  return (cell ?? "")
    .split(",")
    .map((flag) => flag.trim())
    .filter((flag) => flag !== "");
}

export function isStale(invoice: GridInvoice): boolean {
  return invoice.flags.includes("STALE");
}

/** Flagged means: somebody should look at it. Stale alone asks for a recalculation, not for a look. */
export function isFlagged(invoice: GridInvoice): boolean {
  return invoice.flags.some((flag) => flag !== "STALE");
}
