import { type Area, area, boundingArea, intersection, lastColumn, lastRow } from "./area";
import { fillCalculatedColumns } from "./calculated-columns";
import { isBlank } from "./cell";
import { type CellInput, tellChanged, writeCells } from "./edit";
import { ModelError } from "./model-error";
import type { Sheet } from "./sheet";
import { refreshFilters } from "./sort-and-filter";
import { applyShift, insertCells } from "./structure";
import { Table, type TableColumn } from "./table";
import { freeColumnName, renameColumn } from "./table-columns";
import type { Workbook } from "./workbook";

const TABLE_NAME = /^[A-Za-z_\\][A-Za-z0-9_.\\]*$/;

/** Makes a table of a block of cells. Without headers, a header row is put in above the data. */
export function addTable(workbook: Workbook, sheet: Sheet, target: Area, hasHeaders: boolean): Table {
  if (sheet.protection.isProtected) throw new ModelError("AccessDenied");
  if (workbook.tablesOf(sheet).some((table) => intersection(table.area, target)))
    throw new ModelError("InvalidArgument");
  if (!hasHeaders) insertCells(workbook, sheet, { ...target, rowCount: 1 }, "Down");
  const whole = hasHeaders
    ? target.rowCount > 1
      ? target
      : { ...target, rowCount: 2 }
    : { ...target, rowCount: target.rowCount + 1 };
  const number = nextTableNumber(workbook);
  const columns: TableColumn[] = Array.from({ length: whole.columnCount }, (_, index) => ({
    id: index + 1,
    name: "",
    filter: null,
  }));
  const table = new Table(workbook.newId(), String(number), `Table${number}`, sheet, whole, columns);
  columns.forEach((column, index) => {
    const header = sheet.ensureCell(whole.row, whole.column + index);
    const wanted = hasHeaders && !isBlank(header) ? String(header.value) : `Column${index + 1}`;
    column.name = freeColumnName(table, wanted, column);
    header.value = column.name;
    header.formula = null;
    header.isError = false;
    workbook.cellChanged(sheet, whole.row, whole.column + index);
  });
  workbook.tables.push(table);
  workbook.structureChanged();
  workbook.emit({ kind: "tableAdded", table });
  workbook.touch();
  return table;
}

function nextTableNumber(workbook: Workbook): number {
  let number = workbook.tables.length + 1;
  const isTaken = (one: number) =>
    workbook.findTable(`Table${one}`) || workbook.tables.some((table) => table.legacyId === String(one));
  while (isTaken(number)) number++;
  return number;
}

export function renameTable(workbook: Workbook, table: Table, name: string): void {
  if (!TABLE_NAME.test(name) || name.length > 255) throw new ModelError("InvalidArgument");
  const other = workbook.findTable(name);
  if (other && other !== table) throw new ModelError("InvalidArgument");
  const before = new RegExp(`(?<![\\w.])${table.name.replace(/[\\.]/g, "\\$&")}(?=\\[)`, "gi");
  for (const sheet of workbook.sheets) {
    sheet.forEachCell(area(0, 0, sheet.rowEnd, sheet.columnEnd), (cell) => {
      if (cell.formula) cell.formula = cell.formula.replace(before, name);
    });
  }
  table.name = name;
  workbook.structureChanged();
  workbook.touch();
}

/** Gives the table other borders. Its header row stays where it is; cells that fall outside keep what they hold. */
export function resizeTable(workbook: Workbook, table: Table, target: Area): void {
  if (table.sheet.protection.isProtected) throw new ModelError("AccessDenied");
  const isOverlapping = workbook
    .tablesOf(table.sheet)
    .some((other) => other !== table && intersection(other.area, target));
  const isRooted = target.row === table.area.row && intersection(target, table.area) !== null;
  const minimum = (table.showHeaders ? 1 : 0) + 1 + (table.showTotals ? 1 : 0);
  if (isOverlapping || !isRooted || target.rowCount < minimum) throw new ModelError("InvalidArgument");
  const before = table.dataArea;
  if (table.showTotals && lastRow(target) !== lastRow(table.area)) moveTotals(workbook, table, lastRow(target));
  const columns: TableColumn[] = [];
  for (let column = target.column; column <= lastColumn(target); column++) {
    const kept = table.columns[column - table.area.column];
    if (kept) columns.push(kept);
    else {
      const header = table.sheet.ensureCell(target.row, column);
      const fresh = table.newColumn("");
      const wanted = isBlank(header) ? `Column${columns.length + 1}` : String(header.value);
      fresh.name = freeColumnName({ ...table, columns: [...table.columns, ...columns] } as Table, wanted, null);
      header.value = fresh.name;
      header.formula = null;
      columns.push(fresh);
    }
  }
  table.columns = columns;
  table.area = target;
  const after = table.dataArea;
  if (lastRow(after) > lastRow(before)) fillCalculatedColumns(workbook, table, lastRow(before) + 1, lastRow(after));
  workbook.structureChanged();
  refreshFilters(workbook, table.sheet);
}

