import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConditionEvaluator } from "../../../excel-addin/workbench/calculation/condition-evaluator";
import { lookOf } from "../../../excel-addin/workbench/grid/cell-look";
import type { HostSession } from "../../../excel-addin/workbench/host/host-session";
import { area, parseArea } from "../../../excel-addin/workbench/model/area";
import { textOf } from "../../../excel-addin/workbench/model/edit";
import type { Sheet } from "../../../excel-addin/workbench/model/sheet";
import { refreshFilters, sortTable } from "../../../excel-addin/workbench/model/sort-and-filter";
import { applyShift, insertCells } from "../../../excel-addin/workbench/model/structure";
import type { Table } from "../../../excel-addin/workbench/model/table";
import { deleteTableColumn, removeTable, renameTable } from "../../../excel-addin/workbench/model/tables";
import { typeIntoCell } from "../../../excel-addin/workbench/model/type-into-cell";
import type { Workbook } from "../../../excel-addin/workbench/model/workbook";
import { officeWorkbook } from "../../../excel-addin/workbook/office-workbook";
import type { TableColumn, TableRow, TableSpecification } from "../../../excel-addin/workbook/workbook";
import type { WorkbookError } from "../../../excel-addin/workbook/workbook-error";
import { openWorkbook } from "./excel-in-node";

let workbook: Workbook;
let session: HostSession;

beforeEach(() => {
  ({ workbook, session } = openWorkbook());
});

afterEach(() => {
  expect(session.unknownMembers).toEqual([]);
});

const refusalOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing refused",
    (error: WorkbookError) => `${error.code}: ${error.message}`,
  );

const waitFor = async (condition: () => boolean): Promise<void> => {
  const end = Date.now() + 3000;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
};

const columns: TableColumn[] = [
  { key: "number", title: "Number", type: "text" },
  { key: "customer", title: "Customer", type: "text", width: 24 },
  { key: "dueOn", title: "Due", type: "date" },
  { key: "total", title: "Total", type: "number", total: "sum" },
  { key: "previous", title: "Last month", type: "number", total: "sum" },
  { key: "change", title: "Change", type: "number", formula: "={total}-{previous}" },
];

const row = (id: string, number: string, customer: string, total: number, previous: number): TableRow => ({
  id,
  cells: [number, customer, "2026-10-31", total, previous, null],
});

const acme = row("inv-a", "INV-1", "Acme", 1200, 1000);
const globex = row("inv-b", "INV-2", "Globex", 80.5, 100);
const initech = row("inv-c", "INV-3", "Initech", 300, 0);

const invoices = (rows: TableRow[], more: Partial<TableSpecification> = {}): TableSpecification => ({
  tableKey: "invoices",
  sheetName: "Invoices",
  tableName: "BillgridInvoices",
  titleLines: [
    { text: "September close", style: "title" },
    { text: "Pulled on 31 Oct 2026", style: "note" },
  ],
  columns,
  rows,
  conditionalFormats: [{ columns: ["change"], formula: "={change}<0", style: { color: "#A4262C" } }],
  connection: { viewId: "view-1", month: "2026-10" },
  ...more,
});

const sheet = (name = "Invoices"): Sheet => {
  const found = workbook.findSheet(name);
  if (!found) throw new Error(`No sheet ${name}`);
  return found;
};

const table = (): Table => {
  const [found] = workbook.tables;
  if (!found) throw new Error("No table");
  return found;
};

const texts = (address: string, on = sheet()): string[][] => {
  const place = parseArea(address) ?? area(0, 0);
  workbook.ensureCalculated();
  return Array.from({ length: place.rowCount }, (_, r) =>
    Array.from({ length: place.columnCount }, (_, c) => textOf(on.cell(place.row + r, place.column + c))),
  );
};

const type = (address: string, text: string): void => {
  const { row: r, column } = parseArea(address) ?? area(0, 0);
  typeIntoCell(workbook, sheet(), r, column, text);
};

