import { parse } from "csv-parse/sync";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Currency } from "../../domain/money/currency";
import { type BankFileFormat, type BankFileProblem, readBankFile } from "../../domain/receivable/bank-file";
import { ok } from "../../domain/result";
import type { Problem } from "../../platform/refusal";

const DELIMITERS = [",", ";", "\t", "|"] as const;

type Read = ReturnType<typeof readBankFile>;

/** Reads a bank's CSV file; the separator is the one with which it has headings. */
export function parseBankFile(
  content: string,
  format: Partial<BankFileFormat>,
  account: { readonly currency: Currency; readonly today: PlainDate },
): Read {
  let refused: Read | null = null;
  for (const delimiter of DELIMITERS) {
    const read = readBankFile(cellsOf(content, delimiter), format, account);
    if (read.ok) return ok(read.value);
    const isNearer = !read.error.some(({ code }) => code === "HEADINGS_NOT_FOUND");
    if (refused === null || isNearer) refused = read;
  }
  return refused as Read;
}

const cellsOf = (content: string, delimiter: string): string[][] =>
  parse(content, { delimiter, bom: true, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: false });

const PROBLEMS_SHOWN = 20;

/** What is wrong with a file, in words; not more than anybody reads. */
export const problemsOf = (problems: readonly BankFileProblem[]): Problem[] =>
  problems.slice(0, PROBLEMS_SHOWN).map((problem) => ({ code: problem.code, ...inWords(problem) }));

function inWords(problem: BankFileProblem): Pick<Problem, "message" | "path"> {
  switch (problem.code) {
    case "HEADINGS_NOT_FOUND":
      return {
        message:
          "No line has headings for the day and the amount. Say in format.columns which headings of the file they are.",
        path: ["content"],
      };
    case "COLUMN_NOT_FOUND":
      return {
        message: `The file has no heading "${problem.given}".`,
        path: ["format", "columns", problem.column],
      };
    case "DATE_ORDER_AMBIGUOUS":
      return {
        message: `"${problem.given}" can be read with the day or the month first. Say which in format.dateOrder.`,
        path: ["format", "dateOrder"],
      };
    case "DECIMAL_MARK_AMBIGUOUS":
      return {
        message: `"${problem.given}" can be read with a decimal point or a decimal comma. Say which in format.decimalMark.`,
        path: ["format", "decimalMark"],
      };
    case "DATE_UNREADABLE":
      return { message: `Line ${problem.row}: "${problem.given}" is no day.`, path: ["content", String(problem.row)] };
    case "AMOUNT_UNREADABLE":
      return {
        message: `Line ${problem.row}: "${problem.given}" is no amount.`,
        path: ["content", String(problem.row)],
      };
  }
}
