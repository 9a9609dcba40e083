import { offsetFormula } from "../calculation/formula-tokens";
import { formatValue } from "../calculation/number-format";
import { qualifyStructuredReferences } from "../calculation/structured-references";
import {
  type Area,
  containsCell,
  intersection,
  isEntireColumn,
  isSameArea,
  lastColumn,
  lastRow,
  MAXIMUM_ROWS,
} from "./area";
import { type Cell, valueTypeOf } from "./cell";
import { ModelError } from "./model-error";
import { parseInput } from "./parse-input";
import type { Sheet } from "./sheet";
import { changeStyle, type Style } from "./style";
import { headerTableAt, nameColumnsByHeaders } from "./table-columns";
import type { ChangeDetail, Workbook } from "./workbook";

/** What may be put into a cell. `null` leaves the cell alone, "" empties it, as in Excel's API. */
export type CellInput = string | number | boolean | null;

/** Writes values or formulas. `inputAt` is asked for every cell, counted from the top left of the area. */
export function writeCells(
  workbook: Workbook,
  sheet: Sheet,
  target: Area,
  inputAt: (row: number, column: number) => CellInput,
): void {
  assertWritable(sheet, target);
  const single = target.rowCount === 1 && target.columnCount === 1;
  const before = single ? sheet.cell(target.row, target.column) : undefined;
  const valueBefore = before?.value ?? null;
  const valueTypeBefore = valueTypeOf(before);
  for (let row = 0; row < target.rowCount; row++) {
    for (let column = 0; column < target.columnCount; column++) {
      const input = inputAt(row, column);
      if (input !== null) putInput(workbook, sheet, target.row + row, target.column + column, input);
    }
  }
  nameColumnsByHeaders(workbook, sheet, target);
  let detail: ChangeDetail | null = null;
  if (single) {
    workbook.ensureCalculated();
    const after = sheet.cell(target.row, target.column);
    detail = {
      valueBefore: valueBefore ?? "",
      valueTypeBefore,
      valueAfter: after?.value ?? "",
      valueTypeAfter: valueTypeOf(after),
    };
  }
  tellChanged(workbook, sheet, target, detail);
}

