import { type Area, area, columnName, quoteSheetName } from "../model/area";
import { type FormulaToken, type StructuredToken, tokenizeFormula } from "./formula-tokens";

/** What a structured reference needs to know of a table. */
export interface TableShape {
  readonly name: string;
  readonly sheetName: string;
  /** With headers and totals. */
  readonly area: Area;
  readonly hasHeaders: boolean;
  readonly hasTotals: boolean;
  readonly columnNames: readonly string[];
}

export interface FormulaPlace {
  readonly sheetName: string;
  readonly row: number;
  readonly column: number;
}

type Part = "#All" | "#Data" | "#Headers" | "#Totals" | "#This Row";

interface Specifier {
  readonly parts: readonly Part[];
  readonly firstColumn: string | null;
  readonly lastColumn: string | null;
}

const PARTS: readonly Part[] = ["#All", "#Data", "#Headers", "#Totals", "#This Row"];

/**
 * Turns `Invoices[Total]`, `[@Total]` and their relatives into ordinary addresses, for an engine that knows no tables.
 * What points to no table or column becomes `#REF!`.
 */
export function resolveStructuredReferences(
  formula: string,
  place: FormulaPlace,
  tables: readonly TableShape[],
): string {
  if (!formula.includes("[") && !tables.some((table) => formula.toLowerCase().includes(table.name.toLowerCase())))
    return formula;
  return tokenizeFormula(formula)
    .map((token) => resolveToken(token, place, tables))
    .join("");
}

function resolveToken(token: FormulaToken, place: FormulaPlace, tables: readonly TableShape[]): string {
  if (token.kind === "structured") {
    const table = token.tableName ? findTable(tables, token.tableName) : tableAt(tables, place);
    const target = table && areaOf(table, parseSpecifier(token.specifier), place);
    return table && target ? addressOf(table, target, place, isThisRow(token)) : "#REF!";
  }
  if (token.kind === "name") {
    const table = findTable(tables, token.text);
    const target = table && areaOf(table, { parts: ["#Data"], firstColumn: null, lastColumn: null }, place);
    return table && target ? addressOf(table, target, place, false) : token.text;
  }
  return token.text;
}

/** Rewrites references to a renamed column, as Excel does on its own. */
export function renameColumnInFormula(
  formula: string,
  table: Pick<TableShape, "name">,
  isInTable: boolean,
  before: string,
  after: string,
): string {
  if (!formula.includes("[")) return formula;
  return tokenizeFormula(formula)
    .map((token) => {
      if (token.kind !== "structured") return token.text;
      const isOfTable = token.tableName ? token.tableName.toLowerCase() === table.name.toLowerCase() : isInTable;
      if (!isOfTable) return token.text;
      const specifier = parseSpecifier(token.specifier);
      const rename = (name: string | null) => (name?.toLowerCase() === before.toLowerCase() ? after : name);
      if (
        rename(specifier.firstColumn) === specifier.firstColumn &&
        rename(specifier.lastColumn) === specifier.lastColumn
      ) {
        return token.text;
      }
      return (
        token.tableName +
        specifierText({
          ...specifier,
          firstColumn: rename(specifier.firstColumn),
          lastColumn: rename(specifier.lastColumn),
        })
      );
    })
    .join("");
}

/** Outside its table a reference such as `[@Total]` has to say which table it means. */
export function qualifyStructuredReferences(formula: string, tableName: string): string {
  if (!formula.includes("[")) return formula;
  return tokenizeFormula(formula)
    .map((token) => (token.kind === "structured" && token.tableName === "" ? tableName + token.text : token.text))
    .join("");
}

const isThisRow = (token: StructuredToken): boolean => parseSpecifier(token.specifier).parts.includes("#This Row");

const findTable = (tables: readonly TableShape[], name: string): TableShape | undefined =>
  tables.find((table) => table.name.toLowerCase() === name.toLowerCase());

function tableAt(tables: readonly TableShape[], place: FormulaPlace): TableShape | undefined {
  return tables.find(
    ({ sheetName, area: a }) =>
      sheetName === place.sheetName &&
      place.row >= a.row &&
      place.row < a.row + a.rowCount &&
      place.column >= a.column &&
      place.column < a.column + a.columnCount,
  );
}

function parseSpecifier(text: string): Specifier {
  const trimmed = text.trim();
  if (trimmed.startsWith("@")) {
    const columns = columnSpan(trimmed.slice(1));
    return { parts: ["#This Row"], ...columns };
  }
  if (!trimmed.startsWith("[")) {
    const part = partOf(trimmed);
    return part ? { parts: [part], firstColumn: null, lastColumn: null } : { parts: [], ...columnSpan(trimmed) };
  }
  const parts: Part[] = [];
  let columns: Pick<Specifier, "firstColumn" | "lastColumn"> = { firstColumn: null, lastColumn: null };
  for (const item of splitItems(trimmed)) {
    const part = partOf(item.replace(/^\[|\]$/g, ""));
    if (part) parts.push(part);
    else columns = columnSpan(item);
  }
  return { parts, ...columns };
}