describe("a new table", () => {
  it("stands on a sheet of its own, below its title, with ids hidden", async () => {
    const written = await officeWorkbook.writeTable(invoices([acme, globex]));
    expect(written).toEqual({
      tableKey: "invoices",
      sheetName: "Invoices",
      tableName: "BillgridInvoices",
      address: "A4:G7",
      created: true,
      rowsAdded: 2,
      rowsRemoved: 0,
      rowIdsKept: [],
      userColumns: [],
    });
    expect(texts("B1:B2")).toEqual([["September close"], ["Pulled on 31 Oct 2026"]]);
    expect(texts("A4:G7")).toEqual([
      ["Billgrid id", "Number", "Customer", "Due", "Total", "Last month", "Change"],
      ["inv-a", "INV-1", "Acme", "2026-10-31", "1,200.00", "1,000.00", "200.00"],
      ["inv-b", "INV-2", "Globex", "2026-10-31", "80.50", "100.00", "-19.50"],
      ["", "Total", "", "", "1,280.50", "1,100.00", ""],
    ]);
    expect(sheet().isColumnHidden(0)).toBe(true);
    expect(workbook.activeSheet.name).toBe("Invoices");
  });
});

describe("a refresh", () => {
  beforeEach(async () => {
    await officeWorkbook.writeTable(invoices([acme, globex, initech]));
  });

  it("overwrites our columns, adds what is new and removes what is gone", async () => {
    const hooli = row("inv-d", "INV-4", "Hooli", 50, 40);
    const written = await officeWorkbook.writeTable(
      invoices([hooli, row("inv-a", "INV-1", "Acme", 1500, 1000), initech]),
    );
    expect(written).toMatchObject({ created: false, rowsAdded: 1, rowsRemoved: 1, address: "A4:G8" });
    expect(texts("B5:G8")).toEqual([
      ["INV-1", "Acme", "2026-10-31", "1,500.00", "1,000.00", "500.00"],
      ["INV-3", "Initech", "2026-10-31", "300.00", "0.00", "300.00"],
      ["INV-4", "Hooli", "2026-10-31", "50.00", "40.00", "10.00"],
      ["Total", "", "", "1,850.00", "1,040.00", ""],
    ]);
  });

  it("finds the table after it was renamed, moved down and sorted, and keeps the order", async () => {
    renameTable(workbook, table(), "MyInvoices");
    workbook.renameSheet(sheet(), "October");
    applyShift(workbook, sheet("October"), {
      kind: "insert",
      axis: "row",
      at: 0,
      count: 3,
      crossAt: 0,
      crossCount: 16_384,
    });
    sortTable(workbook, table(), [{ key: 4, ascending: true }]);
    const written = await officeWorkbook.writeTable(invoices([row("inv-a", "INV-1", "Acme", 10, 10), globex, initech]));
    expect(written).toMatchObject({ sheetName: "October", tableName: "MyInvoices", address: "A7:G11", created: false });
    expect(texts("C8:E10", sheet("October"))).toEqual([
      ["Acme", "2026-10-31", "10.00"],
      ["Globex", "2026-10-31", "80.50"],
      ["Initech", "2026-10-31", "300.00"],
    ]);
    expect(texts("B4", sheet("October"))).toEqual([["September close"]]);
  });

  it("leaves the columns, formulas and notes of people with their row", async () => {
    type("H4", "Note");
    type("H5", "call Bob");
    type("I4", "Double");
    type("I5", "=[@Total]*2");
    const hooli = row("inv-d", "INV-4", "Hooli", 50, 40);
    const written = await officeWorkbook.writeTable(invoices([row("inv-a", "INV-1", "Acme", 1, 1), initech, hooli]));
    expect(written.userColumns).toEqual(["Note", "Double"]);
    expect(texts("C5:I7")).toEqual([
      ["Acme", "2026-10-31", "1.00", "1.00", "0.00", "call Bob", "2"],
      ["Initech", "2026-10-31", "300.00", "0.00", "300.00", "", "600"],
      ["Hooli", "2026-10-31", "50.00", "40.00", "10.00", "", "100"],
    ]);
  });

  it("keeps a row that is gone if somebody typed beside it, without its figures", async () => {
    type("H4", "Note");
    type("H6", "dispute open");
    const written = await officeWorkbook.writeTable(invoices([acme, initech]));
    expect(written).toMatchObject({ rowsRemoved: 0, rowIdsKept: ["inv-b"] });
    expect(texts("B6:H6")).toEqual([["INV-2", "Globex", "", "", "", "0.00", "dispute open"]]);
    expect(texts("E8:E8")).toEqual([["1,500.00"]]);
  });

  it("touches neither the filter nor the order, and applies both again", async () => {
    const [, , customer] = table().columns;
    if (customer) customer.filter = { filterOn: "Custom", criterion1: "<>Globex" };
    refreshFilters(workbook, sheet());
    sortTable(workbook, table(), [{ key: 4, ascending: false }]);
    const hooli = row("inv-d", "INV-4", "Hooli", 5000, 40);
    await officeWorkbook.writeTable(invoices([acme, globex, initech, hooli]));
    expect(texts("C5:C8")).toEqual([["Hooli"], ["Acme"], ["Initech"], ["Globex"]]);
    expect([...sheet().filteredRows]).toEqual([7]);
    expect(texts("E9")).toEqual([["6,500.00"]]);
  });

  it("goes round columns that people put between ours, and keeps the names they gave to ours", async () => {
    insertCells(workbook, sheet(), area(0, 3, 1_048_576, 1), "Right");
    type("D4", "Reviewed");
    type("D5", "yes");
    type("F4", "Amount");
    const written = await officeWorkbook.writeTable(
      invoices([row("inv-a", "INV-1", "Acme", 900, 1000), globex, initech]),
    );
    expect(written.userColumns).toEqual(["Reviewed"]);
    expect(texts("B4:H5")).toEqual([
      ["Number", "Customer", "Reviewed", "Due", "Amount", "Last month", "Change"],
      ["INV-1", "Acme", "yes", "2026-10-31", "900.00", "1,000.00", "-100.00"],
    ]);
    expect(sheet().cell(4, 7)?.formula).toBe("=[@[Amount]]-[@[Last month]]");
    expect(sheet().conditionalFormats.map(({ area: a, formula }) => [a.column, formula])).toEqual([[7, "=$H5<0"]]);
  });

  it("brings back a column of ours that was deleted, adds new ones in place and removes those the view lost", async () => {
    const due = table().columns[3];
    if (due) deleteTableColumn(workbook, table(), due);
    const withStatus: TableColumn[] = [
      ...columns.slice(0, 2),
      { key: "status", title: "Status", type: "text" },
      ...columns.slice(2, 5),
    ];
    const rows = [acme, globex].map(({ id, cells }) => ({
      id,
      cells: [cells[0] ?? "", cells[1] ?? "", "DRAFT", ...cells.slice(2, 5)],
    }));
    await officeWorkbook.writeTable(invoices(rows, { columns: withStatus, conditionalFormats: [] }));
    expect(texts("A4:G5")).toEqual([
      ["Billgrid id", "Number", "Customer", "Status", "Due", "Total", "Last month"],
      ["inv-a", "INV-1", "Acme", "DRAFT", "2026-10-31", "1,200.00", "1,000.00"],
    ]);
  });

  it("leaves a row that somebody typed, and what stands below the table, where they belong", async () => {
    sheet().ensureCell(9, 1).value = "Prepared by Ada";
    const before = table();
    before.showTotals = false;
    before.area = { ...before.area, rowCount: before.area.rowCount - 1 };
    for (let column = 0; column < 7; column++) sheet().setCell(7, column, undefined);
    type("C8", "Own estimate");
    type("E8", "77");
    await officeWorkbook.writeTable(invoices([acme, globex, initech, row("inv-d", "INV-4", "Hooli", 1, 1)]));
    expect(texts("B8:E9")).toEqual([
      ["", "Own estimate", "", "77.00"],
      ["INV-4", "Hooli", "2026-10-31", "1.00"],
    ]);
    expect(texts("B11")).toEqual([["Prepared by Ada"]]);
  });

  it("applies an order by results of a formula to the new results", async () => {
    sortTable(workbook, table(), [{ key: 6, ascending: false }]);
    expect(texts("C5:C7").flat()).toEqual(["Initech", "Acme", "Globex"]);
    await officeWorkbook.writeTable(invoices([acme, row("inv-b", "INV-2", "Globex", 9000, 100), initech]));
    expect(texts("C5:C7").flat()).toEqual(["Globex", "Initech", "Acme"]);
  });

  it("with no rows at all leaves an empty table that the next refresh fills", async () => {
    await officeWorkbook.writeTable(invoices([]));
    expect(texts("A5:G6")).toEqual([
      ["", "", "", "", "", "", "0.00"],
      ["", "Total", "", "", "0.00", "0.00", ""],
    ]);
    await officeWorkbook.writeTable(invoices([globex]));
    expect(texts("B5:G6")).toEqual([
      ["INV-2", "Globex", "2026-10-31", "80.50", "100.00", "-19.50"],
      ["Total", "", "", "80.50", "100.00", ""],
    ]);
  });

  it("changes nothing when nothing changed", async () => {
    const before = texts("A1:G8");
    const written = await officeWorkbook.writeTable(invoices([acme, globex, initech]));
    expect(written).toMatchObject({ rowsAdded: 0, rowsRemoved: 0 });
    expect(texts("A1:G8")).toEqual(before);
    expect(sheet().conditionalFormats).toHaveLength(1);
  });

  it("makes the table anew when somebody deleted it", async () => {
    removeTable(workbook, table(), false);
    expect(await officeWorkbook.writeTable(invoices([acme]))).toMatchObject({
      created: true,
      sheetName: "Invoices (2)",
    });
  });

  it("counts its requests: rows do not add to them", async () => {
    const requestsFor = async (count: number): Promise<number> => {
      const rows = Array.from({ length: count }, (_, index) =>
        row(`inv-${index}`, `INV-${index}`, "Acme", index, index),
      );
      const before = session.requestCount;
      await officeWorkbook.writeTable(invoices(rows));
      return session.requestCount - before;
    };
    await requestsFor(100);
    const forHundred = await requestsFor(100);
    await requestsFor(900);
    expect(await requestsFor(900)).toBe(forHundred);
  });
});

