import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Frame } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { excelAddinBuild } from "../../../excel-addin/vite.config";
import { serveWorkbench, type WorkbenchServer } from "../../../excel-addin/workbench/serve";
import type {
  TableSpecification,
  Workbook as WorkbookPort,
  WrittenTable,
} from "../../../excel-addin/workbook/workbook";
import { launchBrowser, type OpenWorkbench, openWorkbench } from "../../testkit/browser";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** The workbook port as a script for a page without the rest of the pane. */
async function bundlePort(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      lib: { entry: path.join(ROOT, "excel-addin/workbook/office-workbook.ts"), formats: ["iife"], name: "port" },
    },
  });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error("Nothing was built.");
  return output.output[0].code;
}

const PANE = `<!doctype html><title>Pane</title><script src="/office-js/office.js"></script><body>A pane for tests</body>`;

let folder: string;
let server: WorkbenchServer;
let browser: Browser;
let portCode: string;
let opened: OpenWorkbench;
let pane: Frame;
let foreignRequests: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "billgrid-workbench-"));
  const distDir = path.join(folder, "dist");
  await build({
    ...excelAddinBuild({ pages: ["workbench"], officeJs: "workbench", outDir: distDir }),
    logLevel: "warn",
  });
  portCode = await bundlePort();
  server = await serveWorkbench({
    apiUrl: "http://127.0.0.1:9",
    distDir,
    cacheDir: folder,
    manifestFile: path.join(ROOT, "manifest.xml"),
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  foreignRequests = [];
  opened = await openWorkbench(browser, server.url, {
    prepare: async (page) => {
      page.on("request", (request) => {
        if (!request.url().startsWith(new URL(server.url).origin) && !request.url().startsWith("data:"))
          foreignRequests.push(request.url());
      });
      await page.route("**/taskpane.html", (route) => route.fulfill({ contentType: "text/html", body: PANE }));
    },
  });
  pane = await opened.pane();
});

afterEach(async () => {
  expect(await opened.page.evaluate(() => window.workbench.unknownMembers)).toEqual([]);
  expect(opened.complaints).toEqual([]);
  expect(foreignRequests).toEqual([]);
  await opened.close();
});

const invoices = (count: number): TableSpecification => ({
  tableKey: "invoices",
  sheetName: "Invoices",
  tableName: "BillgridInvoices",
  titleLines: [{ text: "October close", style: "title" }],
  columns: [
    { key: "number", title: "Number", type: "text" },
    { key: "customer", title: "Customer", type: "text", width: 22 },
    { key: "total", title: "Total", type: "number", total: "sum" },
    { key: "previous", title: "Last month", type: "number" },
    { key: "change", title: "Change", type: "number", formula: "={total}-{previous}" },
  ],
  rows: Array.from({ length: count }, (_, index) => ({
    id: `inv-${index}`,
    cells: [`INV-${index}`, index % 2 ? "Globex" : "Acme", index * 10, index * 9, null],
  })),
  conditionalFormats: [{ columns: ["change"], formula: "={change}>5", style: { color: "#0B6A0B", bold: true } }],
});

const writeTable = async (specification: TableSpecification): Promise<WrittenTable> => {
  const hasPort = await pane.evaluate(() => "port" in window);
  if (!hasPort) await pane.addScriptTag({ content: portCode });
  return pane.evaluate(
    (given) => (window as unknown as { port: { officeWorkbook: WorkbookPort } }).port.officeWorkbook.writeTable(given),
    specification,
  );
};

const texts = (address: string): Promise<string[][]> =>
  opened.page.evaluate((place) => window.workbench.texts(place), address);
const select = (address: string): Promise<void> =>
  opened.page.evaluate((place) => window.workbench.select(place), address);
const field = (name: string): Promise<string> => opened.page.getByLabel(name, { exact: true }).inputValue();

