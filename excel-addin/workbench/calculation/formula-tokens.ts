import {
  columnName,
  columnOf,
  MAXIMUM_COLUMNS,
  MAXIMUM_ROWS,
  type Shift,
  shiftSpan,
  splitSheetName,
} from "../model/area";

/** One corner of a reference; a whole column has no row, a whole row no column. */
export interface Corner {
  readonly row: number | null;
  readonly column: number | null;
  readonly isRowFixed: boolean;
  readonly isColumnFixed: boolean;
}

export interface ReferenceToken {
  readonly kind: "reference";
  readonly text: string;
  /** As written, with its "!", or empty. */
  readonly sheetPrefix: string;
  readonly from: Corner;
  readonly to: Corner | null;
}

export interface StructuredToken {
  readonly kind: "structured";
  readonly text: string;
  /** Empty: the table in which the formula stands. */
  readonly tableName: string;
  /** What stands between the outer brackets. */
  readonly specifier: string;
}

export type FormulaToken =
  | ReferenceToken
  | StructuredToken
  | { readonly kind: "name" | "function" | "other"; readonly text: string };

const SHEET_PREFIX = /^(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!/;
const CELL = String.raw`\$?[A-Za-z]{1,3}\$?\d{1,7}`;
const REFERENCE = new RegExp(
  String.raw`^(?:${CELL}(?::${CELL})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w(.\[!])`,
);
const NAME = /^[A-Za-z_\\][\w.\\?]*/;

/** Cuts a formula into references, structured references, names, functions and the rest; joined again they are the formula. */
export function tokenizeFormula(formula: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let rest = formula;
  while (rest.length > 0) {
    const token = nextToken(rest);
    tokens.push(token);
    rest = rest.slice(token.text.length);
  }
  return tokens;
}

export const joinTokens = (tokens: readonly FormulaToken[]): string => tokens.map((token) => token.text).join("");

function nextToken(rest: string): FormulaToken {
  const text = /^"(?:[^"]|"")*"?/.exec(rest)?.[0];
  if (text) return { kind: "other", text };
  const sheetPrefix = SHEET_PREFIX.exec(rest)?.[0] ?? "";
  const reference = REFERENCE.exec(rest.slice(sheetPrefix.length))?.[0];
  if (reference) {
    const [from = "", to] = reference.split(":");
    const isSpan = to !== undefined;
    return {
      kind: "reference",
      text: sheetPrefix + reference,
      sheetPrefix,
      from: corner(from),
      to: isSpan ? corner(to) : null,
    };
  }
  if (sheetPrefix) return { kind: "other", text: sheetPrefix };
  const name = NAME.exec(rest)?.[0] ?? "";
  if (rest.charAt(name.length) === "[") {
    const end = closingBracket(rest, name.length);
    const whole = rest.slice(0, end + 1);
    return { kind: "structured", text: whole, tableName: name, specifier: whole.slice(name.length + 1, -1) };
  }
  if (name) return { kind: rest.charAt(name.length) === "(" ? "function" : "name", text: name };
  const number = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(rest)?.[0];
  return { kind: "other", text: number ?? rest.charAt(0) };
}

function closingBracket(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "'") at++;
    else if (character === "[") depth++;
    else if (character === "]" && --depth === 0) return at;
  }
  return text.length - 1;
}

function corner(text: string): Corner {
  const match = /^(\$?)([A-Za-z]*)(\$?)(\d*)$/.exec(text);
  const [, first = "", letters = "", second = "", digits = ""] = match ?? [];
  return {
    column: letters ? columnOf(letters) : null,
    row: digits ? Number(digits) - 1 : null,
    isColumnFixed: letters !== "" && first === "$",
    isRowFixed: digits !== "" && (letters ? second === "$" : first === "$" || second === "$"),
  };
}

const cornerText = (one: Corner): string =>
  (one.column === null ? "" : (one.isColumnFixed ? "$" : "") + columnName(one.column)) +
  (one.row === null ? "" : (one.isRowFixed ? "$" : "") + (one.row + 1));

function referenceText(token: ReferenceToken, from: Corner, to: Corner | null): string {
  return token.sheetPrefix + cornerText(from) + (to ? `:${cornerText(to)}` : "");
}

export const sheetNameOf = (token: ReferenceToken): string | null => splitSheetName(token.sheetPrefix).sheetName;

const MAXIMUM_REMEMBERED = 10_000;
const referring = new Map<string, boolean>();

/** Most formulas of a table name columns and no cells, the same in every row; those need a closer look only once. */
function hasReferences(formula: string): boolean {
  const known = referring.get(formula);
  if (known !== undefined) return known;
  if (referring.size > MAXIMUM_REMEMBERED) referring.clear();
  const answer = tokenizeFormula(formula).some((token) => token.kind === "reference");
  referring.set(formula, answer);
  return answer;
}

/** The formula as it reads after being copied by so many rows and columns: fixed parts stay, the others move along. */
export function offsetFormula(formula: string, rows: number, columns: number): string {
  if ((rows === 0 && columns === 0) || !hasReferences(formula)) return formula;
  const move = (one: Corner): Corner => ({
    ...one,
    row: one.row === null || one.isRowFixed ? one.row : one.row + rows,
    column: one.column === null || one.isColumnFixed ? one.column : one.column + columns,
  });
  const isOutside = (one: Corner) =>
    (one.row !== null && (one.row < 0 || one.row >= MAXIMUM_ROWS)) ||
    (one.column !== null && (one.column < 0 || one.column >= MAXIMUM_COLUMNS));
  return tokenizeFormula(formula)
    .map((token) => {
      if (token.kind !== "reference") return token.text;
      const from = move(token.from);
      const to = token.to && move(token.to);
      return isOutside(from) || (to && isOutside(to)) ? "#REF!" : referenceText(token, from, to);
    })
    .join("");
}

/** The formula after rows or columns were put in or taken out of the sheet that its references point to. */
export function shiftFormula(
  formula: string,
  isInShiftedSheet: (sheetName: string | null) => boolean,
  shift: Shift,
): string {
  if (!hasReferences(formula)) return formula;
  return tokenizeFormula(formula)
    .map((token) =>
      token.kind === "reference" && isInShiftedSheet(sheetNameOf(token)) ? shiftReference(token, shift) : token.text,
    )
    .join("");
}

function shiftReference(token: ReferenceToken, shift: Shift): string {
  const isRow = shift.axis === "row";
  const first = isRow ? token.from.row : token.from.column;
  if (first === null) return token.text;
  const end = token.to ?? token.from;
  const last = (isRow ? end.row : end.column) ?? first;
  const crossFirst = isRow ? token.from.column : token.from.row;
  const crossLast = isRow ? end.column : end.row;
  const crossEnd = shift.crossAt + shift.crossCount;
  if (crossFirst !== null && crossLast !== null && (crossFirst < shift.crossAt || crossLast >= crossEnd))
    return token.text;
  const span = shiftSpan(Math.min(first, last), Math.abs(last - first) + 1, shift);
  if (!span) return `${token.sheetPrefix}#REF!`;
  const place = (one: Corner, at: number): Corner => (isRow ? { ...one, row: at } : { ...one, column: at });
  return referenceText(token, place(token.from, span.at), token.to && place(token.to, span.at + span.count - 1));
}
