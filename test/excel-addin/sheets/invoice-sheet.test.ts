import { describe, expect, it } from "vitest";
import { amountInWords, invoiceSheet, type PullFacts, sheetNameFor } from "../../../excel-addin/sheets/invoice-sheet";
import type { TableColumn, TableSpecification } from "../../../excel-addin/workbook/workbook";
import { gridRow, invoiceGrid } from "./invoice-grid";

const facts: PullFacts = {
  viewId: "view-1",
  viewName: "Month-end review",
  pulledBy: "Ada Example",
  organizationId: "organization-1",
  isSandbox: false,
  timeZone: "Europe/London",
  locale: "en-GB",
};

const twoRows = [gridRow({ id: "inv-1" }), gridRow({ id: "inv-2", customer: "Northwind" })];

function column(sheet: TableSpecification, key: string): TableColumn {
  const found = sheet.columns.find((one) => one.key === key);
  if (!found) throw new Error(`There is no column ${key}.`);
  return found;
}

function cell(sheet: TableSpecification, row: number, key: string) {
  return sheet.rows[row]?.cells[sheet.columns.findIndex((one) => one.key === key)];
}

describe("the sheet of a pulled view", () => {
  it("says above the table what it is, when it was pulled, by whom, and with which filters", () => {
    expect(invoiceSheet(invoiceGrid(twoRows), facts).titleLines).toEqual([
      { text: "Month-end review", style: "title" },
      { text: "October 2026 compared with September 2026", style: "subtitle" },
      { text: "Pulled 3 Nov 2026, 09:12 by Ada Example", style: "note" },
      { text: "Filter: Drafts in GBP", style: "note" },
      { text: "GBP: 2 invoices, net 200.00, previous 160.00, change +40.00", style: "note" },
    ]);
  });

  it("says that it comes from a sandbox", () => {
    const lines = invoiceSheet(invoiceGrid(twoRows), { ...facts, isSandbox: true }).titleLines;
    expect(lines.at(-1)).toEqual({ text: "Sandbox: these figures are for trying out.", style: "note" });
  });

  it("has as many lines above the table however many currencies there are", () => {
    const [gbp] = invoiceGrid(twoRows).totals;
    if (!gbp) throw new Error("The grid has no total.");
    const totals = [gbp, { ...gbp, currency: "USD" }, { ...gbp, currency: "JPY" }];
    expect(invoiceSheet(invoiceGrid(twoRows, { totals }), facts).titleLines).toHaveLength(5);
  });

  it("keeps its place in the workbook by view and month", () => {
    const sheet = invoiceSheet(invoiceGrid(twoRows), facts);
    expect(sheet.tableKey).toBe("invoices:view-1:2026-10");
    expect(sheet.sheetName).toBe("Month-end review Oct 2026");
    expect(sheet.tableName).toBe("Invoices_2026_10");
    expect(sheet.connection).toEqual({
      kind: "invoices",
      viewId: "view-1",
      viewName: "Month-end review",
      month: "2026-10",
      organizationId: "organization-1",
    });
  });

  it("shows numbers as numbers, days as days, and words instead of codes", () => {
    const grid = invoiceGrid([
      gridRow({ id: "inv-1", net: "1234.50", flags: "FIRST_BILL, STALE", reason: "Starts on 14 October." }),
    ]);
    const sheet = invoiceSheet(grid, facts);
    expect(cell(sheet, 0, "net")).toBe(1234.5);
    expect(cell(sheet, 0, "dueOn")).toBe("2026-11-30");
    expect(cell(sheet, 0, "status")).toBe("Draft");
    expect(cell(sheet, 0, "flags")).toBe("First bill, Stale");
    expect(cell(sheet, 0, "reason")).toBe("Starts on 14 October.");
    expect(cell(sheet, 0, "number")).toBeNull();
    expect(cell(sheet, 0, "version")).toBe(1);
    expect(sheet.columns.map(({ key, type }) => `${key}: ${type}`)).toEqual([
      "customer: text",
      "number: text",
      "status: text",
      "currency: text",
      "dueOn: date",
      "net: number",
      "gross: number",
      "previousNet: number",
      "change: number",
      "changePercent: number",
      "changeWithoutTiming: number",
      "flags: text",
      "reason: text",
      "result: text",
      "version: number",
    ]);
    expect(column(sheet, "version").hidden).toBe(true);
  });

  it("shows a flag and a status that it does not know as the server names them", () => {
    const sheet = invoiceSheet(
      invoiceGrid([gridRow({ id: "inv-1", flags: "BRAND_NEW_FLAG", status: "ARCHIVED" })]),
      facts,
    );
    expect(cell(sheet, 0, "flags")).toBe("BRAND_NEW_FLAG");
    expect(cell(sheet, 0, "status")).toBe("ARCHIVED");
  });

  it("calculates change and change % in the sheet, for finance to audit", () => {
    const sheet = invoiceSheet(invoiceGrid(twoRows), facts);
    expect(column(sheet, "change").formula).toBe("=ROUND({net}-{previousNet},2)");
    expect(column(sheet, "changePercent").formula).toBe(
      '=IF({previousNet}=0,"",({net}-{previousNet})/ABS({previousNet}))',
    );
    expect(column(sheet, "changeWithoutTiming").formula).toBeUndefined();
  });

  it("shows the server's change where the view leaves out what it is calculated from", () => {
    const grid = invoiceGrid(twoRows);
    const without = grid.columns.findIndex(({ key }) => key === "previousNet");
    const narrow = invoiceSheet(
      {
        ...grid,
        columns: grid.columns.toSpliced(without, 1),
        rows: grid.rows.map((row) => ({ ...row, cells: row.cells.toSpliced(without, 1) })),
      },
      facts,
    );
    expect(column(narrow, "change").formula).toBeUndefined();
    expect(cell(narrow, 0, "change")).toBe(20);
    expect(cell(narrow, 0, "changePercent")).toBe(0.25);
  });

  it("follows the minor units of the currency", () => {
    const yen = gridRow({
      id: "inv-1",
      currency: "JPY",
      net: "120000",
      gross: "132000",
      previousNet: "90000",
      change: "30000",
    });
    const sheet = invoiceSheet(invoiceGrid([yen]), facts);
    expect(column(sheet, "net").format).toBe("#,##0");
    expect(column(sheet, "change").formula).toBe("=ROUND({net}-{previousNet},0)");
    expect(column(sheet, "change").format).toBe('"▲" +#,##0;"▼" -#,##0;0');
    const sterling = invoiceSheet(invoiceGrid(twoRows), facts);
    expect(column(sterling, "net").format).toBe("#,##0.00");
    expect(column(sterling, "change").format).toBe('"▲" +#,##0.00;"▼" -#,##0.00;0.00');
  });

  it("shows currencies with other minor units than most rows by rule, for amounts and changes alike", () => {
    const yen = { currency: "JPY", net: "547596", gross: "547596", previousNet: "535639", change: "11957" };
    const dinar = { currency: "KWD", net: "1.250", gross: "1.250", previousNet: "1.000", change: "0.250" };
    const rows = [...twoRows, gridRow({ id: "inv-3", ...yen }), gridRow({ id: "inv-4", ...dinar })];
    const sheet = invoiceSheet(invoiceGrid(rows), facts);
    expect(column(sheet, "net").format).toBe("#,##0.00");
    expect(column(sheet, "change").format).toBe('"▲" +#,##0.00;"▼" -#,##0.00;0.00');
    expect(column(sheet, "change").formula).toBe("=ROUND({net}-{previousNet},3)");
    const rules = (sheet.conditionalFormats ?? []).filter(({ style }) => style.numberFormat !== undefined);
    expect(rules.map((rule) => [rule.columns.join(" "), rule.formula, rule.style.numberFormat])).toEqual([
      ["net gross previousNet", '={currency}="JPY"', "#,##0"],
      ["change changeWithoutTiming", '={currency}="JPY"', '"▲" +#,##0;"▼" -#,##0;0'],
      ["net gross previousNet", '={currency}="KWD"', "#,##0.000"],
      ["change changeWithoutTiming", '={currency}="KWD"', '"▲" +#,##0.000;"▼" -#,##0.000;0.000'],
    ]);
  });

  it("has no such rules where all rows have the same minor units", () => {
    const sheet = invoiceSheet(invoiceGrid([...twoRows, gridRow({ id: "inv-3", currency: "USD" })]), facts);
    expect(sheet.conditionalFormats?.filter(({ style }) => style.numberFormat !== undefined)).toEqual([]);
  });

  it("puts the result of a command beside flags and reason, wherever the view has them", () => {
    const keys = (sheet: TableSpecification) => sheet.columns.map(({ key }) => key).join(" ");
    const grid = invoiceGrid(twoRows);
    const inOrder = (order: string): typeof grid => {
      const places = order.split(" ").map((key) => grid.columns.findIndex((one) => one.key === key));
      const rearranged = <Item>(items: readonly Item[]) => places.flatMap((place) => items.slice(place, place + 1));
      return {
        ...grid,
        columns: rearranged(grid.columns),
        rows: grid.rows.map((row) => ({ ...row, cells: rearranged(row.cells) })),
      };
    };
    const results = new Map([["inv-2", "Sent"]]);
    const usual = invoiceSheet(inOrder("customer net flags reason number dueOn"), { ...facts, results });
    expect(keys(usual)).toBe("customer net flags reason result number dueOn version");
    expect(cell(usual, 1, "result")).toBe("Sent");
    expect([cell(usual, 1, "customer"), cell(usual, 1, "dueOn"), cell(usual, 1, "version")]).toEqual([
      "Northwind",
      "2026-11-30",
      1,
    ]);
    expect(keys(invoiceSheet(inOrder("flags customer net"), facts))).toBe("flags result customer net version");
    expect(keys(invoiceSheet(inOrder("customer net"), facts))).toBe("customer net result version");
  });

  it("leaves room in every column for its header, and for amounts to grow", () => {
    const rows = [gridRow({ id: "inv-1", net: "1234567.50", change: "1234487.50" })];
    const sheet = invoiceSheet(invoiceGrid(rows), facts);
    for (const { title, width } of sheet.columns) if (width !== undefined) expect(width).toBeGreaterThan(title.length);
    expect(column(sheet, "net").width).toBe(14);
    expect(column(sheet, "change").width).toBe(18);
    expect(column(sheet, "dueOn").width).toBe(12);
  });

  it("adds up columns of one currency and never over several", () => {
    const sheet = invoiceSheet(invoiceGrid(twoRows), facts);
    expect(column(sheet, "net").total).toBe("sum");
    const [gbp] = invoiceGrid([]).totals;
    if (!gbp) throw new Error("The grid has no total.");
    const mixed = invoiceSheet(invoiceGrid(twoRows, { totals: [gbp, { ...gbp, currency: "USD" }] }), facts);
    expect(mixed.columns.filter(({ total }) => total !== undefined)).toEqual([]);
  });

  it("marks few things by rule, each also told by sign or word", () => {
    const { conditionalFormats } = invoiceSheet(invoiceGrid(twoRows), facts);
    expect(conditionalFormats?.map(({ columns, formula }) => [columns.join(" "), formula])).toEqual([
      ["change changePercent changeWithoutTiming", "={change}>0"],
      ["change changePercent changeWithoutTiming", "={change}<0"],
      ["flags", '={flags}<>""'],
      ["net gross", '=ISNUMBER(SEARCH("Stale",{flags}))'],
      ["result", '=LEFT({result},6)="Failed"'],
    ]);
  });

  it("shows what a command did to each row, and nothing of it after the next pull", () => {
    const results = new Map([["inv-2", "Sent"]]);
    const sheet = invoiceSheet(invoiceGrid(twoRows), { ...facts, results });
    expect([cell(sheet, 0, "result"), cell(sheet, 1, "result")]).toEqual([null, "Sent"]);
    expect(cell(invoiceSheet(invoiceGrid(twoRows), facts), 1, "result")).toBeNull();
  });

  it.each([
    '=HYPERLINK("http://example.com","pay here")',
    "+44 20 7946 0000",
    "-5",
    "@SUM(A1)",
    "'quoted",
    "007",
    "1/2",
  ])("leaves the text %s as it is, in a column of text", (text) => {
    const sheet = invoiceSheet(invoiceGrid([gridRow({ id: "inv-1", customer: text, reason: text })]), facts);
    expect(cell(sheet, 0, "customer")).toBe(text);
    expect(cell(sheet, 0, "reason")).toBe(text);
    expect([column(sheet, "customer").type, column(sheet, "reason").type]).toEqual(["text", "text"]);
  });

  it("refuses an amount that is none, instead of showing a zero", () => {
    expect(() => invoiceSheet(invoiceGrid([gridRow({ id: "inv-1", net: "n/a" })]), facts)).toThrow(RangeError);
  });

  it("keeps headers apart that the server calls the same", () => {
    const grid = invoiceGrid(twoRows);
    const columns = grid.columns.map((one) => (one.key === "reason" ? { ...one, title: "Result" } : one));
    const sheet = invoiceSheet({ ...grid, columns }, facts);
    expect(column(sheet, "reason").title).toBe("Result");
    expect(column(sheet, "result").title).toBe("Result (2)");
  });

  it("has its columns without rows too", () => {
    const sheet = invoiceSheet(invoiceGrid([], { totals: [] }), facts);
    expect(sheet.rows).toEqual([]);
    expect(column(sheet, "net").format).toBe("#,##0.00");
    expect(sheet.titleLines).toHaveLength(5);
  });
});

describe("the name of a sheet", () => {
  it("keeps the month within the 31 characters that Excel allows", () => {
    const name = sheetNameFor("All open drafts of the United Kingdom", "2026-10", "en-GB");
    expect(name).toBe("All open drafts of the Oct 2026");
    expect(name.length).toBeLessThanOrEqual(31);
  });

  it("leaves out what Excel forbids", () => {
    expect(sheetNameFor("'UK/IE: [drafts]?*'", "2026-10", "en-GB")).toBe("UK IE drafts ' Oct 2026");
    expect(sheetNameFor("///", "2026-10", "en-GB")).toBe("Oct 2026");
  });
});

describe("amounts in words", () => {
  it("keep every digit and their own decimal places", () => {
    expect(amountInWords("1234567.50", "en-GB")).toBe("1,234,567.50");
    expect(amountInWords("1234567.50", "de-DE")).toBe("1.234.567,50");
    expect(amountInWords("120000", "en-GB")).toBe("120,000");
    expect(amountInWords("9007199254740993.01", "en-GB")).toBe("9,007,199,254,740,993.01");
    expect(amountInWords("-5.00", "en-GB")).toBe("-5.00");
    expect(amountInWords("5.00", "en-GB", "exceptZero")).toBe("+5.00");
  });
});