describe("the pane", () => {
  it("is told that it runs in Excel on the web", async () => {
    const info = await pane.evaluate(() => Office.onReady());
    expect([info.host, info.platform]).toEqual(["Excel", "OfficeOnline"]);
    expect(
      await pane.evaluate(() =>
        ["1.9", "1.14", "1.15"].map((version) => Office.context.requirements.isSetSupported("ExcelApi", version)),
      ),
    ).toEqual([true, true, false]);
  });

  it("is hidden and shown without being loaded again", async () => {
    await pane.evaluate(() => Object.assign(window, { mark: 1 }));
    await opened.page.getByLabel("Close pane").click();
    expect(await opened.page.getByLabel("Task pane", { exact: true }).isVisible()).toBe(false);
    await opened.page.getByRole("button", { name: "Open Billgrid" }).click();
    expect(await opened.page.locator("iframe").isVisible()).toBe(true);
    expect(await pane.evaluate(() => "mark" in window)).toBe(true);
  });

  it("runs the functions behind the buttons of the ribbon", async () => {
    await pane.evaluate(() => {
      Office.actions.associate("refreshSheet", async (event: Office.AddinCommands.Event) => {
        await Office.addin.showAsTaskpane();
        document.title = `clicked ${event.source.id}`;
        event.completed();
      });
    });
    await opened.page.getByLabel("Close pane").click();
    await opened.page.getByRole("button", { name: "Refresh" }).click();
    await pane.waitForFunction(() => document.title.startsWith("clicked"));
    expect(await pane.title()).toBe("clicked Billgrid.Refresh");
    await opened.page.getByRole("button", { name: "Refresh", disabled: false }).waitFor();
    expect(await opened.page.locator("iframe").isVisible()).toBe(true);
  });

  it("keeps settings of the document", async () => {
    const saved = await pane.evaluate(
      () =>
        new Promise<Office.AsyncResultStatus>((resolve) => {
          Office.context.document.settings.set("month", "2026-10");
          Office.context.document.settings.saveAsync((result) => resolve(result.status));
        }),
    );
    expect(saved).toBe("succeeded");
  });

  it("finds its table again after the file was opened anew", async () => {
    await writeTable(invoices(3));
    await opened.page.evaluate(() => window.workbench.reopen());
    await opened.page.waitForFunction(() => document.querySelectorAll("iframe").length === 1);
    pane = await opened.pane();
    const written = await writeTable(invoices(4));
    expect(written).toMatchObject({ created: false, rowsAdded: 1, address: "A3:F8" });
  });
});

