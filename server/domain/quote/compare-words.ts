import { formatDay } from "../calendar/format";
import { type PlainDate, parsePlainDate } from "../calendar/plain-date";
import { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { CellFormat } from "./cell";

/** A cell's text as people read it: "500.00 GBP", "1 Jan 2027", "10 %", "net days"; none is "none". */
export function wordsOf(
  text: string | null,
  format: CellFormat,
  currency: { readonly code: string; readonly minorUnits: number },
): string {
  if (text === null) return "none";
  switch (format.kind) {
    case "text":
    case "whole":
    case "decimal":
      return text;
    case "day":
      return parsePlainDate(text).ok ? formatDay(text as PlainDate) : text;
    case "percent":
      return `${text} %`;
    case "money": {
      const amount = new Decimal(text);
      return `${amount.toFixed(Math.max(currency.minorUnits, amount.decimalPlaces()))} ${currency.code}`;
    }
    case "choice":
    case "cadence":
      return CHOICES[text] ?? text.replaceAll("_", " ");
    default:
      return unreachable(format.kind);
  }
}

const CHOICES: Readonly<Record<string, string>> = {
  true: "yes",
  false: "no",
  net_days: "days after issue",
  end_of_month: "days after issue, then the end of the month",
  term: "the whole term",
  one_time: "once",
  by_days: "by days",
  full: "in full",
};
