import { renameColumnInFormula } from "../calculation/structured-references";
import { type Area, area, containsCell, intersection, lastColumn } from "./area";
import type { Sheet } from "./sheet";
import type { Table, TableColumn } from "./table";
import type { Workbook } from "./workbook";

/** The table whose header is in this cell. */
export function headerTableAt(workbook: Workbook, sheet: Sheet, row: number, column: number): Table | undefined {
  return workbook.tables.find(
    (table) => table.sheet === sheet && table.showHeaders && containsCell(table.headerArea, row, column),
  );
}

/** Headers are the names of the columns: unique, never empty, always text. */
export function nameColumnsByHeaders(workbook: Workbook, sheet: Sheet, changed: Area): void {
  for (const table of workbook.tablesOf(sheet)) {
    if (!table.showHeaders) continue;
    const headers = intersection(table.headerArea, changed);
    if (!headers) continue;
    for (let column = headers.column; column <= lastColumn(headers); column++) {
      const tableColumn = table.columns[column - table.area.column];
      const cell = sheet.ensureCell(table.area.row, column);
      if (tableColumn) renameColumn(workbook, table, tableColumn, String(cell.value ?? ""));
    }
  }
}

/** Renames a column, its header cell and every formula that mentions it. */
export function renameColumn(workbook: Workbook, table: Table, column: TableColumn, wanted: string): void {
  const before = column.name;
  const name = freeColumnName(table, wanted || before, column);
  const index = table.columns.indexOf(column);
  column.name = name;
  if (table.showHeaders) {
    const cell = table.sheet.ensureCell(table.area.row, table.area.column + index);
    cell.value = name;
    cell.formula = null;
    cell.isError = false;
  }
  if (before === name) return;
  for (const sheet of workbook.sheets) {
    sheet.forEachCell(area(0, 0, sheet.rowEnd, sheet.columnEnd), (cell, row, at) => {
      if (!cell.formula) return;
      const isInTable = sheet === table.sheet && containsCell(table.area, row, at);
      cell.formula = renameColumnInFormula(cell.formula, table, isInTable, before, name);
    });
  }
  workbook.structureChanged();
}

export function freeColumnName(table: Table, wanted: string, self: TableColumn | null): string {
  const taken = new Set(table.columns.filter((column) => column !== self).map((column) => column.name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}${number}`;
  return name;
}