function moveTotals(workbook: Workbook, table: Table, toRow: number): void {
  const { totalsArea, sheet } = table;
  for (let column = totalsArea.column; column <= lastColumn(totalsArea); column++) {
    sheet.setCell(toRow, column, sheet.cell(totalsArea.row, column));
    sheet.setCell(totalsArea.row, column, undefined);
  }
  workbook.structureChanged();
}

export function setShowTotals(workbook: Workbook, table: Table, isShown: boolean): void {
  if (isShown === table.showTotals) return;
  const { area: a, sheet } = table;
  if (isShown) {
    const below = area(a.row + a.rowCount, a.column, 1, a.columnCount);
    makeRoomBelow(workbook, table, 1);
    table.area = { ...a, rowCount: a.rowCount + 1 };
    table.showTotals = true;
    const label = sheet.ensureCell(below.row, below.column);
    if (isBlank(label)) label.value = "Total";
  } else {
    const { totalsArea } = table;
    for (let column = totalsArea.column; column <= lastColumn(totalsArea); column++)
      sheet.setCell(totalsArea.row, column, undefined);
    table.area = { ...a, rowCount: a.rowCount - 1 };
    table.showTotals = false;
  }
  workbook.structureChanged();
  workbook.touch();
}

/** Moves down what stands below the table, if anything does. */
function makeRoomBelow(workbook: Workbook, table: Table, count: number): void {
  const { area: a, sheet } = table;
  const below = area(a.row + a.rowCount, a.column, Math.max(0, sheet.rowEnd - a.row - a.rowCount), a.columnCount);
  let isFree = true;
  if (below.rowCount > 0)
    sheet.forEachCell(below, (cell) => {
      if (!isBlank(cell)) isFree = false;
    });
  if (isFree) return;
  applyShift(workbook, sheet, {
    kind: "insert",
    axis: "row",
    at: below.row,
    count,
    crossAt: a.column,
    crossCount: a.columnCount,
  });
}

/** Adds rows of values before the row with this index, or at the end. */
export function addTableRows(
  workbook: Workbook,
  table: Table,
  index: number | null,
  values: CellInput[][] | null,
): number {
  const data = table.dataArea;
  const at = index === null || index === -1 ? data.rowCount : index;
  const rows = values ?? [Array.from({ length: data.columnCount }, () => null)];
  if (at < 0 || at > data.rowCount || rows.some((row) => row.length !== data.columnCount))
    throw new ModelError("InvalidArgument");
  if (table.sheet.protection.isProtected) throw new ModelError("AccessDenied");
  const target = area(data.row + at, data.column, rows.length, data.columnCount);
  if (at === data.rowCount && !table.showTotals) {
    makeRoomBelow(workbook, table, rows.length);
    table.area = { ...table.area, rowCount: table.area.rowCount + rows.length };
  } else {
    const before = table.area;
    applyShift(workbook, table.sheet, {
      kind: "insert",
      axis: "row",
      at: target.row,
      count: rows.length,
      crossAt: target.column,
      crossCount: target.columnCount,
    });
    table.area = { ...before, rowCount: before.rowCount + rows.length };
  }
  fillCalculatedColumns(workbook, table, target.row, lastRow(target));
  writeCells(workbook, table.sheet, target, (row, column) => rows[row]?.[column] ?? null);
  return at;
}

