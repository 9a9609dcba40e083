import { type Area, area, type Shift } from "./area";
import { type Cell, isBlank } from "./cell";
import type { ConditionalFormat } from "./conditional-format";
import { changeStyle, DEFAULT_STYLE, type Style } from "./style";

export const STANDARD_COLUMN_WIDTH = 64;
export const STANDARD_ROW_HEIGHT = 20;

export interface Selection {
  readonly area: Area;
  readonly activeRow: number;
  readonly activeColumn: number;
}

export interface Protection {
  readonly isProtected: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  readonly password: string | null;
}

/** One sheet: cells in sparse rows, sizes, and what is hidden. Changes go through the workbook, which tells everybody. */
export class Sheet {
  visibility = "Visible";
  tabColor = "";
  showGridlines = true;
  showHeadings = true;
  frozen = { rows: 0, columns: 0 };
  selection: Selection = { area: area(0, 0), activeRow: 0, activeColumn: 0 };
  scroll = { row: 0, column: 0 };
  protection: Protection = { isProtected: false, options: {}, password: null };
  conditionalFormats: ConditionalFormat[] = [];
  /** Pixels. */
  columnWidths = new Map<number, number>();
  rowHeights = new Map<number, number>();
  hiddenColumns = new Set<number>();
  hiddenRows = new Set<number>();
  /** Rows that a filter hides; worked out from the tables' criteria. */
  filteredRows = new Set<number>();
  columnStyles = new Map<number, Style>();
  private rows: (Cell | undefined)[][] = [];

  constructor(
    readonly id: string,
    public name: string,
  ) {}

  cell(row: number, column: number): Cell | undefined {
    return this.rows[row]?.[column];
  }

  /** The cell at this place, made if there is none yet. */
  ensureCell(row: number, column: number): Cell {
    this.rows[row] ??= [];
    const cells = this.rows[row];
    cells[column] ??= { value: null, formula: null, isError: false, style: this.styleOfEmpty(column), hyperlink: null };
    return cells[column];
  }

  setCell(row: number, column: number, cell: Cell | undefined): void {
    if (!cell && !this.rows[row]) return;
    this.rows[row] ??= [];
    if (cell) this.rows[row][column] = cell;
    else delete this.rows[row][column];
  }

  styleAt(row: number, column: number): Style {
    return this.cell(row, column)?.style ?? this.styleOfEmpty(column);
  }

  private styleOfEmpty(column: number): Style {
    return this.columnStyles.get(column) ?? DEFAULT_STYLE;
  }

  isRowHidden(row: number): boolean {
    return this.hiddenRows.has(row) || this.filteredRows.has(row);
  }

  isColumnHidden(column: number): boolean {
    return this.hiddenColumns.has(column);
  }

  columnWidth(column: number): number {
    return this.hiddenColumns.has(column) ? 0 : (this.columnWidths.get(column) ?? STANDARD_COLUMN_WIDTH);
  }

  rowHeight(row: number): number {
    return this.isRowHidden(row) ? 0 : (this.rowHeights.get(row) ?? STANDARD_ROW_HEIGHT);
  }

  /** A row that nobody sized is as high as its largest letters need. */
  growRow(row: number, fontSize: number): void {
    const needed = Math.ceil(fontSize * (4 / 3) * 1.36);
    if (needed > this.rowHeight(row)) this.rowHeights.set(row, needed);
  }

  /** Calls for every cell that exists in the area, row by row. */
  forEachCell(a: Area, visit: (cell: Cell, row: number, column: number) => void): void {
    const rowEnd = Math.min(a.row + a.rowCount, this.rows.length);
    for (let row = a.row; row < rowEnd; row++) {
      const cells = this.rows[row];
      if (!cells) continue;
      const columnEnd = Math.min(a.column + a.columnCount, cells.length);
      for (let column = a.column; column < columnEnd; column++) {
        const cell = cells[column];
        if (cell) visit(cell, row, column);
      }
    }
  }

  /** The smallest block with every cell that holds something; null on an empty sheet. */
  usedArea(isValuesOnly = false): Area | null {
    let top = Number.POSITIVE_INFINITY;
    let left = Number.POSITIVE_INFINITY;
    let bottom = -1;
    let right = -1;
    this.rows.forEach((cells, row) => {
      cells.forEach((cell, column) => {
        if (isBlank(cell) && (isValuesOnly || cell === undefined || cell.style === DEFAULT_STYLE)) return;
        top = Math.min(top, row);
        bottom = Math.max(bottom, row);
        left = Math.min(left, column);
        right = Math.max(right, column);
      });
    });
    return bottom < 0 ? null : area(top, left, bottom - top + 1, right - left + 1);
  }

