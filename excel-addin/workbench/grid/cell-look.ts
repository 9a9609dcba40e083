import type { ConditionEvaluator } from "../calculation/condition-evaluator";
import { formatValue } from "../calculation/number-format";
import { containsCell } from "../model/area";
import type { Cell } from "../model/cell";
import type { Sheet } from "../model/sheet";
import type { BorderLine, BorderSide } from "../model/style";
import type { Table } from "../model/table";
import { tablePalette } from "./palette";

/** Everything that is drawn of one cell, after style, table and conditions had their say. */
export interface CellLook {
  readonly text: string;
  readonly fill: string;
  readonly color: string;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isStruck: boolean;
  readonly fontSize: number;
  readonly align: "left" | "center" | "right";
  readonly vertical: string;
  readonly indent: number;
  readonly isWrapped: boolean;
  readonly isNumber: boolean;
  readonly borders: Readonly<Partial<Record<BorderSide, BorderLine>>>;
  readonly tableLine: { readonly top: string; readonly bottom: string } | null;
  readonly filter: "none" | "offered" | "active";
}

export function lookOf(
  sheet: Sheet,
  tables: readonly Table[],
  conditions: ConditionEvaluator,
  row: number,
  column: number,
): CellLook {
  const cell = sheet.cell(row, column);
  const style = sheet.styleAt(row, column);
  const table = tables.find((one) => containsCell(one.area, row, column));
  const dress = table ? tableDress(table, row, column) : null;
  const condition = conditions.styleAt(sheet, row, column);
  const format = condition?.numberFormat ?? style.numberFormat;
  const shown = formatValue(cell?.value ?? null, cell?.isError ? "General" : format);
  const ownColor = style.color === "#000000" ? "" : style.color;
  return {
    text: shown.text,
    fill: condition?.fill || style.fill || dress?.fill || "",
    color: condition?.color || shown.color || ownColor || dress?.color || "#1b1b1b",
    isBold: condition?.bold ?? (style.bold || (dress?.isBold ?? false)),
    isItalic: condition?.italic ?? style.italic,
    isUnderlined: style.underline !== "None",
    isStruck: condition?.strikethrough ?? style.strikethrough,
    fontSize: style.fontSize,
    align: alignOf(cell, style.horizontalAlignment),
    vertical: style.verticalAlignment,
    indent: style.indentLevel,
    isWrapped: style.wrapText,
    isNumber: typeof cell?.value === "number",
    borders: style.borders,
    tableLine: dress?.line ?? null,
    filter: filterMark(table, row, column),
  };
}

function alignOf(cell: Cell | undefined, alignment: string): CellLook["align"] {
  if (alignment === "Left" || alignment === "Fill") return "left";
  if (alignment === "Right") return "right";
  if (alignment.startsWith("Center")) return "center";
  if (typeof cell?.value === "number") return "right";
  return typeof cell?.value === "boolean" || cell?.isError ? "center" : "left";
}

interface TableDress {
  readonly fill: string;
  readonly color: string;
  readonly isBold: boolean;
  readonly line: CellLook["tableLine"];
}

function tableDress(table: Table, row: number, column: number): TableDress | null {
  const palette = tablePalette(table);
  if (!palette) return null;
  const { dataArea, area } = table;
  if (table.showHeaders && row === area.row) {
    return {
      fill: palette.headerFill,
      color: palette.headerColor,
      isBold: true,
      line: { top: "", bottom: palette.line },
    };
  }
  if (table.showTotals && row === area.row + area.rowCount - 1) {
    return { fill: "", color: "", isBold: true, line: { top: palette.line, bottom: palette.line } };
  }
  const isBand = table.showBandedRows && visibleOrder(table, row) % 2 === 0;
  const isFirst = table.highlightFirstColumn && column === area.column;
  const isLast = table.highlightLastColumn && column === area.column + area.columnCount - 1;
  const isEnd = row === dataArea.row + dataArea.rowCount - 1;
  return {
    fill: isBand ? palette.band : "",
    color: "",
    isBold: isFirst || isLast,
    line: { top: "", bottom: isEnd ? palette.line : "" },
  };
}

/** Bands alternate over the rows that a filter leaves. */
function visibleOrder(table: Table, row: number): number {
  const { sheet, dataArea } = table;
  if (sheet.filteredRows.size === 0) return row - dataArea.row;
  let order = 0;
  for (let at = dataArea.row; at < row; at++) if (!sheet.isRowHidden(at)) order++;
  return order;
}

function filterMark(table: Table | undefined, row: number, column: number): CellLook["filter"] {
  if (!table?.showFilterButton || !table.showHeaders || row !== table.area.row) return "none";
  return table.columns[column - table.area.column]?.filter ? "active" : "offered";
}
