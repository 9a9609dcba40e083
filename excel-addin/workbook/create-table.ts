import {
  asText,
  cellFormula,
  chunkRows,
  numberFormatOf,
  pointsOf,
  rowFormula,
  type SentValue,
  toSent,
} from "./cell-content";
import { send } from "./excel-errors";
import { holdBack, setAll } from "./quiet-writing";
import { type ColumnRecord, settingKeyOf, type TableRecord } from "./table-record";
import type { ConditionalFormat, Progress, TableColumn, TableSpecification, TitleLine } from "./workbook";

/** What one request may carry: far enough from the 5 MB that Excel on the web takes. */
export const CHUNK_BYTES = 2 * 1024 * 1024;

const ID_TITLE = "Billgrid id";
const FILTER_ARROW_POINTS = 14;
const WIDEST_POINTS = 320;
const TABLE_STYLE = "TableStyleMedium2";
const TOTAL_FUNCTIONS = { sum: 109, count: 103, average: 101 } as const;
const TITLE_STYLES: Readonly<Record<NonNullable<TitleLine["style"]>, { size: number; bold: boolean; color: string }>> =
  {
    title: { size: 16, bold: true, color: "#1F2A37" },
    subtitle: { size: 12, bold: false, color: "#374151" },
    note: { size: 10, bold: false, color: "#6B7280" },
  };

/** Puts a new table on a sheet of its own, or on the named one if that is empty. Answers what to remember of it. */
export async function createTable(
  context: Excel.RequestContext,
  specification: TableSpecification,
  onProgress: (progress: Progress) => void,
): Promise<TableRecord> {
  const { columns, rows, titleLines } = specification;
  const sheet = await emptySheet(context, specification.sheetName);
  const headerRow = titleLines.length === 0 ? 0 : titleLines.length + 1;
  const width = columns.length + 1;
  const bodyRows = Math.max(1, rows.length);

  await send(context, () => {
    holdBack(context);
    const header = sheet.getRangeByIndexes(headerRow, 0, 1, width);
    header.values = [[ID_TITLE, ...columns.map((column) => asText(column.title))]];
    setAll(sheet.getRangeByIndexes(headerRow + 1, 0, bodyRows, 1), "numberFormat", "@");
    columns.forEach((column, index) => {
      setAll(sheet.getRangeByIndexes(headerRow + 1, index + 1, bodyRows, 1), "numberFormat", numberFormatOf(column));
    });
  });

  for (const { start, rows: chunk } of chunkRows(
    rows.map((row) => sentRow(row.id, row.cells, columns)),
    CHUNK_BYTES,
  )) {
    await send(context, () => {
      holdBack(context);
      sheet.getRangeByIndexes(headerRow + 1 + start, 0, chunk.length, width).values = chunk as SentValue[][];
    });
    onProgress({ rowsDone: start + chunk.length, rowsTotal: rows.length });
  }

  const tableName = await freeTableName(context, specification.tableName);
  const table = await send(context, () => {
    holdBack(context);
    const created = sheet.tables.add(sheet.getRangeByIndexes(headerRow, 0, bodyRows + 1, width), true);
    created.name = tableName;
    created.style = TABLE_STYLE;
    created.load("id");
    created.columns.load("items/id");
    return created;
  });
  const recorded: ColumnRecord[] = columns.map((column, index) => ({
    key: column.key,
    columnId: table.columns.items[index + 1]?.id ?? 0,
    type: column.type,
  }));

  await writeFormulas(
    context,
    table,
    columns,
    recorded,
    (key) => columns.find((column) => column.key === key)?.title ?? key,
  );
  const titleName = titleLines.length === 0 ? null : await writeTitle(context, sheet, titleLines);
  const conditionalFormatIds = await addConditionalFormats(
    context,
    table,
    specification.conditionalFormats ?? [],
    recorded,
  );
  await send(context, () => {
    holdBack(context);
    writeTotals(table, columns);
    dress(sheet, columns, headerRow, bodyRows);
    const frozen = (specification.frozenColumns ?? 0) + 1;
    if (specification.frozenColumns) sheet.freezePanes.freezeAt(sheet.getRangeByIndexes(0, 0, headerRow + 1, frozen));
    else sheet.freezePanes.freezeRows(headerRow + 1);
  });

  await leaveRoomForArrows(context, sheet, columns, headerRow);

  const record: TableRecord = {
    version: 1,
    tableId: table.id,
    tableName,
    idColumnId: table.columns.items[0]?.id ?? 0,
    columns: recorded,
    conditionalFormatIds,
    titleName,
    connection: specification.connection ?? {},
  };
  await send(context, () => context.workbook.settings.add(settingKeyOf(specification.tableKey), record));
  return record;
}

