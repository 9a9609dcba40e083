import { Decimal } from "../../domain/money/decimal";

/** Text is defused and quoted where needed; a number stays one, also below zero. */
export type Cell = string | Decimal | null;

/** A spreadsheet takes text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180: lines end in CR LF; the first line names the columns. The same cells make the same bytes. */
export const toCsv = (columns: readonly string[], rows: readonly CsvRow[]): string =>
  [columns.map(quoted), ...rows.map(({ cells, decimals }) => cells.map((cell) => written(cell, decimals)))]
    .map((cells) => `${cells.join(",")}\r\n`)
    .join("");

/** 1250.5 is written 1250.50; more decimals, as of a price, stay. */
export type CsvRow = { readonly cells: readonly Cell[]; readonly decimals: number };

function written(cell: Cell, decimals: number): string {
  if (cell === null) return "";
  if (cell instanceof Decimal) return cell.toFixed(Math.max(decimals, cell.decimalPlaces()));
  return quoted(FORMULA.test(cell) ? `'${cell}` : cell);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
