import type { ConditionEvaluator } from "../calculation/condition-evaluator";
import type { Sheet } from "../model/sheet";
import type { Table } from "../model/table";
import type { Axis } from "./axis";

export const ROW_HEADER_WIDTH = 46;
export const COLUMN_HEADER_HEIGHT = 22;
export const FILTER_BUTTON_SIZE = 17;

export interface Picture {
  readonly sheet: Sheet;
  readonly tables: readonly Table[];
  readonly conditions: ConditionEvaluator;
  readonly rows: Axis;
  readonly columns: Axis;
  readonly width: number;
  readonly height: number;
  /** How far the part that is not frozen is scrolled. */
  readonly scrollX: number;
  readonly scrollY: number;
  /** Marching lines around what was copied. */
  readonly copied: {
    readonly row: number;
    readonly column: number;
    readonly rowCount: number;
    readonly columnCount: number;
  } | null;
}

/** A part of the sheet that scrolls in its own way: frozen or not, across and down. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly left: (column: number) => number;
  readonly top: (row: number) => number;
}

/** How much room the frozen rows and columns take. */
export function frozenSize({ sheet, rows, columns }: Picture): { width: number; height: number } {
  return { width: columns.offset(sheet.frozen.columns), height: rows.offset(sheet.frozen.rows) };
}

/** Draws a straight line; none without a colour. */
export function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  color: string,
  width = 1,
): void {
  if (!color) return;
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