export const sentRow = (
  id: string,
  cells: TableSpecification["rows"][number]["cells"],
  columns: readonly TableColumn[],
): SentValue[] => [
  id,
  ...columns.map((column, index) => (column.formula ? null : toSent(cells[index] ?? null, column.type))),
];

async function emptySheet(context: Excel.RequestContext, wanted: string): Promise<Excel.Worksheet> {
  const { worksheets } = context.workbook;
  const { used } = await send(context, () => {
    worksheets.load("items/name");
    return { used: worksheets.getItemOrNullObject(wanted).getUsedRangeOrNullObject(false).load("address") };
  });
  const names = new Set(worksheets.items.map(({ name }) => name.toLowerCase()));
  if (names.has(wanted.toLowerCase()) && used.isNullObject) return worksheets.getItem(wanted);
  let name = wanted;
  for (let number = 2; names.has(name.toLowerCase()); number++) name = `${wanted.slice(0, 26)} (${number})`;
  return send(context, () => worksheets.add(name));
}

async function freeTableName(context: Excel.RequestContext, wanted: string): Promise<string> {
  const { tables, names } = context.workbook;
  await send(context, () => {
    tables.load("items/name");
    names.load("items/name");
  });
  const taken = new Set([...tables.items, ...names.items].map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}_${number}`;
  return name;
}

/**
 * The same formula for every row; references go by the names that the columns have now. Works them out at once, for widths,
 * order and filters go by the results.
 */
export async function writeFormulas(
  context: Excel.RequestContext,
  table: Excel.Table,
  columns: readonly TableColumn[],
  recorded: readonly ColumnRecord[],
  titleOf: (key: string) => string,
): Promise<void> {
  if (!columns.some((column) => column.formula)) return;
  await send(context, () => {
    holdBack(context);
    columns.forEach((column, index) => {
      const id = recorded[index]?.columnId;
      if (!column.formula || id === undefined) return;
      setAll(table.columns.getItem(id).getDataBodyRange(), "formulas", rowFormula(column.formula, titleOf));
    });
  });
  await send(context, () => context.application.calculate(Excel.CalculationType.recalculate));
}

async function writeTitle(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  lines: readonly TitleLine[],
): Promise<string> {
  const { names } = context.workbook;
  await send(context, () => names.load("items/name"));
  const taken = new Set(names.items.map(({ name }) => name.toLowerCase()));
  let titleName = "BillgridTitle1";
  for (let number = 2; taken.has(titleName.toLowerCase()); number++) titleName = `BillgridTitle${number}`;
  await send(context, () => {
    holdBack(context);
    const range = sheet.getRangeByIndexes(0, 1, lines.length, 1);
    range.values = lines.map(({ text }) => [asText(text)]);
    lines.forEach(({ style }, index) => {
      range.getCell(index, 0).format.font.set(TITLE_STYLES[style ?? "note"]);
    });
    names.add(titleName, range).visible = false;
  });
  return titleName;
}

/** The label goes to the first column in view that has no total of its own. */
function writeTotals(table: Excel.Table, columns: readonly TableColumn[]): void {
  if (!columns.some((column) => column.total)) return;
  table.showTotals = true;
  const totals = table.getTotalRowRange();
  const label = columns.findIndex((column) => !column.hidden && !column.total);
  totals.getCell(0, 0).values = [[""]];
  if (label >= 0) totals.getCell(0, label + 1).values = [["Total"]];
  columns.forEach((column, index) => {
    if (!column.total) return;
    const title = column.title.replace(/['[\]#]/g, "'$&");
    const cell = totals.getCell(0, index + 1);
    cell.formulas = [[`=SUBTOTAL(${TOTAL_FUNCTIONS[column.total]},[${title}])`]];
    if (column.total !== "count") cell.numberFormat = [[numberFormatOf(column)]];
  });
}

function dress(sheet: Excel.Worksheet, columns: readonly TableColumn[], headerRow: number, bodyRows: number): void {
  sheet.getRangeByIndexes(headerRow, 0, 1, 1).getEntireColumn().columnHidden = true;
  columns.forEach((column, index) => {
    const whole = sheet.getRangeByIndexes(headerRow, index + 1, bodyRows + 1, 1);
    if (column.width !== undefined) whole.format.columnWidth = pointsOf(column.width);
    else whole.format.autofitColumns();
    if (column.align)
      whole.format.horizontalAlignment =
        column.align === "left" ? "Left" : column.align === "right" ? "Right" : "Center";
    else if (column.type === "number")
      sheet.getRangeByIndexes(headerRow, index + 1, 1, 1).format.horizontalAlignment = "Right";
    if (column.hidden) whole.getEntireColumn().columnHidden = true;
  });
}

/** Fitting a column to its content forgets the arrow in its header. */
async function leaveRoomForArrows(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  columns: readonly TableColumn[],
  headerRow: number,
): Promise<void> {
  const fitted = columns.flatMap((column, index) => (column.width === undefined ? [index + 1] : []));
  const formats = await send(context, () =>
    fitted.map((index) => sheet.getRangeByIndexes(headerRow, index, 1, 1).format.load("columnWidth")),
  );
  await send(context, () => {
    for (const format of formats)
      format.columnWidth = Math.min(format.columnWidth + FILTER_ARROW_POINTS, WIDEST_POINTS);
  });
}

/** One rule per block of neighbouring columns. Answers the ids, so that exactly these are taken away again. */
export async function addConditionalFormats(
  context: Excel.RequestContext,
  table: Excel.Table,
  formats: readonly ConditionalFormat[],
  recorded: readonly ColumnRecord[],
): Promise<string[]> {
  if (formats.length === 0) return [];
  const body = table.getDataBodyRange();
  await send(context, () => {
    table.columns.load("items/id, items/index");
    body.load("rowIndex, columnIndex");
  });
  const indexById = new Map(table.columns.items.map(({ id, index }) => [id, index]));
  const indexOf = (key: string) => indexById.get(recorded.find((column) => column.key === key)?.columnId ?? -1);
  const added = await send(context, () => {
    holdBack(context);
    return formats.flatMap((format) => {
      const indexes = format.columns.map(indexOf).filter((index) => index !== undefined);
      const formula = cellFormula(
        format.formula,
        (key) => `$${columnLetters(body.columnIndex + (indexOf(key) ?? 0))}${body.rowIndex + 1}`,
      );
      return neighbours(indexes).map(({ first, count }) => {
        const range = body.getColumn(first).getResizedRange(0, count - 1);
        const rule = range.conditionalFormats.add(Excel.ConditionalFormatType.custom);
        rule.custom.rule.formula = formula;
        rule.stopIfTrue = false;
        if (format.style.color) rule.custom.format.font.color = format.style.color;
        if (format.style.bold) rule.custom.format.font.bold = true;
        if (format.style.italic) rule.custom.format.font.italic = true;
        if (format.style.fill) rule.custom.format.fill.color = format.style.fill;
        if (format.style.numberFormat) rule.custom.format.numberFormat = format.style.numberFormat;
        return rule.load("id");
      });
    });
  });
  return added.map(({ id }) => id);
}

/** 1, 2, 3, 7 → three from 1, one from 7. */
export function neighbours(indexes: readonly number[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.first + run.count === index) run.count++;
    else runs.push({ first: index, count: 1 });
  }
  return runs;
}

function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
