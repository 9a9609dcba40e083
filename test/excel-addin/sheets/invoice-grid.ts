import type { InvoiceGrid } from "../../../excel-addin/api/invoices";

type Row = InvoiceGrid["rows"][number];

const COLUMNS = [
  ["customer", "Customer", "TEXT"],
  ["number", "Number", "TEXT"],
  ["status", "Status", "TEXT"],
  ["currency", "Currency", "TEXT"],
  ["dueOn", "Due", "DATE"],
  ["net", "Net", "MONEY"],
  ["gross", "Gross", "MONEY"],
  ["previousNet", "Net September 2026", "MONEY"],
  ["change", "Change", "MONEY"],
  ["changePercent", "Change %", "PERCENT"],
  ["changeWithoutTiming", "Change without timing", "MONEY"],
  ["flags", "Flags", "FLAGS"],
  ["reason", "Reason", "TEXT"],
] as const;

export interface RowFacts {
  readonly id: string;
  readonly invoiceId?: string | null;
  readonly version?: number | null;
  readonly customer?: string;
  readonly number?: string | null;
  readonly status?: string | null;
  readonly currency?: string;
  readonly net?: string;
  readonly gross?: string;
  readonly previousNet?: string;
  readonly change?: string;
  readonly changePercent?: string | null;
  readonly flags?: string;
  readonly reason?: string | null;
}

/** A row as the server answers it; a draft of 100.00 that was 80.00 last month, unless said otherwise. */
export function gridRow(facts: RowFacts): Row {
  return {
    id: facts.id,
    invoiceId: facts.invoiceId === undefined ? facts.id : facts.invoiceId,
    version: facts.version === undefined ? 1 : facts.version,
    cells: [
      facts.customer ?? "Acme Robotics",
      facts.number ?? null,
      facts.status === undefined ? "DRAFT" : facts.status,
      facts.currency ?? "GBP",
      "2026-11-30",
      facts.net ?? "100.00",
      facts.gross ?? "120.00",
      facts.previousNet ?? "80.00",
      facts.change ?? "20.00",
      facts.changePercent === undefined ? "25" : facts.changePercent,
      facts.change ?? "20.00",
      facts.flags ?? "",
      facts.reason ?? null,
    ],
  };
}

/** October 2026 against September, in sterling. */
export function invoiceGrid(rows: readonly Row[], changes: Partial<InvoiceGrid> = {}): InvoiceGrid {
  return {
    month: "2026-10",
    baselineMonth: "2026-09",
    pulledAt: "2026-11-03T09:12:00.000Z",
    view: { id: "view-1", name: "Month-end review" },
    filterText: "Drafts in GBP",
    columns: COLUMNS.map(([key, title, type]) => ({
      key,
      title,
      type,
      format: null,
      editable: false,
      description: null,
    })),
    rows,
    totals: [
      {
        currency: "GBP",
        count: 2,
        previous: "160.00",
        current: "200.00",
        change: "40.00",
        changePercent: "25",
        flagged: 0,
        stale: 0,
      },
    ],
    flagged: 0,
    stale: 0,
    hasMore: false,
    endCursor: null,
    ...changes,
  };
}
