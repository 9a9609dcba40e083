import type { Style } from "./style";

/** `null` is an empty cell. A date is a serial number with a date format, as in Excel. */
export type CellValue = string | number | boolean | null;

export type ValueType = "Empty" | "String" | "Double" | "Boolean" | "Error";

export interface Cell {
  value: CellValue;
  /** With its leading "="; null for a constant. */
  formula: string | null;
  isError: boolean;
  style: Style;
  hyperlink: { readonly address: string; readonly screenTip: string } | null;
}

export function valueTypeOf(cell: Cell | undefined): ValueType {
  if (!cell || cell.value === null) return "Empty";
  if (cell.isError) return "Error";
  if (typeof cell.value === "number") return "Double";
  return typeof cell.value === "boolean" ? "Boolean" : "String";
}

export const isBlank = (cell: Cell | undefined): boolean => !cell || (cell.value === null && cell.formula === null);
