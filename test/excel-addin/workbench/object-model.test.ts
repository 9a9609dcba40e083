import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostSession } from "../../../excel-addin/workbench/host/host-session";
import { area } from "../../../excel-addin/workbench/model/area";
import { writeCells } from "../../../excel-addin/workbench/model/edit";
import { typeIntoCell } from "../../../excel-addin/workbench/model/type-into-cell";
import type { Workbook } from "../../../excel-addin/workbench/model/workbook";
import { openWorkbook } from "./excel-in-node";

let workbook: Workbook;
let session: HostSession;

beforeEach(() => {
  ({ workbook, session } = openWorkbook());
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing refused",
    (error: OfficeExtension.Error) => error.code,
  );

const activeSheet = (context: Excel.RequestContext): Excel.Worksheet =>
  context.workbook.worksheets.getActiveWorksheet();

describe("the object model", () => {
  afterEach(() => {
    expect(session.unknownMembers).toEqual([]);
  });

  describe("ranges", () => {
    it("answer values, formulas, texts and formats as they were written", async () => {
      await Excel.run(async (context) => {
        const range = activeSheet(context).getRange("B2:D3");
        range.values = [
          ["Acme", 1200.5, true],
          ["Globex", 99, ""],
        ];
        range.getCell(1, 2).formulas = [["=C2+C3"]];
        range.getColumn(1).numberFormat = [["#,##0.00"], ["#,##0.00"]];
        range.load(
          "values, formulas, text, valueTypes, numberFormat, address, rowIndex, columnIndex, rowCount, columnCount",
        );
        await context.sync();
        expect(range.address).toBe("Sheet1!B2:D3");
        expect([range.rowIndex, range.columnIndex, range.rowCount, range.columnCount]).toEqual([1, 1, 2, 3]);
        expect(range.values).toEqual([
          ["Acme", 1200.5, true],
          ["Globex", 99, 1299.5],
        ]);
        expect(range.formulas[1]?.[2]).toBe("=C2+C3");
        expect(range.text).toEqual([
          ["Acme", "1,200.50", "TRUE"],
          ["Globex", "99.00", "1299.5"],
        ]);
        expect(range.valueTypes).toEqual([
          ["String", "Double", "Boolean"],
          ["String", "Double", "Double"],
        ]);
      });
    });

    it("turn texts into numbers, dates and formulas unless the format is text or an apostrophe leads", async () => {
      await Excel.run(async (context) => {
        const range = activeSheet(context).getRange("A1:G1");
        range.getCell(0, 5).numberFormat = [["@"]];
        range.values = [["12", "5%", "2026-10-31", "=1+1", "'=1+1", "=1+1", "00123"]];
        range.load("values, text, formulas");
        await context.sync();
        expect(range.values[0]).toEqual([12, 0.05, 46326, 2, "=1+1", "=1+1", 123]);
        expect(range.text[0]).toEqual(["12", "5%", "2026-10-31", "2", "=1+1", "=1+1", "123"]);
        expect(range.formulas[0]?.slice(3, 6)).toEqual(["=1+1", "=1+1", "=1+1"]);
      });
    });

    it("leave a cell alone for null and empty it for an empty text", async () => {
      await Excel.run(async (context) => {
        const range = activeSheet(context).getRange("A1:C1");
        range.values = [[1, 2, 3]];
        range.values = [[null, "", 30]];
        range.load("values, valueTypes");
        await context.sync();
        expect(range.values).toEqual([[1, "", 30]]);
        expect(range.valueTypes[0]?.[1]).toBe("Empty");
      });
    });

    it("move with their cells while they are tracked", async () => {
      await Excel.run(async (context) => {
        const range = activeSheet(context).getRange("B5:B6");
        range.track();
        await context.sync();
        activeSheet(context).getRange("2:3").insert("Down");
        await context.sync();
        range.load("address");
        await context.sync();
        expect(range.address).toBe("Sheet1!B7:B8");
        activeSheet(context).getRange("7:8").delete("Up");
        await context.sync();
        range.load("address");
        expect(await codeOf(context.sync())).toBe("InvalidReference");
      });
    });

    it("pass to neighbours, intersections and whole lines", async () => {
      await Excel.run(async (context) => {
        const sheet = activeSheet(context);
        const range = sheet.getRange("B2:D4");
        const found = [
          range.getOffsetRange(1, -1),
          range.getResizedRange(1, 1),
          range.getLastRow(),
          range.getEntireColumn(),
          range.getIntersection("C3:Z9"),
          sheet.getRangeByIndexes(0, 0, 2, 2),
          sheet.getCell(4, 2),
        ].map((one) => one.load("address"));
        const none = range.getIntersectionOrNullObject("F9");
        await context.sync();
        expect(found.map(({ address }) => address)).toEqual(
          ["A3:C5", "B2:E5", "B4:D4", "B:D", "C3:D4", "A1:B2", "C5"].map((address) => `Sheet1!${address}`),
        );
        expect(none.isNullObject).toBe(true);
      });
    });

    it("are dressed with fonts, fills, borders, widths and alignment", async () => {
      await Excel.run(async (context) => {
        const { format } = activeSheet(context).getRange("A1:B2");
        format.font.set({ bold: true, color: "#a4262c", size: 14 });
        format.fill.color = "#FFF4CE";
        format.columnWidth = 90;
        format.horizontalAlignment = "Center";
        format.borders.getItem("EdgeBottom").style = "Continuous";
        activeSheet(context).getRange("B2").format.font.bold = false;
        format.load("columnWidth, horizontalAlignment, font/bold, font/color, font/size, fill/color");
        await context.sync();
        expect([format.columnWidth, format.horizontalAlignment]).toEqual([90, "Center"]);
        expect([format.font.bold, format.font.color, format.font.size, format.fill.color]).toEqual([
          null,
          "#A4262C",
          14,
          "#FFF4CE",
        ]);
      });
    });
  });

  describe("sheets", () => {
    it("are added, found, renamed, hidden, protected, frozen and deleted", async () => {
      await Excel.run(async (context) => {
        const { worksheets } = context.workbook;
        const sheet = worksheets.add("October");
        sheet.tabColor = "#107C41";
        sheet.activate();
        sheet.freezePanes.freezeAt(sheet.getRange("A1:B3"));
        const none = worksheets.getItemOrNullObject("November");
        const frozen = sheet.freezePanes.getLocationOrNullObject().load("address");
        worksheets.load("items/name, items/tabColor");
        await context.sync();
        expect(none.isNullObject).toBe(true);
        expect(frozen.address).toBe("October!A1:B3");
        expect(worksheets.items.map(({ name, tabColor }) => [name, tabColor])).toEqual([
          ["Sheet1", ""],
          ["October", "#107C41"],
        ]);
        sheet.name = "Oct 2026";
        worksheets.getItem("Sheet1").visibility = "Hidden";
        await context.sync();
        expect(await codeOf(Excel.run(async (other) => other.workbook.worksheets.getItem("Oct 2026").delete()))).toBe(
          "InvalidOperation",
        );
        worksheets.getItem("Sheet1").visibility = "Visible";
        sheet.delete();
        await context.sync();
      });
      expect(workbook.sheets.map(({ name }) => name)).toEqual(["Sheet1"]);
    });

    it("protected, let nobody into locked cells", async () => {
      await Excel.run(async (context) => {
        const sheet = activeSheet(context);
        sheet.getRange("A1").format.protection.locked = false;
        sheet.protection.protect();
        await context.sync();
        sheet.getRange("A1").values = [["free"]];
        await context.sync();
        sheet.getRange("A2").values = [["locked"]];
        expect(await codeOf(context.sync())).toBe("AccessDenied");
        sheet.protection.unprotect();
        sheet.getRange("A2").values = [["open"]];
        await context.sync();
      });
      expect(workbook.activeSheet.cell(1, 0)?.value).toBe("open");
    });
  });

  describe("tables", () => {
    const addTable = async (context: Excel.RequestContext): Promise<Excel.Table> => {
      const sheet = activeSheet(context);
      sheet.getRange("B2:D4").values = [
        ["Customer", "Total", "Total"],
        ["Acme", 10, 1],
        ["Globex", 20, 2],
      ];
      const table = sheet.tables.add("B2:D4", true);
      table.name = "Invoices";
      table.load("id, name, style, showTotals");
      table.columns.load("items/id, items/name, items/index");
      await context.sync();
      return table;
    };

    it("take their column names from the header, unique", async () => {
      await Excel.run(async (context) => {
        const table = await addTable(context);
        expect(table.style).toBe("TableStyleMedium2");
        expect(table.columns.items.map(({ name }) => name)).toEqual(["Customer", "Total", "Total2"]);
      });
    });

    it("are resized, get rows and columns, and know their parts", async () => {
      await Excel.run(async (context) => {
        const table = await addTable(context);
        table.resize("B2:E6");
        table.rows.add(undefined, [["Hooli", 5, 6, "x"]]);
        table.columns.add(1, [["Due"], [1], [2], [""], [""], [3]]);
        table.showTotals = true;
        table.columns.getItem("Total").getTotalRowRange().formulas = [["=SUBTOTAL(109,[Total])"]];
        const parts = [
          table.getRange(),
          table.getHeaderRowRange(),
          table.getDataBodyRange(),
          table.getTotalRowRange(),
        ].map((one) => one.load("address"));
        const total = table.columns.getItem("Total").getTotalRowRange().load("values");
        const count = table.rows.getCount();
        await context.sync();
        expect(parts.map(({ address }) => address)).toEqual(
          ["B2:F8", "B2:F2", "B3:F7", "B8:F8"].map((address) => `Sheet1!${address}`),
        );
        expect(total.values).toEqual([[35]]);
        expect(count.value).toBe(5);
      });
    });

    it("calculate structured references, which follow a renamed column", async () => {
      await Excel.run(async (context) => {
        const table = await addTable(context);
        const sheet = activeSheet(context);
        sheet.getRange("G1:G4").formulas = [
          ["=SUM(Invoices[Total])"],
          ["=ROWS(Invoices[#All])"],
          ["=Invoices[[#Headers],[Total2]]"],
          ["=[@Total]"],
        ];
        table.columns.getItem("Total2").getDataBodyRange().formulas = [["=[@Total]*2"], ["=[@[Total]]+1"]];
        table.columns.getItem("Total").name = "Net [EUR]";
        const outside = sheet.getRange("G1:G4").load("values, formulas");
        const inside = table.getDataBodyRange().load("values, formulas");
        await context.sync();
        expect(outside.values.flat()).toEqual([30, 3, "Total2", "#REF!"]);
        expect(outside.formulas[0]).toEqual(["=SUM(Invoices[Net '[EUR']])"]);
        expect(inside.values).toEqual([
          ["Acme", 10, 20],
          ["Globex", 20, 21],
        ]);
        expect(inside.formulas[0]?.[2]).toBe("=[@[Net '[EUR']]]*2");
      });
    });

    it("are sorted and filtered, hiding rows that do not pass", async () => {
      await Excel.run(async (context) => {
        const table = await addTable(context);
        table.sort.apply([{ key: 1, ascending: false }]);
        table.columns.getItem("Customer").filter.applyValuesFilter(["Acme"]);
        const body = table.getDataBodyRange().load("values");
        const rows = table.getDataBodyRange().getRowProperties({ rowHidden: true });
        table.autoFilter.load("isDataFiltered");
        await context.sync();
        expect(body.values.map(([customer]) => customer)).toEqual(["Globex", "Acme"]);
        expect(rows.value.map(({ rowHidden }) => rowHidden)).toEqual([true, false]);
        expect(table.autoFilter.isDataFiltered).toBe(true);
        table.clearFilters();
        await context.sync();
        expect(workbook.activeSheet.filteredRows.size).toBe(0);
      });
    });

    it("stay whole: shifting cells through one is refused", async () => {
      await Excel.run(async (context) => {
        await addTable(context);
        activeSheet(context).getRange("C1").insert("Down");
        expect(await codeOf(context.sync())).toBe("InvalidOperation");
      });
    });
  });

  describe("conditional formats", () => {
    it("are added, counted, found by id and deleted one by one", async () => {
      await Excel.run(async (context) => {
        const range = activeSheet(context).getRange("B2:B9");
        const custom = range.conditionalFormats.add(Excel.ConditionalFormatType.custom);
        custom.custom.rule.formula = "=$B2<0";
        custom.custom.format.font.color = "#A4262C";
        const value = range.conditionalFormats.add(Excel.ConditionalFormatType.cellValue);
        value.cellValue.rule = { formula1: "=100", operator: "GreaterThan" };
        value.cellValue.format.fill.color = "#FFF4CE";
        custom.load("id, type, priority");
        const count = range.conditionalFormats.getCount();
        await context.sync();
        expect([custom.type, custom.priority, count.value]).toEqual(["Custom", 1, 2]);
        range.conditionalFormats.getItem(custom.id).delete();
        const gone = range.conditionalFormats.getItemOrNullObject(custom.id);
        range.conditionalFormats.load("items/type");
        await context.sync();
        expect(gone.isNullObject).toBe(true);
        expect(range.conditionalFormats.items.map(({ type }) => type)).toEqual(["CellValue"]);
      });
    });
  });

  describe("what an add-in keeps in the file", () => {
    it("are settings, names and XML parts", async () => {
      await Excel.run(async (context) => {
        const { settings, names, customXmlParts } = context.workbook;
        settings.add("billgrid", { view: 1 });
        names.add("Closing", activeSheet(context).getRange("B2:B4"));
        const part = customXmlParts.add('<view xmlns="urn:billgrid"><month>10</month></view>');
        await context.sync();
        const setting = settings.getItem("billgrid").load("value");
        const none = settings.getItemOrNullObject("other").load("value");
        const range = names.getItem("Closing").getRange().load("address");
        const only = customXmlParts.getByNamespace("urn:billgrid").getOnlyItem();
        const xml = only.getXml();
        await context.sync();
        expect(setting.value).toEqual({ view: 1 });
        expect(none.isNullObject).toBe(true);
        expect(range.address).toBe("Sheet1!B2:B4");
        expect(xml.value).toContain("<month>10</month>");
        part.delete();
        await context.sync();
        expect(workbook.customXmlParts.size).toBe(0);
      });
    });
  });

  describe("events", () => {
    const waitFor = async (condition: () => boolean): Promise<void> => {
      const end = Date.now() + 2000;
      while (!condition() && Date.now() < end) await new Promise((resolve) => setImmediate(resolve));
    };

    it("tell what one cell held before and after, and nothing of the kind for a block", async () => {
      const changes: Excel.WorksheetChangedEventArgs[] = [];
      await Excel.run(async (context) => {
        activeSheet(context).onChanged.add(async (change) => void changes.push(change));
        await context.sync();
      });
      typeIntoCell(workbook, workbook.activeSheet, 1, 1, "12.5");
      writeCells(workbook, workbook.activeSheet, area(3, 0, 2, 2), () => "x");
      await waitFor(() => changes.length === 2);
      expect(changes.map(({ address, changeType, source }) => [address, changeType, source])).toEqual([
        ["B2", "RangeEdited", "Local"],
        ["A4:B5", "RangeEdited", "Local"],
      ]);
      expect(changes[0]?.details).toMatchObject({ valueBefore: "", valueAfter: 12.5, valueTypeAfter: "Double" });
      expect(changes[1]?.details).toBeUndefined();
    });

    it("are not sent while the add-in has them switched off", async () => {
      const changes: string[] = [];
      await Excel.run(async (context) => {
        activeSheet(context).onChanged.add(async ({ address }) => void changes.push(address));
        await context.sync();
        context.runtime.enableEvents = false;
        activeSheet(context).getRange("A1").values = [[1]];
        context.runtime.enableEvents = true;
        activeSheet(context).getRange("A2").values = [[2]];
        await context.sync();
      });
      await waitFor(() => changes.length > 0);
      expect(changes).toEqual(["A2"]);
    });

    it("tell where the selection goes", async () => {
      const places: string[] = [];
      await Excel.run(async (context) => {
        context.workbook.worksheets.onSelectionChanged.add(async ({ address }) => void places.push(address));
        await context.sync();
      });
      workbook.select(workbook.activeSheet, { area: area(4, 1, 2, 3), activeRow: 4, activeColumn: 1 });
      await waitFor(() => places.length > 0);
      expect(places).toEqual(["B5:D6"]);
    });
  });

  describe("refusals", () => {
    const refused: [string, string, (context: Excel.RequestContext) => void][] = [
      [
        "values of another shape",
        "InvalidArgument",
        (context) => void (activeSheet(context).getRange("A1:B2").values = [[1, 2]]),
      ],
      [
        "an address that is none",
        "InvalidArgument",
        (context) => void activeSheet(context).getRange("A1:").load("address"),
      ],
      [
        "a sheet that is not there",
        "ItemNotFound",
        (context) => void context.workbook.worksheets.getItem("No").load("name"),
      ],
      ["a sheet's name given twice", "ItemAlreadyExists", (context) => void context.workbook.worksheets.add("Sheet1")],
      ["a sheet's name with a slash", "InvalidArgument", (context) => void context.workbook.worksheets.add("a/b")],
      [
        "a formula with an open bracket",
        "InvalidArgument",
        (context) => void (activeSheet(context).getRange("A1").formulas = [["=SUM(1"]]),
      ],
      [
        "a colour that is none",
        "InvalidArgument",
        (context) => void (activeSheet(context).getRange("A1").format.font.color = "reddish"),
      ],
      [
        "a setting that is not there",
        "ItemNotFound",
        (context) => void context.workbook.settings.getItem("no").load("value"),
      ],
      [
        "a place outside the sheet",
        "InvalidArgument",
        (context) => void activeSheet(context).getRange("A1").getOffsetRange(-1, 0).load("address"),
      ],
    ];

    it.each(refused)("%s: %s", async (_what, code, work) => {
      expect(await codeOf(Excel.run(async (context) => work(context)))).toBe(code);
    });

    it("keep what was done before them", async () => {
      const code = await codeOf(
        Excel.run(async (context) => {
          activeSheet(context).getRange("A1").values = [["done"]];
          context.workbook.worksheets.getItem("No").activate();
        }),
      );
      expect(code).toBe("ItemNotFound");
      expect(workbook.activeSheet.cell(0, 0)?.value).toBe("done");
    });

    it("of whole requests come as Excel's typed errors", async () => {
      const write = () =>
        codeOf(Excel.run(async (context) => void (activeSheet(context).getRange("A1").values = [[1]])));
      session.setCellEdited(true);
      expect(await write()).toBe("InvalidOperationInCellEditMode");
      session.setCellEdited(false);
      session.faults.throttledRequests = 1;
      expect(await write()).toBe("ActivityLimitReached");
      session.faults.isSessionLost = true;
      expect(await write()).toBe("InvalidOrTimedOutSession");
      session.faults.isSessionLost = false;
      const wide = Array.from({ length: 1000 }, () => ["x".repeat(6000)]);
      expect(
        await codeOf(Excel.run(async (context) => void (activeSheet(context).getRange("A1:A1000").values = wide))),
      ).toBe("RequestPayloadSizeLimitExceeded");
      expect(await write()).toBe("nothing refused");
    });
  });
});

describe("a member that Excel of this version does not have, or the workbench does not know", () => {
  it("is refused and written down", async () => {
    const code = await codeOf(
      Excel.run(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().charts.load("items/name");
        await context.sync();
      }),
    );
    expect(code).toBe("ApiNotFound");
    expect(session.unknownMembers).toEqual(["Worksheet.Charts"]);
  });
});