describe("number formats by condition", () => {
  /** As the grid shows it, conditions included. */
  const shown = (address: string): string[][] => {
    const place = parseArea(address) ?? area(0, 0);
    const rows = Array.from({ length: place.rowCount }, (_, r) => place.row + r);
    const cells = Array.from({ length: place.columnCount }, (_, c) => place.column + c);
    const conditions = new ConditionEvaluator(workbook);
    workbook.ensureCalculated();
    conditions.prepare(sheet(), rows, cells);
    return rows.map((r) => cells.map((c) => lookOf(sheet(), workbook.tables, conditions, r, c).text));
  };

  const mixed = (rows: TableRow[]): TableSpecification =>
    invoices(rows, {
      columns: [
        { key: "currency", title: "Currency", type: "text" },
        { key: "net", title: "Net", type: "number" },
        { key: "tax", title: "Tax", type: "number" },
        { key: "change", title: "Change", type: "number", formula: "={net}-{tax}" },
      ],
      conditionalFormats: [
        { columns: ["net", "change"], formula: "={net}>0", style: { color: "#0E700E" } },
        { columns: ["net", "change"], formula: '={currency}="JPY"', style: { numberFormat: "#,##0" } },
      ],
    });
  const pounds = { id: "inv-a", cells: ["GBP", 1000, 200, null] };
  const yen = { id: "inv-b", cells: ["JPY", 547_596, 0, null] };
  const dollars = { id: "inv-c", cells: ["USD", 2000, 0, null] };

  beforeEach(async () => {
    await officeWorkbook.writeTable(mixed([pounds, yen]));
  });

  it("take the place of the column's, in the columns named, beside other looks", () => {
    expect(shown("B5:E6")).toEqual([
      ["GBP", "1,000.00", "200.00", "800.00"],
      ["JPY", "547,596", "0.00", "547,596"],
    ]);
    const conditions = new ConditionEvaluator(workbook);
    conditions.prepare(sheet(), [5], [2]);
    expect(conditions.styleAt(sheet(), 5, 2)).toEqual({ color: "#0E700E", numberFormat: "#,##0" });
  });

  it("go with their row through a sort and a refresh", async () => {
    sortTable(workbook, table(), [{ key: 2, ascending: false }]);
    await officeWorkbook.writeTable(mixed([pounds, dollars, yen]));
    expect(shown("B5:C7")).toEqual([
      ["JPY", "547,596"],
      ["USD", "2,000.00"],
      ["GBP", "1,000.00"],
    ]);
    expect(sheet().conditionalFormats).toHaveLength(4);
  });
});

