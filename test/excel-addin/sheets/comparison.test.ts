import { describe, expect, it } from "vitest";
import { compareRows } from "../../../excel-addin/sheets/comparison";
import { isFlagged, isStale, toGridInvoices } from "../../../excel-addin/sheets/grid-invoice";
import { gridRow, invoiceGrid, type RowFacts } from "./invoice-grid";

const rowsOf = (...rows: RowFacts[]) => toGridInvoices(invoiceGrid(rows.map(gridRow)));

describe("the comparison with last month", () => {
  it("counts every row once: up, down, unchanged, new or missing", () => {
    const comparison = compareRows(
      rowsOf(
        { id: "1", change: "0.01" },
        { id: "2", change: "-0.01" },
        { id: "3", change: "0.00" },
        { id: "4", change: "100.00", flags: "FIRST_BILL" },
        { id: "5", invoiceId: null, version: null, change: "-80.00", flags: "MISSING_BILL" },
      ),
    );
    expect(comparison).toEqual({ up: 1, down: 1, unchanged: 1, isNew: 1, missing: 1, flagged: 2, stale: 0 });
  });

  it("takes a stale row for something to recalculate, not for something to review", () => {
    const [stale, both] = rowsOf({ id: "1", flags: "STALE" }, { id: "2", flags: "STALE, PRICE_CHANGE" });
    if (!stale || !both) throw new Error("The rows are gone.");
    expect([isStale(stale), isFlagged(stale)]).toEqual([true, false]);
    expect([isStale(both), isFlagged(both)]).toEqual([true, true]);
  });

  it("does not guess what a view leaves out", () => {
    const grid = invoiceGrid([gridRow({ id: "1" })]);
    const [invoice] = toGridInvoices({ ...grid, columns: grid.columns.slice(0, 1) });
    expect(invoice).toEqual({
      rowId: "1",
      invoiceId: "1",
      version: 1,
      customer: "Acme Robotics",
      number: null,
      status: null,
      currency: null,
      net: null,
      gross: null,
      previousNet: null,
      change: null,
      flags: [],
      reason: null,
    });
  });
});
