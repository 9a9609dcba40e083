import { area, boundingArea, MAXIMUM_COLUMNS, MAXIMUM_ROWS } from "../model/area";
import { isBlank } from "../model/cell";
import type { Sheet } from "../model/sheet";
import type { Workbook } from "../model/workbook";

const clamp = (value: number, maximum: number): number => Math.max(0, Math.min(value, maximum - 1));

/** Goes to another cell, past hidden rows and columns. */
export function moveSelection(workbook: Workbook, rows: number, columns: number): void {
  const { activeSheet: sheet } = workbook;
  const { activeRow, activeColumn } = sheet.selection;
  const row = step(activeRow, rows, MAXIMUM_ROWS, (at) => sheet.isRowHidden(at));
  const column = step(activeColumn, columns, MAXIMUM_COLUMNS, (at) => sheet.isColumnHidden(at));
  selectCell(workbook, row, column);
}

export function selectCell(workbook: Workbook, row: number, column: number): void {
  workbook.select(workbook.activeSheet, { area: area(row, column), activeRow: row, activeColumn: column });
}

/** Shift and an arrow: the far corner moves, the active cell stays. */
export function extendSelection(workbook: Workbook, rows: number, columns: number): void {
  const { activeSheet: sheet } = workbook;
  const { row, column } = farCorner(sheet);
  selectTo(
    workbook,
    step(row, rows, MAXIMUM_ROWS, (at) => sheet.isRowHidden(at)),
    step(column, columns, MAXIMUM_COLUMNS, (at) => sheet.isColumnHidden(at)),
  );
}

export function selectTo(workbook: Workbook, row: number, column: number): void {
  const { activeSheet: sheet } = workbook;
  const { activeRow, activeColumn } = sheet.selection;
  workbook.select(sheet, {
    area: boundingArea(area(activeRow, activeColumn), area(row, column)),
    activeRow,
    activeColumn,
  });
}

export function farCorner({ selection: { area: a, activeRow, activeColumn } }: Sheet): { row: number; column: number } {
  return {
    row: a.row === activeRow ? a.row + a.rowCount - 1 : a.row,
    column: a.column === activeColumn ? a.column + a.columnCount - 1 : a.column,
  };
}

/** Ctrl and an arrow: to the edge of a filled block, or to the next one. Answers how far that is. */
export function distanceToEdge(
  sheet: Sheet,
  row: number,
  column: number,
  rows: -1 | 0 | 1,
  columns: -1 | 0 | 1,
): number {
  const isFilled = (distance: number) => !isBlank(sheet.cell(row + rows * distance, column + columns * distance));
  const end =
    rows !== 0 ? (rows > 0 ? MAXIMUM_ROWS - 1 - row : row) : columns > 0 ? MAXIMUM_COLUMNS - 1 - column : column;
  const far = Math.min(end, rows !== 0 ? Math.max(sheet.rowEnd, row) + 1 : Math.max(sheet.columnEnd, column) + 1);
  let distance = 1;
  if (isFilled(0) && isFilled(1)) {
    while (distance < far && isFilled(distance + 1)) distance++;
    return Math.min(distance, end);
  }
  while (distance < far && !isFilled(distance)) distance++;
  return isFilled(distance) ? Math.min(distance, end) : end;
}

function step(from: number, by: number, maximum: number, isHidden: (at: number) => boolean): number {
  let at = clamp(from + by, maximum);
  const direction = by < 0 ? -1 : 1;
  while (isHidden(at) && at + direction >= 0 && at + direction < maximum) at += direction;
  return isHidden(at) ? from : at;
}
