import { describe, expect, it } from "vitest";
import { resultsByRow } from "../../../excel-addin/sheets/command-results";
import {
  changedSince,
  invoiceIdsOf,
  selectForCommand,
  tiesToTotals,
} from "../../../excel-addin/sheets/command-selection";
import { toGridInvoices } from "../../../excel-addin/sheets/grid-invoice";
import { gridRow, invoiceGrid, type RowFacts } from "./invoice-grid";

const rowsOf = (...rows: RowFacts[]) => toGridInvoices(invoiceGrid(rows.map(gridRow)));

const october = rowsOf(
  { id: "draft", flags: "STALE" },
  { id: "flagged", net: "50.10", gross: "60.12", flags: "PRICE_CHANGE" },
  { id: "dollars", currency: "USD", net: "0.20", gross: "0.20" },
  { id: "finalized", status: "FINALIZED", net: "10.00", gross: "12.00" },
  { id: "sent", status: "SENT" },
  { id: "missing-1", invoiceId: null, version: null, status: null, flags: "MISSING_BILL" },
);

describe("what a command would act on", () => {
  it("is drafts and finalized invoices to finalize and send, with totals by currency", () => {
    const selection = selectForCommand("FINALIZE_AND_SEND", october, null);
    expect(invoiceIdsOf(selection.invoices)).toEqual(["draft", "flagged", "dollars", "finalized"]);
    expect(selection.totals).toEqual([
      { currency: "GBP", count: 3, net: "160.10", gross: "192.12" },
      { currency: "USD", count: 1, net: "0.20", gross: "0.20" },
    ]);
    expect([selection.stale, selection.flagged]).toEqual([1, 1]);
    expect(selection.leftOut).toEqual({ SENT: 1, MISSING: 1 });
  });

  it("is drafts alone to recalculate or finalize, finalized invoices alone to send", () => {
    const ids = (command: "RECALCULATE" | "FINALIZE" | "SEND") =>
      invoiceIdsOf(selectForCommand(command, october, null).invoices);
    expect(ids("RECALCULATE")).toEqual(["draft", "flagged", "dollars"]);
    expect(ids("FINALIZE")).toEqual(["draft", "flagged", "dollars"]);
    expect(ids("SEND")).toEqual(["finalized"]);
    expect(selectForCommand("SEND", october, null).leftOut).toEqual({ DRAFT: 3, SENT: 1, MISSING: 1 });
  });

  it("is only what is selected in the sheet, where something is", () => {
    const selection = selectForCommand("FINALIZE_AND_SEND", october, ["flagged", "sent", "row of somebody else"]);
    expect(invoiceIdsOf(selection.invoices)).toEqual(["flagged"]);
    expect(selection.leftOut).toEqual({ SENT: 1 });
    expect(selectForCommand("SEND", october, []).invoices).toEqual([]);
  });

  it("states no totals rather than wrong ones, where the view leaves out the amounts", () => {
    const grid = invoiceGrid([gridRow({ id: "1" })]);
    const columns = grid.columns.map((column) => (column.key === "gross" ? { ...column, key: "other" } : column));
    const selection = selectForCommand("FINALIZE", toGridInvoices({ ...grid, columns }), null);
    expect([selection.invoices.length, selection.totals]).toEqual([1, []]);
  });

  it("knows what changed on the server since the pull", () => {
    const pulled = rowsOf({ id: "1", version: 1 }, { id: "2", version: 1 }, { id: "3", version: 1 });
    const latest = rowsOf({ id: "1", version: 1 }, { id: "2", version: 2 }, { id: "4", version: 1 });
    expect(changedSince(pulled, latest)).toEqual({ changed: 1, gone: 1 });
    expect(changedSince(pulled, pulled)).toEqual({ changed: 0, gone: 0 });
  });
});

describe("the totals of a pulled view", () => {
  const rows = [gridRow({ id: "1", net: "100.00" }), gridRow({ id: "2", net: "100.00" })];

  it("tie to the server's to the last digit", () => {
    const grid = invoiceGrid(rows);
    expect(tiesToTotals(grid, toGridInvoices(grid))).toBe(true);
    const off = invoiceGrid([...rows.slice(1), gridRow({ id: "1", net: "100.01" })]);
    expect(tiesToTotals(off, toGridInvoices(off))).toBe(false);
  });

  it("are not doubted where the view leaves net out", () => {
    const grid = invoiceGrid(rows);
    const columns = grid.columns.map((column) => (column.key === "net" ? { ...column, key: "other" } : column));
    expect(tiesToTotals({ ...grid, columns }, toGridInvoices({ ...grid, columns }))).toBe(true);
  });
});

describe("what a command did", () => {
  const item = { ordinal: 0, code: null, message: null, invoice: null };

  it("is told in words, row by row, for the rows it touched", () => {
    const results = resultsByRow(
      "SEND",
      [
        { ...item, subjectId: "draft", status: "SUCCEEDED" },
        { ...item, subjectId: "flagged", status: "FAILED", message: "No billing contact has an email address." },
        { ...item, subjectId: "sent", status: "SKIPPED", message: "Sent on 2 November." },
        { ...item, subjectId: "finalized", status: "PENDING" },
        { ...item, subjectId: "not in the sheet", status: "SUCCEEDED" },
      ],
      october,
    );
    expect([...results]).toEqual([
      ["draft", "Sent"],
      ["flagged", "Failed: No billing contact has an email address."],
      ["sent", "Skipped: Sent on 2 November."],
      ["finalized", "Not started: cancelled"],
    ]);
  });
});
