import { offsetFormula } from "../calculation/formula-tokens";
import { type Area, area } from "./area";
import type { Cell } from "./cell";
import { textOf } from "./edit";
import type { Sheet } from "./sheet";
import { passesFilter, type SortField, type Table } from "./table";
import type { Workbook } from "./workbook";

/** Hides the rows that no filter of a table lets through. */
export function refreshFilters(workbook: Workbook, sheet: Sheet): void {
  workbook.ensureCalculated();
  const hidden = new Set<number>();
  for (const table of workbook.tablesOf(sheet)) {
    if (!table.isFiltered) continue;
    const { row: top, rowCount, column: left } = table.dataArea;
    table.columns.forEach(({ filter }, index) => {
      if (!filter) return;
      for (let row = top; row < top + rowCount; row++) {
        const cell = sheet.cell(row, left + index);
        if (!passesFilter(filter, textOf(cell), cell?.value ?? null)) hidden.add(row);
      }
    });
  }
  const isChanged = hidden.size !== sheet.filteredRows.size || [...hidden].some((row) => !sheet.filteredRows.has(row));
  sheet.filteredRows = hidden;
  if (isChanged) workbook.structureChanged();
  workbook.touch();
}

export function sortTable(workbook: Workbook, table: Table, fields: readonly SortField[]): void {
  table.sortFields = fields;
  sortRows(workbook, table.sheet, table.dataArea, fields);
  refreshFilters(workbook, table.sheet);
}

/** Sorts rows within an area. Numbers come before texts, texts before truth values, empty cells last, as in Excel. */
export function sortRows(workbook: Workbook, sheet: Sheet, target: Area, fields: readonly SortField[]): void {
  if (fields.length === 0 || target.rowCount < 2) return;
  workbook.ensureCalculated();
  const rows = Array.from({ length: target.rowCount }, (_, index) => target.row + index);
  const order = [...rows].sort((a, b) => {
    for (const { key, ascending } of fields) {
      const difference = compareCells(
        sheet.cell(a, target.column + key),
        sheet.cell(b, target.column + key),
        ascending,
      );
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  if (order.every((row, index) => row === rows[index])) return;
  sheet.reorderRows(target.row, order, target.column, target.columnCount);
  order.forEach((from, index) => {
    const to = target.row + index;
    if (from === to) return;
    sheet.forEachCell(area(to, target.column, 1, target.columnCount), (cell) => {
      if (cell.formula) cell.formula = offsetFormula(cell.formula, to - from, 0);
    });
  });
  workbook.structureChanged();
  workbook.emit({ kind: "rowsSorted", sheet, area: target });
  workbook.touch();
}

const rankOf = (cell: Cell | undefined): number => {
  if (!cell || cell.value === null) return 4;
  if (cell.isError) return 3;
  if (typeof cell.value === "number") return 0;
  return typeof cell.value === "string" ? 1 : 2;
};

function compareCells(a: Cell | undefined, b: Cell | undefined, isAscending: boolean): number {
  const rankA = rankOf(a);
  const rankB = rankOf(b);
  const direction = isAscending ? 1 : -1;
  if (rankA === 4 || rankB === 4) return rankA - rankB;
  if (rankA !== rankB) return (rankA - rankB) * direction;
  if (rankA === 0) return (Number(a?.value) - Number(b?.value)) * direction;
  return String(a?.value).localeCompare(String(b?.value), "en", { sensitivity: "base" }) * direction;
}
