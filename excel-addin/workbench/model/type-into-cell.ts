import { area, containsCell, lastColumn, lastRow } from "./area";
import { fillCalculatedColumn, fillCalculatedColumns } from "./calculated-columns";
import { isBlank } from "./cell";
import { assertWritable, writeCells } from "./edit";
import type { Sheet } from "./sheet";
import { freeColumnName } from "./table-columns";
import type { Workbook } from "./workbook";

/** A person typed into one cell: as above, and the table grows or fills a column with the formula, as Excel does while typing. */
export function typeIntoCell(workbook: Workbook, sheet: Sheet, row: number, column: number, text: string): void {
  const place = area(row, column);
  assertWritable(sheet, place);
  growTable(workbook, sheet, row, column, text);
  writeCells(workbook, sheet, place, () => text);
  fillCalculatedColumn(workbook, sheet, row, column);
}

/** What is typed right below or beside a table becomes part of it. */
function growTable(workbook: Workbook, sheet: Sheet, row: number, column: number, text: string): void {
  if (text === "" || workbook.tables.some((table) => table.sheet === sheet && containsCell(table.area, row, column)))
    return;
  for (const table of workbook.tablesOf(sheet)) {
    const { area: a } = table;
    const isBelow = !table.showTotals && row === a.row + a.rowCount && column >= a.column && column <= lastColumn(a);
    const isRight = column === a.column + a.columnCount && row >= a.row && row <= lastRow(a);
    if (isBelow) table.area = { ...a, rowCount: a.rowCount + 1 };
    else if (isRight) {
      table.columns.push(table.newColumn(freeColumnName(table, `Column${a.columnCount + 1}`, null)));
      table.area = { ...a, columnCount: a.columnCount + 1 };
      const header = sheet.ensureCell(a.row, column);
      if (table.showHeaders && isBlank(header)) header.value = table.columns.at(-1)?.name ?? "";
    } else continue;
    if (isBelow) fillCalculatedColumns(workbook, table, row, row);
    workbook.structureChanged();
    return;
  }
}