/** Puts one value or formula into a cell, as it would be typed; tells nobody. */
export function putInput(
  workbook: Workbook,
  sheet: Sheet,
  row: number,
  column: number,
  input: string | number | boolean,
): void {
  if (input === "" && !sheet.cell(row, column)) return;
  const cell = sheet.ensureCell(row, column);
  const header = headerTableAt(workbook, sheet, row, column);
  if (header && input === "") return;
  if (typeof input === "string" && !header) {
    const parsed = parseInput(input, cell.style.numberFormat);
    if (parsed.formula) assertWellFormed(parsed.formula);
    cell.value = parsed.value;
    cell.formula = parsed.formula;
    cell.isError = parsed.isError;
    if (parsed.impliedFormat && cell.style.numberFormat === "General") {
      cell.style = changeStyle(cell.style, { numberFormat: parsed.impliedFormat });
    }
  } else {
    cell.value = header ? String(input).replace(/^'/, "") : input;
    cell.formula = null;
    cell.isError = false;
  }
  workbook.cellChanged(sheet, row, column);
}

/** Excel refuses a formula that it cannot read; so an unbalanced one never gets into a cell. */
function assertWellFormed(formula: string): void {
  const withoutTexts = formula.replace(/"(?:[^"]|"")*"/g, "0").replace(/'(?:[^']|'')*'!/g, "");
  const withoutColumns = withoutTexts.replace(/\[[^[\]]*\]/g, "0").replace(/\[[^[\]]*\]/g, "0");
  let depth = 0;
  for (const character of withoutColumns) {
    if (character === "(") depth++;
    if (character === ")" && --depth < 0) throw new ModelError("InvalidArgument");
  }
  const isBroken =
    depth !== 0 || withoutColumns.includes('"') || /[+\-*/^&=<>,(]\s*$|^=\s*$|\S\s+\w+\s+\w/.test(withoutColumns);
  if (isBroken) throw new ModelError("InvalidArgument");
}

export function clearCells(workbook: Workbook, sheet: Sheet, target: Area, applyTo: string): void {
  assertWritable(sheet, target);
  const clearsContents = applyTo === "All" || applyTo === "Contents";
  const clearsFormats = applyTo === "All" || applyTo === "Formats" || applyTo === "ResetContents";
  sheet.forEachCell(target, (cell, row, column) => {
    if (clearsContents && !headerTableAt(workbook, sheet, row, column)) {
      cell.value = null;
      cell.formula = null;
      cell.isError = false;
      workbook.cellChanged(sheet, row, column);
    }
    if (applyTo === "All" || applyTo === "Hyperlinks" || applyTo === "RemoveHyperlinks") cell.hyperlink = null;
    if (!clearsFormats) return;
    if (clearsContents) sheet.setCell(row, column, headerTableAt(workbook, sheet, row, column) ? cell : undefined);
    else cell.style = changeStyle(cell.style, unstyled);
  });
  if (applyTo === "All" || applyTo === "Formats") {
    sheet.conditionalFormats = sheet.conditionalFormats.filter((format) => !isCovered(format.area, target));
  }
  if (clearsContents) tellChanged(workbook, sheet, target, null);
  else workbook.touch();
}

const unstyled: Partial<Style> = {
  numberFormat: "General",
  bold: false,
  italic: false,
  underline: "None",
  strikethrough: false,
  color: "#000000",
  fontName: "Calibri",
  fontSize: 11,
  fill: "",
  horizontalAlignment: "General",
  verticalAlignment: "Bottom",
  wrapText: false,
  indentLevel: 0,
  borders: {},
};

const isCovered = (inner: Area, outer: Area): boolean => {
  const common = intersection(inner, outer);
  return common !== null && isSameArea(common, inner);
};

export function styleCells(
  workbook: Workbook,
  sheet: Sheet,
  target: Area,
  changeAt: (row: number, column: number) => Partial<Style> | null,
): void {
  if (sheet.protection.isProtected) throw new ModelError("AccessDenied");
  if (isEntireColumn(target)) {
    for (let column = target.column; column <= lastColumn(target); column++) {
      const change = changeAt(0, column - target.column);
      if (change) sheet.setColumnStyle(column, change);
    }
    sheet.forEachCell(target, (cell, row, column) => {
      const change = changeAt(row - target.row, column - target.column);
      if (change) cell.style = changeStyle(cell.style, change);
    });
  } else {
    const rowCount = target.rowCount === MAXIMUM_ROWS ? sheet.rowEnd : target.rowCount;
    const columnCount = target.columnCount > 1000 ? Math.max(26, sheet.columnEnd) : target.columnCount;
    for (let row = 0; row < rowCount; row++) {
      for (let column = 0; column < columnCount; column++) {
        const change = changeAt(row, column);
        if (!change) continue;
        const cell = sheet.ensureCell(target.row + row, target.column + column);
        cell.style = changeStyle(cell.style, change);
        if (change.fontSize !== undefined) sheet.growRow(target.row + row, change.fontSize);
      }
    }
  }
  workbook.touch();
}

/** Makes columns as wide as what the area shows in them. */
export function fitColumns(workbook: Workbook, sheet: Sheet, target: Area): void {
  const widths = new Map<number, number>();
  sheet.forEachCell(target, (cell, row, column) => {
    const isHeader = headerTableAt(workbook, sheet, row, column) !== undefined;
    const style = isHeader ? changeStyle(cell.style, { bold: true }) : cell.style;
    widths.set(column, Math.max(widths.get(column) ?? 0, workbook.measureText(textOf(cell), style) + 9));
  });
  for (const [column, width] of widths) sheet.columnWidths.set(column, Math.min(Math.ceil(width), 1790));
}

/** Copies cells, formulas moving along with the place they are put. */
export function copyCells(
  workbook: Workbook,
  from: { sheet: Sheet; area: Area },
  to: { sheet: Sheet; area: Area },
  what: string,
): void {
  assertWritable(to.sheet, to.area);
  const source: (Cell | undefined)[][] = [];
  for (let row = 0; row < from.area.rowCount; row++) {
    const cells = Array.from({ length: from.area.columnCount }, (_, column) =>
      from.sheet.cell(from.area.row + row, from.area.column + column),
    );
    source.push(cells.map((cell) => cell && { ...cell }));
  }
  for (let row = 0; row < to.area.rowCount; row++) {
    for (let column = 0; column < to.area.columnCount; column++) {
      const cell = source[row % from.area.rowCount]?.[column % from.area.columnCount];
      const target = to.sheet.ensureCell(to.area.row + row, to.area.column + column);
      if (what !== "Formats") {
        const fromRow = from.area.row + (row % from.area.rowCount);
        const fromColumn = from.area.column + (column % from.area.columnCount);
        const keepsFormula = what !== "Values" && cell?.formula;
        const formula = keepsFormula
          ? qualifyWhenLeaving(workbook, from.sheet, fromRow, fromColumn, to, cell.formula ?? "")
          : "";
        target.formula = keepsFormula
          ? offsetFormula(formula, to.area.row + row - fromRow, to.area.column + column - fromColumn)
          : null;
        target.value = cell?.value ?? null;
        target.isError = cell?.isError ?? false;
        workbook.cellChanged(to.sheet, to.area.row + row, to.area.column + column);
      }
      if ((what === "All" || what === "Formats") && cell) target.style = cell.style;
    }
  }
  tellChanged(workbook, to.sheet, to.area, null);
}

function qualifyWhenLeaving(
  workbook: Workbook,
  sheet: Sheet,
  row: number,
  column: number,
  to: { sheet: Sheet; area: Area },
  formula: string,
): string {
  const home = workbook.tablesOf(sheet).find((table) => containsCell(table.area, row, column));
  const isLeaving = home && (to.sheet !== sheet || !intersection(home.area, to.area));
  return isLeaving ? qualifyStructuredReferences(formula, home.name) : formula;
}

export function tellChanged(workbook: Workbook, sheet: Sheet, changed: Area, detail: ChangeDetail | null): void {
  const { origin } = workbook;
  workbook.emit({
    kind: "cellsChanged",
    sheet,
    area: changed,
    changeType: "RangeEdited",
    shiftDirection: "None",
    detail,
    origin,
  });
  if (origin === "user") workbook.ensureCalculated();
  workbook.touch();
}

/** A protected sheet lets nobody into locked cells, the add-in included. */
export function assertWritable(sheet: Sheet, target: Area): void {
  if (!sheet.protection.isProtected) return;
  const rowEnd = Math.min(lastRow(target), Math.max(sheet.rowEnd, target.row));
  for (let row = target.row; row <= rowEnd; row++) {
    for (let column = target.column; column <= lastColumn(target); column++) {
      if (sheet.styleAt(row, column).locked) throw new ModelError("AccessDenied");
    }
  }
}

export function textOf(cell: Cell | undefined): string {
  return cell ? formatValue(cell.value, cell.isError ? "General" : cell.style.numberFormat).text : "";
}
