export const MAXIMUM_ROWS = 1_048_576;
export const MAXIMUM_COLUMNS = 16_384;

/** A block of cells; rows and columns count from 0. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly rowCount: number;
  readonly columnCount: number;
}

export const area = (row: number, column: number, rowCount = 1, columnCount = 1): Area => ({
  row,
  column,
  rowCount,
  columnCount,
});

export const lastRow = (a: Area): number => a.row + a.rowCount - 1;
export const lastColumn = (a: Area): number => a.column + a.columnCount - 1;
export const isEntireColumn = (a: Area): boolean => a.row === 0 && a.rowCount === MAXIMUM_ROWS;
export const isEntireRow = (a: Area): boolean => a.column === 0 && a.columnCount === MAXIMUM_COLUMNS;

export function isWithinSheet(a: Area): boolean {
  return (
    a.row >= 0 &&
    a.column >= 0 &&
    a.rowCount > 0 &&
    a.columnCount > 0 &&
    a.row + a.rowCount <= MAXIMUM_ROWS &&
    a.column + a.columnCount <= MAXIMUM_COLUMNS
  );
}

export function intersection(a: Area, b: Area): Area | null {
  const row = Math.max(a.row, b.row);
  const column = Math.max(a.column, b.column);
  const rowCount = Math.min(a.row + a.rowCount, b.row + b.rowCount) - row;
  const columnCount = Math.min(a.column + a.columnCount, b.column + b.columnCount) - column;
  return rowCount > 0 && columnCount > 0 ? { row, column, rowCount, columnCount } : null;
}

export function boundingArea(a: Area, b: Area): Area {
  const row = Math.min(a.row, b.row);
  const column = Math.min(a.column, b.column);
  return {
    row,
    column,
    rowCount: Math.max(a.row + a.rowCount, b.row + b.rowCount) - row,
    columnCount: Math.max(a.column + a.columnCount, b.column + b.columnCount) - column,
  };
}

export const containsCell = (a: Area, row: number, column: number): boolean =>
  row >= a.row && row < a.row + a.rowCount && column >= a.column && column < a.column + a.columnCount;

export const containsArea = (outer: Area, inner: Area): boolean =>
  containsCell(outer, inner.row, inner.column) && containsCell(outer, lastRow(inner), lastColumn(inner));

export const isSameArea = (a: Area, b: Area): boolean =>
  a.row === b.row && a.column === b.column && a.rowCount === b.rowCount && a.columnCount === b.columnCount;

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(column: number): string {
  let name = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

export function columnOf(name: string): number {
  let column = 0;
  for (const letter of name.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

export const cellAddress = (row: number, column: number): string => `${columnName(column)}${row + 1}`;

export function formatArea(a: Area): string {
  if (isEntireColumn(a)) return `${columnName(a.column)}:${columnName(lastColumn(a))}`;
  if (isEntireRow(a)) return `${a.row + 1}:${lastRow(a) + 1}`;
  const first = cellAddress(a.row, a.column);
  return a.rowCount === 1 && a.columnCount === 1 ? first : `${first}:${cellAddress(lastRow(a), lastColumn(a))}`;
}

/** Reads `B2`, `$B$2:C9`, `B:C`, `2:9`; null for anything else. */
export function parseArea(text: string): Area | null {
  const cells = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(text.trim());
  if (cells) {
    const [, firstColumn = "", firstRow = "", secondColumn = firstColumn, secondRow = firstRow] = cells;
    return between(Number(firstRow) - 1, columnOf(firstColumn), Number(secondRow) - 1, columnOf(secondColumn));
  }
  const columns = /^\$?([A-Z]{1,3}):\$?([A-Z]{1,3})$/i.exec(text.trim());
  if (columns) return between(0, columnOf(columns[1] ?? ""), MAXIMUM_ROWS - 1, columnOf(columns[2] ?? ""));
  const rows = /^\$?(\d{1,7}):\$?(\d{1,7})$/.exec(text.trim());
  if (rows) return between(Number(rows[1]) - 1, 0, Number(rows[2]) - 1, MAXIMUM_COLUMNS - 1);
  return null;
}

export function between(rowA: number, columnA: number, rowB: number, columnB: number): Area | null {
  const result = boundingArea(area(rowA, columnA), area(rowB, columnB));
  return isWithinSheet(result) ? result : null;
}

/** Splits `'My sheet'!A1:B2` into its sheet and the rest. */
export function splitSheetName(address: string): { sheetName: string | null; rest: string } {
  const quoted = /^'((?:[^']|'')+)'!(.*)$/s.exec(address);
  if (quoted) return { sheetName: (quoted[1] ?? "").replaceAll("''", "'"), rest: quoted[2] ?? "" };
  const mark = address.lastIndexOf("!");
  return mark < 0
    ? { sheetName: null, rest: address }
    : { sheetName: address.slice(0, mark), rest: address.slice(mark + 1) };
}

export const quoteSheetName = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) && !parseArea(name) ? name : `'${name.replaceAll("'", "''")}'`;

/** Rows or columns that were put in or taken out, within the columns or rows that had to move. */
export interface Shift {
  readonly kind: "insert" | "delete";
  readonly axis: "row" | "column";
  readonly at: number;
  readonly count: number;
  readonly crossAt: number;
  readonly crossCount: number;
}

/** Where an area is after the shift; null when it was deleted. Areas only partly in the way stay, as Excel keeps them. */
export function shiftArea(a: Area, shift: Shift): Area | null {
  const isRow = shift.axis === "row";
  const crossAt = isRow ? a.column : a.row;
  const crossCount = isRow ? a.columnCount : a.rowCount;
  if (crossAt < shift.crossAt || crossAt + crossCount > shift.crossAt + shift.crossCount) return a;
  const moved = shiftSpan(isRow ? a.row : a.column, isRow ? a.rowCount : a.columnCount, shift);
  if (!moved) return null;
  return isRow ? { ...a, row: moved.at, rowCount: moved.count } : { ...a, column: moved.at, columnCount: moved.count };
}

export function shiftSpan(at: number, count: number, shift: Shift): { at: number; count: number } | null {
  const maximum = shift.axis === "row" ? MAXIMUM_ROWS : MAXIMUM_COLUMNS;
  if (count === maximum) return { at, count };
  if (shift.kind === "insert") {
    if (shift.at <= at) return { at: at + shift.count, count };
    return shift.at < at + count ? { at, count: count + shift.count } : { at, count };
  }
  const end = at + count;
  const removedEnd = shift.at + shift.count;
  const removedBefore = Math.max(0, Math.min(at, removedEnd) - shift.at);
  const removedInside = Math.max(0, Math.min(end, removedEnd) - Math.max(at, shift.at));
  return removedInside === count ? null : { at: at - removedBefore, count: count - removedInside };
}
