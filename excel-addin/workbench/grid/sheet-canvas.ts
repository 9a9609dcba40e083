import { area, lastColumn, lastRow, MAXIMUM_COLUMNS, MAXIMUM_ROWS } from "../model/area";
import type { Sheet } from "../model/sheet";
import { Axis } from "./axis";
import { paint } from "./painter";
import type { WorkbenchParts } from "./parts";
import { COLUMN_HEADER_HEIGHT, FILTER_BUTTON_SIZE, frozenSize, type Picture, ROW_HEADER_WIDTH } from "./picture";

export type Place =
  | { readonly kind: "corner" }
  | { readonly kind: "columnHeader"; readonly column: number; readonly resizes: number | null }
  | { readonly kind: "rowHeader"; readonly row: number }
  | { readonly kind: "cell"; readonly row: number; readonly column: number; readonly isFilterButton: boolean };

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const SPARE_ROWS = 60;
const SPARE_COLUMNS = 8;
const GRIP = 4;

/** The drawn sheet: a canvas under a scrolling layer that is as large as the sheet would be. */
export class SheetCanvas {
  copied: Picture["copied"] = null;
  private rows = new Axis(0, () => 0);
  private columns = new Axis(0, () => 0);
  private drawnRevision = -1;
  private drawnSheet: Sheet | null = null;
  private isPlanned = false;
  private readonly context: CanvasRenderingContext2D;