describe("text from data", () => {
  const hostile = [
    "=1+1",
    '=cmd|"/c calc"!A1',
    "+1-1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    "00123",
    "1/2",
    "2026-10-31",
    "1E5",
    "TRUE",
    "#N/A",
    "50%",
    " leading space",
    "line one\nline two",
    "Größe “ß” 漢字 🧾",
    '"quoted", with comma',
    "",
  ];

  it("arrives as text, shows as it is and reads back the same", async () => {
    const rows = hostile.map((text, index) => ({ id: `row-${index}`, cells: [text, text, null, index, 0, null] }));
    await officeWorkbook.writeTable(invoices(rows));
    const read = await officeWorkbook.readTable("invoices");
    expect(read.rows.map(({ cells }) => cells["customer"] ?? "")).toEqual(hostile);
    expect(texts(`C5:C${4 + hostile.length}`).flat()).toEqual(hostile);
    sheet().forEachCell(area(4, 1, hostile.length, 2), (cell) =>
      expect([cell.formula, cell.isError]).toEqual([null, false]),
    );
  });

  it("is safe in titles and headers as well", async () => {
    const titled = columns.map((column) =>
      column.key === "customer" ? { ...column, title: "=1+1 [net] 'x' #" } : column,
    );
    await officeWorkbook.writeTable(
      invoices([acme], {
        titleLines: [{ text: "=HYPERLINK(1)" }],
        columns: titled.map((column) => (column.key === "change" ? { ...column, formula: "={customer}" } : column)),
      }),
    );
    expect(texts("B1")).toEqual([["=HYPERLINK(1)"]]);
    expect(texts("C3")).toEqual([["=1+1 [net] 'x' #"]]);
    expect(texts("G4")).toEqual([["Acme"]]);
  });
});