describe("the grid", () => {
  it("shows ten thousand rows and goes to the last one", async () => {
    const written = await writeTable(invoices(10_000));
    expect(written).toMatchObject({ created: true, rowsAdded: 10_000, address: "A3:F10004" });
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.press("Control+End");
    await opened.page.keyboard.press("ArrowUp");
    await opened.page.keyboard.press("Home");
    await opened.page.keyboard.press("ArrowRight");
    expect([await field("Name box"), await field("Formula bar")]).toEqual(["B10003", "INV-9999"]);
    expect(await texts("Invoices!B10003:F10004")).toEqual([
      ["INV-9999", "Globex", "99,990.00", "89,991.00", "9,999.00"],
      ["Total", "", "499,950,000.00", "", ""],
    ]);
  });

  it("takes what is typed, moves on with Enter and Tab, and forgets it with Escape", async () => {
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.type("12");
    await opened.page.keyboard.press("Enter");
    await opened.page.keyboard.type("30");
    await opened.page.keyboard.press("Enter");
    await opened.page.keyboard.type("=SUM(A1:A2)");
    await opened.page.keyboard.press("Tab");
    await opened.page.keyboard.type("lost");
    await opened.page.keyboard.press("Escape");
    expect(await texts("Sheet1!A1:B3")).toEqual([
      ["12", ""],
      ["30", ""],
      ["42", ""],
    ]);
    expect(await field("Name box")).toBe("B3");
    await select("A3");
    await opened.page.keyboard.press("F2");
    await opened.page.keyboard.type("+1");
    await opened.page.keyboard.press("Enter");
    expect(await texts("Sheet1!A3")).toEqual([["43"]]);
  });

  it("edits in the formula bar, and goes to the place typed into the name box", async () => {
    await opened.page.getByLabel("Name box").fill("D7");
    await opened.page.getByLabel("Name box").press("Enter");
    await opened.page.getByLabel("Formula bar").fill("5%");
    await opened.page.getByLabel("Formula bar").press("Enter");
    expect(await texts("Sheet1!D7")).toEqual([["5%"]]);
    expect(await field("Name box")).toBe("D8");
  });

  it("lets the add-in wait while a cell is edited", async () => {
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.type("half");
    const code = await pane.evaluate(() =>
      Excel.run(
        async (context) => void (context.workbook.worksheets.getActiveWorksheet().getRange("C1").values = [["x"]]),
      ).then(
        () => "done",
        (error: OfficeExtension.Error) => error.code,
      ),
    );
    expect(code).toBe("InvalidOperationInCellEditMode");
    const written = writeTable(invoices(2));
    await opened.page.keyboard.press("Enter");
    expect(await written).toMatchObject({ created: true });
  });

  it("selects with the mouse, copies and pastes with formulas, and sums in the status bar", async () => {
    await writeTable(invoices(5));
    await select("Invoices!D4:F6");
    await opened.page.getByText("Sum: 60.00").waitFor();
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.press("Control+c");
    await select("Invoices!H4");
    await opened.page.keyboard.press("Control+v");
    expect(await texts("Invoices!H4:J5")).toEqual([
      ["0.00", "0.00", "0.00"],
      ["10.00", "9.00", "1.00"],
    ]);
    const box = await opened.page.getByRole("grid").boundingBox();
    if (!box) throw new Error("No grid");
    await opened.page.mouse.move(box.x + 60, box.y + 40);
    await opened.page.mouse.down();
    await opened.page.mouse.move(box.x + 300, box.y + 100);
    await opened.page.mouse.up();
    expect(await field("Name box")).toMatch(/^\dR × \dC$/);
  });

  it("sorts and filters by the arrows in the headers, and a refresh keeps both", async () => {
    await writeTable(invoices(6));
    await opened.page.evaluate(() => window.workbench.select("Invoices!H4"));
    await opened.page.keyboard.type("Note");
    await opened.page.keyboard.press("Escape");
    const arrow = await headerArrow("C3");
    await opened.page.mouse.click(arrow.x, arrow.y);
    await opened.page.getByRole("dialog", { name: "Filter Customer" }).getByLabel("Acme").uncheck();
    await opened.page.getByRole("button", { name: "Apply" }).click();
    const total = await headerArrow("D3");
    await opened.page.mouse.click(total.x, total.y);
    await opened.page.getByRole("button", { name: "Sort descending" }).click();
    expect(await texts("Invoices!B4:C6")).toEqual([
      ["INV-5", "Globex"],
      ["INV-4", "Acme"],
      ["INV-3", "Globex"],
    ]);
    const hidden = () =>
      opened.page.evaluate(() => [...(window.workbench.workbook.findSheet("Invoices")?.filteredRows ?? [])].sort());
    expect(await hidden()).toEqual([4, 6, 8]);
    await writeTable(invoices(8));
    expect((await texts("Invoices!B4:B11")).flat()).toEqual([
      "INV-7",
      "INV-6",
      "INV-5",
      "INV-4",
      "INV-3",
      "INV-2",
      "INV-1",
      "INV-0",
    ]);
    expect(await hidden()).toHaveLength(4);
  });

  it("makes a column of the users' own beside the table, which a refresh leaves alone", async () => {
    await writeTable(invoices(3));
    await select("Invoices!G3");
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.type("Twice");
    await opened.page.keyboard.press("Enter");
    await opened.page.keyboard.type("=[@Total]*2");
    await opened.page.keyboard.press("Enter");
    const written = await writeTable(invoices(4));
    expect(written.userColumns).toEqual(["Twice"]);
    expect((await texts("Invoices!G3:G7")).flat()).toEqual(["Twice", "0", "20", "40", "60"]);
  });

  it("says why it refuses something", async () => {
    await opened.page.getByRole("button", { name: "Protect sheet" }).click();
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.press("5");
    const refusal = opened.page.getByRole("alertdialog");
    expect(await refusal.textContent()).toContain("The cell is on a protected sheet.");
    await refusal.getByRole("button", { name: "OK" }).click();
    await opened.page.getByRole("button", { name: "Unprotect sheet" }).click();
    await opened.page.getByRole("grid").focus();
    await opened.page.keyboard.type("=SUM((1");
    await opened.page.keyboard.press("Enter");
    expect(await refusal.textContent()).toContain("a problem with this formula");
    await refusal.getByRole("button", { name: "OK" }).click();
    await opened.page.getByLabel("Cancel").click();
    expect(await texts("Sheet1!A1")).toEqual([[""]]);
  });

  it("shows amounts with the minor units of their currency", async () => {
    await writeTable({
      ...invoices(0),
      columns: [
        { key: "currency", title: "Currency", type: "text" },
        { key: "net", title: "Net", type: "number" },
      ],
      rows: [
        { id: "inv-1", cells: ["GBP", 1000] },
        { id: "inv-2", cells: ["JPY", 547_596] },
      ],
      conditionalFormats: [{ columns: ["net"], formula: '={currency}="JPY"', style: { numberFormat: "#,##0" } }],
    });
    expect(await texts("Invoices!B4:C5")).toEqual([
      ["GBP", "1,000.00"],
      ["JPY", "547,596"],
    ]);
  });

  it("draws what conditions ask for", async () => {
    await writeTable(invoices(20));
    const greenCells = () =>
      opened.page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>(".grid-canvas");
        const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let green = 0;
        for (let at = 0; at < data.length; at += 4)
          if (data[at] === 0x0b && data[at + 1] === 0x6a && data[at + 2] === 0x0b) green++;
        return green;
      });
    await opened.page.waitForFunction(() => document.fonts.check("15px Carlito"));
    expect(await greenCells()).toBeGreaterThan(20);
  });
});

/** The arrow of a header, in the coordinates of the page. */
async function headerArrow(address: string): Promise<{ x: number; y: number }> {
  const grid = await opened.page.getByRole("grid").boundingBox();
  const place = await opened.page.evaluate((cell) => {
    const { workbook } = window.workbench;
    const { sheet, area } = workbook.resolveAddress(cell, workbook.activeSheet);
    let x = 46;
    for (let column = 0; column <= area.column; column++) x += sheet.columnWidth(column);
    let y = 22;
    for (let row = 0; row <= area.row; row++) y += sheet.rowHeight(row);
    return { x: x - 9, y: y - 9 };
  }, address);
  return { x: (grid?.x ?? 0) + place.x, y: (grid?.y ?? 0) + place.y };
}