  constructor(
    private readonly parts: WorkbenchParts,
    private readonly canvas: HTMLCanvasElement,
    private readonly scroller: HTMLElement,
    private readonly spacer: HTMLElement,
  ) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("The browser cannot draw.");
    this.context = context;
  }

  get sheet(): Sheet {
    return this.parts.workbook.activeSheet;
  }

  /** Draws once before the next frame, however often it is asked. */
  plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    requestAnimationFrame(() => {
      this.isPlanned = false;
      this.draw();
    });
  }

  draw(): void {
    const { workbook } = this.parts;
    workbook.ensureCalculated();
    const isOtherSheet = this.drawnSheet !== this.sheet;
    if (isOtherSheet || this.drawnRevision !== workbook.revision) {
      this.drawnRevision = workbook.revision;
      this.measure();
    }
    if (isOtherSheet) {
      this.drawnSheet = this.sheet;
      this.scroller.scrollLeft = this.sheet.scroll.column;
      this.scroller.scrollTop = this.sheet.scroll.row;
    }
    this.fitCanvas();
    paint(this.context, this.picture);
  }

  onScroll(): void {
    this.sheet.scroll = { row: this.scroller.scrollTop, column: this.scroller.scrollLeft };
    const isNearEnd = this.scroller.scrollTop + this.scroller.clientHeight > this.spacer.offsetHeight - 200;
    const isNearSide = this.scroller.scrollLeft + this.scroller.clientWidth > this.spacer.offsetWidth - 200;
    if (isNearEnd || isNearSide) this.measure();
    this.draw();
  }

  /** Lines for everything that is used, selected or scrolled to, and some more to go on. */
  private measure(): void {
    const { sheet, scroller } = this;
    const { area: selected } = sheet.selection;
    const viewRows = Math.ceil(scroller.clientHeight / 20);
    const viewColumns = Math.ceil(scroller.clientWidth / 40);
    const scrolledRow = this.rows.indexAt(scroller.scrollTop);
    const scrolledColumn = this.columns.indexAt(scroller.scrollLeft);
    const selectedRow = selected.rowCount === MAXIMUM_ROWS ? 0 : lastRow(selected);
    const selectedColumn = selected.columnCount === MAXIMUM_COLUMNS ? 0 : lastColumn(selected);
    const rowCount = Math.max(sheet.rowEnd, selectedRow, scrolledRow + viewRows, 100) + SPARE_ROWS;
    const columnCount = Math.max(sheet.columnEnd, selectedColumn, scrolledColumn + viewColumns, 26) + SPARE_COLUMNS;
    this.rows = new Axis(Math.min(rowCount, MAXIMUM_ROWS), (row) => sheet.rowHeight(row));
    this.columns = new Axis(Math.min(columnCount, MAXIMUM_COLUMNS), (column) => sheet.columnWidth(column));
    this.spacer.style.width = `${ROW_HEADER_WIDTH + this.columns.length}px`;
    this.spacer.style.height = `${COLUMN_HEADER_HEIGHT + this.rows.length}px`;
  }

  private fitCanvas(): void {
    const { clientWidth: width, clientHeight: height } = this.scroller;
    const ratio = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  private get picture(): Picture {
    const { workbook, conditions } = this.parts;
    return {
      sheet: this.sheet,
      tables: workbook.tablesOf(this.sheet),
      conditions,
      rows: this.rows,
      columns: this.columns,
      width: this.scroller.clientWidth,
      height: this.scroller.clientHeight,
      scrollX: this.scroller.scrollLeft,
      scrollY: this.scroller.scrollTop,
      copied: this.copied,
    };
  }

  /** What lies under a point of the canvas. */
  placeAt(x: number, y: number): Place {
    const frozen = frozenSize(this.picture);
    const across = x - ROW_HEADER_WIDTH;
    const down = y - COLUMN_HEADER_HEIGHT;
    const column = this.columns.indexAt(across < frozen.width ? across : across + this.scroller.scrollLeft);
    const row = this.rows.indexAt(down < frozen.height ? down : down + this.scroller.scrollTop);
    if (across < 0 && down < 0) return { kind: "corner" };
    if (down < 0) {
      const box = this.boxOf(0, column);
      if (x - box.left < GRIP && column > 0) return { kind: "columnHeader", column, resizes: column - 1 };
      return { kind: "columnHeader", column, resizes: box.left + box.width - x < GRIP ? column : null };
    }
    if (across < 0) return { kind: "rowHeader", row };
    const box = this.boxOf(row, column);
    const isOnButton =
      box.left + box.width - x < FILTER_BUTTON_SIZE && box.top + box.height - y < FILTER_BUTTON_SIZE + 2;
    const tables = this.parts.workbook.tablesOf(this.sheet);
    const hasButton = tables.some(
      ({ area: a, showFilterButton, showHeaders }) =>
        showFilterButton && showHeaders && row === a.row && column >= a.column && column <= lastColumn(a),
    );
    return { kind: "cell", row, column, isFilterButton: hasButton && isOnButton };
  }

  /** Where a cell is on the canvas. */
  boxOf(row: number, column: number): Box {
    const { frozen } = this.sheet;
    const left =
      ROW_HEADER_WIDTH + this.columns.offset(column) - (column < frozen.columns ? 0 : this.scroller.scrollLeft);
    const top = COLUMN_HEADER_HEIGHT + this.rows.offset(row) - (row < frozen.rows ? 0 : this.scroller.scrollTop);
    return { left, top, width: this.columns.size(column), height: this.rows.size(row) };
  }

  /** Scrolls as little as needed to bring a cell into view. */
  reveal(row: number, column: number): void {
    this.measure();
    const { scroller } = this;
    const frozen = frozenSize(this.picture);
    const { frozen: counts } = this.sheet;
    const viewHeight = scroller.clientHeight - COLUMN_HEADER_HEIGHT - frozen.height;
    const viewWidth = scroller.clientWidth - ROW_HEADER_WIDTH - frozen.width;
    const top = this.rows.offset(row) - frozen.height;
    const left = this.columns.offset(column) - frozen.width;
    if (row >= counts.rows) {
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + this.rows.size(row) > scroller.scrollTop + viewHeight)
        scroller.scrollTop = top + this.rows.size(row) - viewHeight;
    }
    if (column >= counts.columns) {
      if (left < scroller.scrollLeft) scroller.scrollLeft = left;
      else if (left + this.columns.size(column) > scroller.scrollLeft + viewWidth) {
        scroller.scrollLeft = left + this.columns.size(column) - viewWidth;
      }
    }
  }

  get rowsPerPage(): number {
    return Math.max(1, Math.floor((this.scroller.clientHeight - COLUMN_HEADER_HEIGHT) / 20) - 1);
  }

  selectionFor(place: Place) {
    if (place.kind === "corner")
      return { area: area(0, 0, MAXIMUM_ROWS, MAXIMUM_COLUMNS), activeRow: 0, activeColumn: 0 };
    if (place.kind === "columnHeader") {
      return { area: area(0, place.column, MAXIMUM_ROWS, 1), activeRow: 0, activeColumn: place.column };
    }
    if (place.kind === "rowHeader")
      return { area: area(place.row, 0, 1, MAXIMUM_COLUMNS), activeRow: place.row, activeColumn: 0 };
    return { area: area(place.row, place.column), activeRow: place.row, activeColumn: place.column };
  }
}
