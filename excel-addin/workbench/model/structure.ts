import { shiftFormula } from "../calculation/formula-tokens";
import {
  type Area,
  area,
  isEntireColumn,
  isEntireRow,
  isSameArea,
  MAXIMUM_COLUMNS,
  MAXIMUM_ROWS,
  type Shift,
  shiftArea,
} from "./area";
import { assertWritable } from "./edit";
import { ModelError } from "./model-error";
import type { Sheet } from "./sheet";
import { refreshFilters } from "./sort-and-filter";
import type { Table } from "./table";
import type { ChangeType, Workbook } from "./workbook";

export type ShiftListener = (sheet: Sheet, shift: Shift) => void;

const shiftListeners = new WeakMap<Workbook, Set<ShiftListener>>();

/** For whoever remembers places, such as the references that an add-in keeps. */
export function onShift(workbook: Workbook, listener: ShiftListener): void {
  const listeners = shiftListeners.get(workbook) ?? new Set();
  shiftListeners.set(workbook, listeners.add(listener));
}

export function insertCells(workbook: Workbook, sheet: Sheet, target: Area, direction: string): void {
  assertWritable(sheet, target);
  const shift = shiftOf("insert", target, direction === "Down" ? "row" : "column");
  assertTablesStayWhole(workbook, sheet, shift);
  applyShift(workbook, sheet, shift);
  tellShifted(workbook, sheet, target, shift);
}

export function deleteCells(workbook: Workbook, sheet: Sheet, target: Area, direction: string): void {
  assertWritable(sheet, target);
  const shift = shiftOf("delete", target, direction === "Up" ? "row" : "column");
  assertTablesStayWhole(workbook, sheet, shift);
  applyShift(workbook, sheet, shift);
  tellShifted(workbook, sheet, target, shift);
}

function shiftOf(kind: Shift["kind"], target: Area, axis: Shift["axis"]): Shift {
  const isRow = isEntireColumn(target) ? false : isEntireRow(target) ? true : axis === "row";
  return isRow
    ? {
        kind,
        axis: "row",
        at: target.row,
        count: target.rowCount,
        crossAt: target.column,
        crossCount: target.columnCount,
      }
    : {
        kind,
        axis: "column",
        at: target.column,
        count: target.columnCount,
        crossAt: target.row,
        crossCount: target.rowCount,
      };
}

/** Excel refuses to shift cells when that would tear a table apart. */
function assertTablesStayWhole(workbook: Workbook, sheet: Sheet, shift: Shift): void {
  for (const table of workbook.tablesOf(sheet)) {
    const isRow = shift.axis === "row";
    const { area: a } = table;
    const isBefore = (isRow ? a.row + a.rowCount : a.column + a.columnCount) <= shift.at;
    const crossAt = isRow ? a.column : a.row;
    const crossEnd = crossAt + (isRow ? a.columnCount : a.rowCount);
    const overlaps = crossAt < shift.crossAt + shift.crossCount && shift.crossAt < crossEnd;
    const isInside = crossAt >= shift.crossAt && crossEnd <= shift.crossAt + shift.crossCount;
    if (!isBefore && overlaps && !isInside) throw new ModelError("InvalidOperation");
  }
}

/** Moves cells and whatever points at them: tables, formulas, names, conditional formats, the selection, kept references. */
export function applyShift(workbook: Workbook, sheet: Sheet, shift: Shift): void {
  sheet.shiftCells(shift);
  for (const table of workbook.tablesOf(sheet)) shiftTable(workbook, table, shift);
  sheet.conditionalFormats = sheet.conditionalFormats.flatMap((format) => {
    const moved = shiftArea(format.area, shift);
    if (!moved) return [];
    format.area = moved;
    format.formula = shiftFormula(format.formula, () => true, shift);
    return [format];
  });
  for (const other of workbook.sheets) {
    const isShifted = (sheetName: string | null) =>
      sheetName === null ? other === sheet : workbook.findSheet(sheetName) === sheet;
    other.forEachCell(area(0, 0, other.rowEnd, other.columnEnd), (cell) => {
      if (cell.formula) cell.formula = shiftFormula(cell.formula, isShifted, shift);
    });
  }
  for (const item of workbook.names) {
    item.formula = shiftFormula(
      item.formula,
      (sheetName) => sheetName !== null && workbook.findSheet(sheetName) === sheet,
      shift,
    );
  }
  for (const listener of shiftListeners.get(workbook) ?? []) listener(sheet, shift);
  refreshFilters(workbook, sheet);
  workbook.structureChanged();
}

function shiftTable(workbook: Workbook, table: Table, shift: Shift): void {
  const moved = shiftArea(table.area, shift);
  if (!moved) {
    workbook.tables = workbook.tables.filter((one) => one !== table);
    workbook.emit({ kind: "tableDeleted", table });
    return;
  }
  if (isSameArea(moved, table.area)) return;
  const { column, columnCount } = table.area;
  if (shift.axis === "column" && moved.columnCount !== columnCount) {
    const at = shift.at - column;
    if (shift.kind === "delete") table.columns.splice(Math.max(0, at), columnCount - moved.columnCount);
    else {
      for (let index = 0; index < shift.count; index++) {
        const fresh = table.newColumn(freeName(table));
        table.columns.splice(at + index, 0, fresh);
        const header = table.sheet.ensureCell(moved.row, shift.at + index);
        header.value = fresh.name;
      }
    }
  }
  table.area = moved;
}

function freeName(table: Table): string {
  const taken = new Set(table.columns.map((column) => column.name.toLowerCase()));
  for (let number = 1; ; number++) if (!taken.has(`column${number}`)) return `Column${number}`;
}

function tellShifted(workbook: Workbook, sheet: Sheet, target: Area, shift: Shift): void {
  const isWholeLine = shift.crossCount >= (shift.axis === "row" ? MAXIMUM_COLUMNS : MAXIMUM_ROWS);
  const line = shift.axis === "row" ? "Row" : "Column";
  const changeType = `${isWholeLine ? line : "Cell"}${shift.kind === "insert" ? "Inserted" : "Deleted"}` as ChangeType;
  const shiftDirection = `ShiftCell${shift.kind === "insert" ? (shift.axis === "row" ? "Down" : "Right") : shift.axis === "row" ? "Up" : "Left"}`;
  const { origin } = workbook;
  workbook.emit({ kind: "cellsChanged", sheet, area: target, changeType, shiftDirection, detail: null, origin });
  if (origin === "user") workbook.ensureCalculated();
  workbook.touch();
}