  get rowEnd(): number {
    return this.rows.length;
  }

  get columnEnd(): number {
    return this.rows.reduce((end, cells) => Math.max(end, cells?.length ?? 0), 0);
  }

  /** Moves cells, sizes and hidden marks. New cells take the looks of those before them, as in Excel. */
  shiftCells(shift: Shift): void {
    const { kind, axis, at, count, crossAt, crossCount } = shift;
    const isWholeLine = crossAt === 0 && crossCount >= (axis === "row" ? 16_384 : 1_048_576);
    if (axis === "row") {
      if (isWholeLine) this.shiftWholeRows(kind, at, count);
      else this.shiftPartRows(kind, at, count, crossAt, crossCount);
    } else {
      const end = isWholeLine ? this.rows.length : Math.min(this.rows.length, crossAt + crossCount);
      for (let row = isWholeLine ? 0 : crossAt; row < end; row++) this.shiftRowCells(row, kind, at, count);
    }
    if (!isWholeLine) return;
    if (axis === "row") {
      this.rowHeights = shiftKeys(this.rowHeights, shift);
      this.hiddenRows = shiftMembers(this.hiddenRows, shift);
    } else {
      this.columnWidths = shiftKeys(this.columnWidths, shift);
      this.columnStyles = shiftKeys(this.columnStyles, shift);
      this.hiddenColumns = shiftMembers(this.hiddenColumns, shift);
    }
  }

  private shiftWholeRows(kind: Shift["kind"], at: number, count: number): void {
    if (kind === "delete") {
      this.rows.splice(at, count);
      return;
    }
    if (at >= this.rows.length) return;
    const template = this.rows[at - 1];
    this.rows.splice(at, 0, ...Array.from({ length: count }, () => emptyLike(template)));
  }

  private shiftPartRows(kind: Shift["kind"], at: number, count: number, from: number, width: number): void {
    const end = this.rows.length;
    const last = Math.min(from + width, this.columnEnd);
    const move = (to: number, source: (Cell | undefined)[] | undefined) => {
      this.rows[to] ??= [];
      const target = this.rows[to];
      for (let column = from; column < last; column++) target[column] = source?.[column];
    };
    if (kind === "delete") {
      for (let row = at; row < end; row++) move(row, this.rows[row + count]);
      return;
    }
    for (let row = end - 1; row >= at; row--) move(row + count, this.rows[row]);
    for (let row = at; row < at + count; row++) move(row, emptyLike(this.rows[at - 1]));
  }

  private shiftRowCells(row: number, kind: Shift["kind"], at: number, count: number): void {
    const cells = this.rows[row];
    if (!cells) return;
    if (kind === "delete") cells.splice(at, count);
    else if (at < cells.length) cells.splice(at, 0, ...Array.from({ length: count }, () => blankLike(cells[at - 1])));
  }

  /** Puts the cells of these rows in another order, within some columns. */
  reorderRows(firstRow: number, order: readonly number[], columnAt: number, columnCount: number): void {
    const taken = order.map((row) =>
      Array.from({ length: columnCount }, (_, index) => this.rows[row]?.[columnAt + index]),
    );
    taken.forEach((cells, index) => {
      cells.forEach((cell, offset) => {
        this.setCell(firstRow + index, columnAt + offset, cell);
      });
    });
  }

  setColumnStyle(column: number, change: Partial<Style>): void {
    this.columnStyles.set(column, changeStyle(this.styleOfEmpty(column), change));
  }
}

const blankLike = (cell: Cell | undefined): Cell | undefined =>
  cell && cell.style !== DEFAULT_STYLE
    ? { value: null, formula: null, isError: false, style: cell.style, hyperlink: null }
    : undefined;

function emptyLike(template: (Cell | undefined)[] | undefined): (Cell | undefined)[] {
  const cells: (Cell | undefined)[] = [];
  template?.forEach((cell, column) => {
    const blank = blankLike(cell);
    if (blank) cells[column] = blank;
  });
  return cells;
}

function shiftedKey(key: number, shift: Shift): number | null {
  if (key < shift.at) return key;
  if (shift.kind === "insert") return key + shift.count;
  return key < shift.at + shift.count ? null : key - shift.count;
}

function shiftKeys<Value>(map: ReadonlyMap<number, Value>, shift: Shift): Map<number, Value> {
  const moved = new Map<number, Value>();
  for (const [key, value] of map) {
    const at = shiftedKey(key, shift);
    if (at !== null) moved.set(at, value);
  }
  return moved;
}

function shiftMembers(members: ReadonlySet<number>, shift: Shift): Set<number> {
  return new Set([...members].map((key) => shiftedKey(key, shift)).filter((key) => key !== null));
}
