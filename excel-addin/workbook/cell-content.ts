import type { CellValue, ColumnType, TableColumn } from "./workbook";

/** What goes over to Excel for one cell: "" empties it, null leaves it as it is. */
export type SentValue = string | number | boolean | null;

const MILLISECONDS_PER_DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

const DEFAULT_FORMATS: Readonly<Record<ColumnType, string>> = {
  text: "@",
  number: "#,##0.00",
  date: "yyyy-mm-dd",
  boolean: "General",
};

/** The text format keeps "=1", "00123" and "1/2" what they are: characters. No other format does. */
export const numberFormatOf = ({ type, format }: Pick<TableColumn, "type" | "format">): string =>
  type === "text" ? DEFAULT_FORMATS.text : (format ?? DEFAULT_FORMATS[type]);

export function toSent(value: CellValue, type: ColumnType): SentValue {
  if (value === null) return "";
  if (type === "text") return String(value);
  if (type === "date" && typeof value === "string") return serialOf(value) ?? asText(value);
  return typeof value === "string" ? asText(value) : value;
}

/** For a cell without the text format: the apostrophe keeps Excel from reading a number or a formula out of it. */
export const asText = (text: string): string => (text === "" ? "" : `'${text}`);

export function fromSent(value: unknown, type: ColumnType): CellValue {
  if (value === "" || value === null || value === undefined) return null;
  if (type === "date" && typeof value === "number") return dayOf(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : String(value);
}

function serialOf(day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return match
    ? (Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) - EPOCH) / MILLISECONDS_PER_DAY
    : null;
}

const dayOf = (serial: number): string =>
  new Date(EPOCH + Math.floor(serial) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);

/** `{total}-{previous}` becomes `[@Total]-[@[Last month]]`, by the names that the columns have now. */
export function rowFormula(template: string, titleOf: (key: string) => string): string {
  return template.replace(/\{([^{}]+)\}/g, (_, key: string) => `[@[${titleOf(key).replace(/['[\]#]/g, "'$&")}]]`);
}

/** Conditional formats know no tables: `{change}` becomes `$H5`, the first row's cell with its column fixed. */
export function cellFormula(template: string, addressOf: (key: string) => string): string {
  const formula = template.replace(/\{([^{}]+)\}/g, (_, key: string) => addressOf(key));
  return formula.startsWith("=") ? formula : `=${formula}`;
}

/**
 * Cuts rows into pieces of at most so many bytes, as they travel. Excel on the web takes 5 MB at a time; what Office.js adds
 * around a piece is small beside the distance kept from that.
 */
export function chunkRows<Cell>(
  rows: readonly (readonly Cell[])[],
  maximumBytes: number,
): { start: number; rows: (readonly Cell[])[] }[] {
  const chunks: { start: number; rows: (readonly Cell[])[] }[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  rows.forEach((row, index) => {
    const size = bytesOf(row);
    if (bytes + size > maximumBytes) {
      chunks.push({ start: index, rows: [] });
      bytes = 0;
    }
    chunks.at(-1)?.rows.push(row);
    bytes += size;
  });
  return chunks;
}

/** As JSON in a JSON string: quotes are escaped twice, and what is not ASCII takes up to three bytes a character. */
function bytesOf(row: readonly unknown[]): number {
  let bytes = 4;
  for (const cell of row) {
    if (typeof cell === "string") {
      bytes += 6;
      for (let at = 0; at < cell.length; at++) {
        const code = cell.charCodeAt(at);
        bytes += code > 0x7ff ? 3 : code > 0x7f ? 2 : code === 0x22 || code === 0x5c || code < 0x20 ? 4 : 1;
      }
    } else bytes += String(cell).length + 1;
  }
  return bytes;
}

/** Characters, as Excel counts widths, in the points that its API takes. */
export const pointsOf = (characters: number): number => (characters * 7 + 5) * 0.75;