describe("reading and marking rows", () => {
  beforeEach(async () => {
    await officeWorkbook.writeTable(invoices([acme, globex, initech]));
  });

  it("gives values back in the terms in which they were written", async () => {
    type("H4", "Note");
    type("H5", "call");
    const read = await officeWorkbook.readTable("invoices");
    expect(read.connection).toEqual({ viewId: "view-1", month: "2026-10" });
    expect(read.rows[0]).toEqual({
      id: "inv-a",
      cells: {
        number: "INV-1",
        customer: "Acme",
        dueOn: "2026-10-31",
        total: 1200,
        previous: 1000,
        change: 200,
        Note: "call",
      },
    });
  });

  it("writes one column of the rows named, wherever they are", async () => {
    sortTable(workbook, table(), [{ key: 4, ascending: true }]);
    const missing = await officeWorkbook.writeColumn(
      "invoices",
      "customer",
      new Map([
        ["inv-a", "=Acme"],
        ["inv-x", "?"],
      ]),
    );
    expect(missing).toEqual({ missingRowIds: ["inv-x"] });
    expect(texts("C5:C7")).toEqual([["Globex"], ["Initech"], ["=Acme"]]);
  });

  it("knows the selected rows, without those that a filter hides", async () => {
    const [, , customer] = table().columns;
    if (customer) customer.filter = { filterOn: "Values", values: ["Acme", "Initech"] };
    refreshFilters(workbook, sheet());
    const select = (address: string) => {
      const place = parseArea(address) ?? area(0, 0);
      workbook.select(sheet(), { area: place, activeRow: place.row, activeColumn: place.column });
    };
    select("D4:D9");
    expect(await officeWorkbook.selectedRowIds("invoices")).toEqual(["inv-a", "inv-c"]);
    select("6:6");
    expect(await officeWorkbook.selectedRowIds("invoices")).toEqual([]);
    select("J5");
    expect(await officeWorkbook.selectedRowIds("invoices")).toEqual([]);
  });

  it("tells which rows are selected, and when none are any more", async () => {
    const told: string[][] = [];
    const stop = await officeWorkbook.onSelectionChanged("invoices", (ids) => told.push(ids));
    workbook.select(sheet(), { area: area(5, 2, 2, 1), activeRow: 5, activeColumn: 2 });
    await waitFor(() => told.length === 1);
    workbook.select(sheet("Sheet1"), { area: area(5, 2), activeRow: 5, activeColumn: 2 });
    await waitFor(() => told.length === 2);
    expect(told).toEqual([["inv-b", "inv-c"], []]);
    await stop();
    await stop();
  });

  it("lists the tables of the file, shows a row and lets a table go", async () => {
    await officeWorkbook.writeTable(
      invoices([acme], { tableKey: "other", sheetName: "Other", tableName: "BillgridInvoices" }),
    );
    expect((await officeWorkbook.listTables()).map(({ tableKey, tableName }) => [tableKey, tableName])).toEqual([
      ["invoices", "BillgridInvoices"],
      ["other", "BillgridInvoices_2"],
    ]);
    expect(await officeWorkbook.show("invoices", "inv-c")).toBe(true);
    expect(workbook.activeSheet.selection.area.row).toBe(6);
    expect(await officeWorkbook.show("invoices", "inv-x")).toBe(false);
    await officeWorkbook.disconnect("other");
    expect((await officeWorkbook.listTables()).map(({ tableKey }) => tableKey)).toEqual(["invoices"]);
    expect(await refusalOf(officeWorkbook.readTable("other"))).toMatch(/^TABLE_NOT_FOUND: This table is no longer/);
  });
});

