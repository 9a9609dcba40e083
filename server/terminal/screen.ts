import process from "node:process";
import { Decimal } from "../domain/money/decimal";

/** Moving bars only where a person looks; colours only where the terminal wants them (NO_COLOR is heard by hasColors). */
const isTerminal = process.stderr.isTTY === true;
const isColoured = isTerminal && process.stderr.hasColors();
const paint = (code: number) => (text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const faint = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

/** Progress and tables go to the error stream: standard output is for the result alone. */
export const say = (text = ""): void => void process.stderr.write(`${text}\n`);

const BAR_WIDTH = 28;

/** A line that is drawn again while work goes on, and stands when it is done; without a terminal it is written once. */
export function progressBar(title: string): {
  show(done: number, total: number, part?: string): void;
  finish(note: string): void;
} {
  let shown = "";
  return {
    show(done, total, part = "") {
      const share = total === 0 ? 1 : done / total;
      const filled = Math.round(share * BAR_WIDTH);
      const line = `${title.padEnd(14)} ${"█".repeat(filled)}${faint("░".repeat(BAR_WIDTH - filled))} ${done} of ${total} ${faint(part.toLowerCase())}`;
      if (!isTerminal || line === shown) return;
      shown = line;
      process.stderr.write(`\r\u001b[2K${line}`);
    },
    finish(note) {
      process.stderr.write(isTerminal ? "\r\u001b[2K" : "");
      say(`${green("✓")} ${title.padEnd(14)} ${note}`);
    },
  };
}

export type Column = { readonly title: string; readonly align: "left" | "right"; readonly width: number };

/** A table for reading: figures to the right, long texts cut with "…". */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title, width }, index) =>
    Math.min(width, Math.max(lengthOf(title), ...rows.map((row) => lengthOf(row[index] ?? "")))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => fit(cell, widths[index] as number, columns[index]?.align ?? "left"))
      .join("  ")
      .trimEnd();
  return [
    bold(line(columns.map(({ title }) => title))),
    faint(widths.map((width) => "─".repeat(width)).join("  ")),
    ...rows.map(line),
  ];
}

// Letters, not UTF-16 units: a name with an accent or an emoji keeps its column.
const lettersOf = (text: string): string[] =>
  [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
const lengthOf = (text: string): number => lettersOf(text).length;

function fit(text: string, width: number, align: Column["align"]): string {
  const letters = lettersOf(text);
  const cut = letters.length > width ? `${letters.slice(0, width - 1).join("")}…` : text;
  const space = " ".repeat(Math.max(0, width - lengthOf(cut)));
  return align === "right" ? space + cut : cut + space;
}

/** "1234567.5" as "1,234,567.50" with its sign; text in, text out, so that nothing is computed. */
export function amount(text: string | null, { sign = false } = {}): string {
  if (text === null) return "";
  const isNegative = text.startsWith("-");
  const [whole = "", fraction] = text.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
  const isZero = /^[0.]*$/.test(text.replace("-", ""));
  return isNegative ? `−${grouped}` : sign && !isZero ? `+${grouped}` : grouped;
}

/** "+14.7 %": one decimal is enough to read; nothing where there is no percentage. */
export const percent = (text: string | null): string =>
  text === null ? "" : `${amount(new Decimal(text).toDecimalPlaces(1).toFixed(1), { sign: true })} %`;
