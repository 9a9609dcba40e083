import { serialOfDay } from "../calculation/date-serial";
import type { CellValue } from "./cell";

export interface ParsedInput {
  readonly value: CellValue;
  readonly formula: string | null;
  readonly isError: boolean;
  /** Format that Excel would give a cell without one, such as `0%` after "5%". */
  readonly impliedFormat: string | null;
}

const ERRORS = new Set(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"]);
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const constant = (value: CellValue, impliedFormat: string | null = null): ParsedInput => ({
  value,
  formula: null,
  isError: false,
  impliedFormat,
});

/**
 * What Excel makes of a text that is typed or assigned: a formula, a number, a percentage, a date, a truth value, an error or text.
 * A cell with the format "@" keeps every text as it is; an apostrophe in front does the same for one cell.
 */
export function parseInput(text: string, numberFormat: string): ParsedInput {
  if (text === "") return constant(null);
  if (numberFormat === "@") return constant(text);
  if (text.startsWith("'")) return constant(text.slice(1));
  const number = parseNumber(text);
  if (number) return number;
  if (text.length > 1 && /^[=+\-@]/.test(text)) {
    return { value: null, formula: text.startsWith("=") ? text : `=${text}`, isError: false, impliedFormat: null };
  }
  const upper = text.trim().toUpperCase();
  if (upper === "TRUE" || upper === "FALSE") return constant(upper === "TRUE");
  if (ERRORS.has(upper)) return { value: upper, formula: null, isError: true, impliedFormat: null };
  return parseDate(text.trim()) ?? constant(text);
}

function parseNumber(text: string): ParsedInput | null {
  const match =
    /^\s*(\()?\s*([+-])?\s*([$€£])?\s*((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?)(e[+-]?\d+)?\s*(%)?\s*(\))?\s*$/i.exec(
      text,
    );
  if (!match) return null;
  const [, open, sign, currency, digits = "", exponent = "", percent, close] = match;
  if (!/\d/.test(digits) || Boolean(open) !== Boolean(close)) return null;
  const magnitude = Number(digits.replaceAll(",", "") + exponent) / (percent ? 100 : 1);
  const value = sign === "-" || open ? -magnitude : magnitude;
  const decimals = digits.includes(".") ? ".00" : "";
  if (percent) return constant(value, `0${decimals}%`);
  if (currency) return constant(value, `${currency}#,##0${decimals}`);
  if (digits.includes(",")) return constant(value, `#,##0${decimals}`);
  return constant(value, exponent ? "0.00E+00" : null);
}

function parseDate(text: string): ParsedInput | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return date(Number(iso[1]), Number(iso[2]), Number(iso[3]), "yyyy-mm-dd");
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american) return date(Number(american[3]), Number(american[1]), Number(american[2]), "m/d/yyyy");
  const named = /^(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})$/i.exec(text);
  const month = named ? MONTHS.indexOf((named[2] ?? "").toLowerCase()) + 1 : 0;
  return named && month > 0 ? date(Number(named[3]), month, Number(named[1]), "d-mmm-yy") : null;
}

function date(year: number, month: number, day: number, impliedFormat: string): ParsedInput | null {
  const serial = serialOfDay(year, month, day);
  return serial === null ? null : constant(serial, impliedFormat);
}