export function deleteTableRows(workbook: Workbook, table: Table, indexes: readonly number[]): void {
  const { row, column, rowCount, columnCount } = table.dataArea;
  if (table.sheet.protection.isProtected) throw new ModelError("AccessDenied");
  if (indexes.some((index) => !Number.isInteger(index) || index < 0 || index >= rowCount))
    throw new ModelError("InvalidArgument");
  const unique = [...new Set(indexes)].sort((a, b) => b - a);
  // The last row stays as an empty one: Excel has no table without a row.
  const keepsOne = unique.length === rowCount;
  const runs: { at: number; count: number }[] = [];
  for (const index of keepsOne ? unique.slice(0, -1) : unique) {
    const run = runs.at(-1);
    if (run && run.at === index + 1) {
      run.at = index;
      run.count++;
    } else runs.push({ at: index, count: 1 });
  }
  for (const { at, count } of runs) {
    applyShift(workbook, table.sheet, {
      kind: "delete",
      axis: "row",
      at: row + at,
      count,
      crossAt: column,
      crossCount: columnCount,
    });
  }
  if (keepsOne) {
    for (let at = column; at < column + columnCount; at++) table.sheet.setCell(row, at, undefined);
    workbook.structureChanged();
  }
  tellChanged(workbook, table.sheet, boundingArea(table.area, table.area), null);
}

export function addTableColumn(
  workbook: Workbook,
  table: Table,
  index: number | null,
  values: CellInput[][] | null,
  name: string | null,
): TableColumn {
  const { area: a, sheet } = table;
  if (sheet.protection.isProtected) throw new ModelError("AccessDenied");
  const at = index === null || index === -1 ? a.columnCount : index;
  if (at < 0 || at > a.columnCount) throw new ModelError("InvalidArgument");
  if (at === a.columnCount) {
    const right = area(a.row, a.column + a.columnCount, a.rowCount, 1);
    let isFree = true;
    sheet.forEachCell(right, (cell) => {
      if (!isBlank(cell)) isFree = false;
    });
    if (!isFree)
      applyShift(workbook, sheet, {
        kind: "insert",
        axis: "column",
        at: right.column,
        count: 1,
        crossAt: a.row,
        crossCount: a.rowCount,
      });
    table.columns.push(table.newColumn(freeColumnName(table, `Column${a.columnCount + 1}`, null)));
    table.area = { ...a, columnCount: a.columnCount + 1 };
  } else {
    applyShift(workbook, sheet, {
      kind: "insert",
      axis: "column",
      at: a.column + at,
      count: 1,
      crossAt: a.row,
      crossCount: a.rowCount,
    });
    if (table.columns.length === a.columnCount) {
      table.columns.splice(at, 0, table.newColumn(freeColumnName(table, `Column${at + 1}`, null)));
      table.area = { ...a, columnCount: a.columnCount + 1 };
    }
  }
  const column = table.columns[at];
  if (!column) throw new ModelError("GeneralException");
  renameColumn(workbook, table, column, name ?? (typeof values?.[0]?.[0] === "string" ? values[0][0] : column.name));
  const first = table.showHeaders ? 1 : 0;
  if (values) {
    if (values.length !== a.rowCount) throw new ModelError("InvalidArgument");
    writeCells(
      workbook,
      sheet,
      area(a.row + first, a.column + at, a.rowCount - first, 1),
      (row) => values[row + first]?.[0] ?? null,
    );
  }
  workbook.structureChanged();
  workbook.touch();
  return column;
}

export function deleteTableColumn(workbook: Workbook, table: Table, column: TableColumn): void {
  const index = table.columns.indexOf(column);
  if (index < 0) throw new ModelError("ItemNotFound");
  if (table.sheet.protection.isProtected) throw new ModelError("AccessDenied");
  const { area: a, sheet } = table;
  applyShift(workbook, sheet, {
    kind: "delete",
    axis: "column",
    at: a.column + index,
    count: 1,
    crossAt: a.row,
    crossCount: a.rowCount,
  });
  workbook.touch();
}

/** The table goes; its cells stay or go with it. */
export function removeTable(workbook: Workbook, table: Table, keepsCells: boolean): void {
  if (table.sheet.protection.isProtected) throw new ModelError("AccessDenied");
  workbook.tables = workbook.tables.filter((one) => one !== table);
  if (!keepsCells) {
    for (let row = table.area.row; row <= lastRow(table.area); row++) {
      for (let column = table.area.column; column <= lastColumn(table.area); column++)
        table.sheet.setCell(row, column, undefined);
    }
  }
  workbook.structureChanged();
  workbook.emit({ kind: "tableDeleted", table });
  refreshFilters(workbook, table.sheet);
}