describe("what Excel refuses", () => {
  it("is said in plain words", async () => {
    await officeWorkbook.writeTable(invoices([acme]));
    session.faults.isCellBusy = true;
    expect(await refusalOf(officeWorkbook.readTable("invoices"))).toBe(
      "CELL_IN_EDIT_MODE: A cell is being edited. Press Enter or Esc in the sheet, then try again.",
    );
    session.faults.isCellBusy = false;
    session.faults.isSessionLost = true;
    expect(await refusalOf(officeWorkbook.readTable("invoices"))).toMatch(
      /^SESSION_LOST: The connection to the workbook/,
    );
  });

  it("waits for a person who edits a cell, then goes on", async () => {
    session.setCellEdited(true);
    const written = officeWorkbook.writeTable(invoices([acme]));
    await new Promise((resolve) => setImmediate(resolve));
    expect(workbook.tables).toEqual([]);
    session.setCellEdited(false);
    expect(await written).toMatchObject({ created: true });
  });

  it("is tried again when Excel asks to slow down, without doing anything twice", async () => {
    await officeWorkbook.writeTable(invoices([acme]));
    session.faults.throttledRequests = 1;
    expect(await officeWorkbook.writeTable(invoices([acme, globex]))).toMatchObject({ rowsAdded: 1 });
    expect(texts("A5:A7").flat()).toEqual(["inv-a", "inv-b", ""]);
  });

  it("leaves a protected sheet as it was", async () => {
    await officeWorkbook.writeTable(invoices([acme]));
    sheet().protection = { isProtected: true, options: {}, password: null };
    const before = texts("A1:G6");
    expect(await refusalOf(officeWorkbook.writeTable(invoices([globex])))).toMatch(
      /^SHEET_PROTECTED: The sheet is protected/,
    );
    expect(texts("A1:G6")).toEqual(before);
  });

  it("leaves calculation and events on", async () => {
    await officeWorkbook.writeTable(invoices([acme]));
    session.faults.payloadLimitBytes = 3000;
    const many = Array.from({ length: 50 }, (_, index) =>
      row(`inv-${index}`, "INV", "A long name of a customer", 1, 1),
    );
    expect(await refusalOf(officeWorkbook.writeTable(invoices(many)))).toMatch(
      /^TOO_LARGE: This is more than Excel accepts/,
    );
    expect([workbook.calculationMode, workbook.areEventsEnabled]).toEqual(["Automatic", true]);
  });
});

describe("ten thousand rows of twenty columns", () => {
  it("go over in pieces with progress, and come back whole", async () => {
    const wide: TableColumn[] = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? { key: `t${index}`, title: `Text ${index}`, type: "text" }
        : { key: `n${index}`, title: `Number ${index}`, type: "number" },
    );
    const rows = Array.from({ length: 10_000 }, (_, r) => ({
      id: `row-${r}`,
      cells: wide.map((column, c) => (column.type === "text" ? `Customer ${r} of column ${c}` : r + c / 100)),
    }));
    const progress: number[] = [];
    const specification = invoices(rows, { columns: wide, conditionalFormats: [] });
    await officeWorkbook.writeTable(specification, { onProgress: ({ rowsDone }) => progress.push(rowsDone) });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)).toBe(10_000);
    const read = await officeWorkbook.readTable("invoices");
    expect(read.rows).toHaveLength(10_000);
    expect(read.rows[9_999]?.cells).toMatchObject({ t0: "Customer 9999 of column 0", n19: 9999.19 });
  });
});