/** Splits `[#Totals],[Amount]` at its outer commas. */
function splitItems(text: string): string[] {
  const items: string[] = [""];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "[") depth++;
    if (character === "]") depth--;
    if (character === "," && depth === 0) {
      items.push("");
      continue;
    }
    items[items.length - 1] += character;
    if (character === "'") items[items.length - 1] += text.charAt(++at);
  }
  return items.map((item) => item.trim());
}

function columnSpan(text: string): Pick<Specifier, "firstColumn" | "lastColumn"> {
  if (text.trim() === "") return { firstColumn: null, lastColumn: null };
  const span = /^\[((?:[^'\]]|'.)*)\](?::\[((?:[^'\]]|'.)*)\])?$/s.exec(text.trim());
  const first = unescapeName(span ? (span[1] ?? "") : text);
  return { firstColumn: first, lastColumn: span?.[2] === undefined ? first : unescapeName(span[2]) };
}

const partOf = (text: string): Part | undefined =>
  PARTS.find((part) => part.toLowerCase() === text.trim().toLowerCase());
const unescapeName = (name: string): string => name.replace(/'(.)/gs, "$1");
const escapeName = (name: string): string => name.replace(/['[\]#]/g, "'$&");

function specifierText({ parts, firstColumn, lastColumn }: Specifier): string {
  const name = (one: string) => `[${escapeName(one)}]`;
  const columns =
    firstColumn === null
      ? ""
      : lastColumn !== null && lastColumn !== firstColumn
        ? `${name(firstColumn)}:${name(lastColumn)}`
        : name(firstColumn);
  if (parts.length === 1 && parts[0] === "#This Row") return `[@${columns}]`;
  const items = [...parts.map((part) => `[${part}]`), ...(columns ? [columns] : [])];
  return items.length === 1 && !columns.includes("]:[") ? (items[0] ?? "[]") : `[${items.join(",")}]`;
}

function areaOf(table: TableShape, specifier: Specifier, place: FormulaPlace): Area | null {
  const rows = rowsOf(table, specifier.parts, place);
  const columns = columnsOf(table, specifier);
  return rows && columns ? area(rows.at, columns.at, rows.count, columns.count) : null;
}

function columnsOf(table: TableShape, { firstColumn, lastColumn }: Specifier): { at: number; count: number } | null {
  if (firstColumn === null) return { at: table.area.column, count: table.area.columnCount };
  const indexOf = (name: string) => table.columnNames.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  const first = indexOf(firstColumn);
  const last = indexOf(lastColumn ?? firstColumn);
  if (first < 0 || last < 0) return null;
  return { at: table.area.column + Math.min(first, last), count: Math.abs(last - first) + 1 };
}

function rowsOf(table: TableShape, parts: readonly Part[], place: FormulaPlace): { at: number; count: number } | null {
  const { row, rowCount } = table.area;
  const dataRow = row + (table.hasHeaders ? 1 : 0);
  const dataCount = rowCount - (table.hasHeaders ? 1 : 0) - (table.hasTotals ? 1 : 0);
  const part = parts[0] ?? "#Data";
  const has = (one: Part) => parts.includes(one);
  if (has("#All")) return { at: row, count: rowCount };
  if (has("#Headers") && has("#Data")) return { at: row, count: dataRow - row + dataCount };
  if (has("#Data") && has("#Totals")) return { at: dataRow, count: row + rowCount - dataRow };
  if (part === "#Headers") return table.hasHeaders ? { at: row, count: 1 } : null;
  if (part === "#Totals") return table.hasTotals ? { at: row + rowCount - 1, count: 1 } : null;
  if (part === "#This Row")
    return place.row >= dataRow && place.row < dataRow + dataCount ? { at: place.row, count: 1 } : null;
  return dataCount > 0 ? { at: dataRow, count: dataCount } : null;
}

function addressOf(table: TableShape, target: Area, place: FormulaPlace, isRelative: boolean): string {
  const fix = isRelative ? "" : "$";
  const cell = (row: number, column: number) => `${fix}${columnName(column)}${fix}${row + 1}`;
  const first = cell(target.row, target.column);
  const last = cell(target.row + target.rowCount - 1, target.column + target.columnCount - 1);
  const prefix = table.sheetName === place.sheetName ? "" : `${quoteSheetName(table.sheetName)}!`;
  return prefix + (first === last ? first : `${first}:${last}`);
}
