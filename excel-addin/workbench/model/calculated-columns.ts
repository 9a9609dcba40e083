import { offsetFormula } from "../calculation/formula-tokens";
import { area, containsCell } from "./area";
import { isBlank } from "./cell";
import { putInput, tellChanged } from "./edit";
import type { Sheet } from "./sheet";
import type { Table } from "./table";
import type { Workbook } from "./workbook";

/** A formula typed into an otherwise empty column of a table fills the column. */
export function fillCalculatedColumn(workbook: Workbook, sheet: Sheet, row: number, column: number): void {
  const formula = sheet.cell(row, column)?.formula;
  const table = workbook.tables.find((one) => one.sheet === sheet && containsCell(one.dataArea, row, column));
  if (!formula || !table) return;
  const { row: first, rowCount } = table.dataArea;
  const others = Array.from({ length: rowCount }, (_, index) => first + index).filter((at) => at !== row);
  if (others.length === 0 || others.some((at) => !isBlank(sheet.cell(at, column)))) return;
  for (const at of others) putInput(workbook, sheet, at, column, offsetFormula(formula, at - row, 0));
  tellChanged(workbook, sheet, area(first, column, rowCount, 1), null);
}

/** New rows of a table get the formula of every column whose rows all have the same one. */
export function fillCalculatedColumns(workbook: Workbook, table: Table, firstNewRow: number, lastNewRow: number): void {
  const { row: top, rowCount } = table.dataArea;
  const old = Array.from({ length: rowCount }, (_, index) => top + index).filter(
    (row) => row < firstNewRow || row > lastNewRow,
  );
  const model = old[0];
  if (model === undefined) return;
  table.columns.forEach((_, index) => {
    const column = table.area.column + index;
    const formula = table.sheet.cell(model, column)?.formula;
    if (!formula) return;
    const isUniform = old.every(
      (row) => table.sheet.cell(row, column)?.formula === offsetFormula(formula, row - model, 0),
    );
    if (!isUniform) return;
    for (let row = firstNewRow; row <= lastNewRow; row++) {
      if (isBlank(table.sheet.cell(row, column)))
        putInput(workbook, table.sheet, row, column, offsetFormula(formula, row - model, 0));
    }
  });
}
