import { fail, ok, type Result } from "../result";

/** How the documents of a series are numbered: "INV-2026-00042" is prefix, year, and a counter of five digits. */
export type NumberSeries = {
  readonly prefix: string;
  /** The counter begins anew each year, and the year is part of the number. */
  readonly isYearly: boolean;
  /** Shorter counters are padded with zeros, longer ones written as they are. */
  readonly digits: number;
};

export type NumberParts = { readonly year: number | null; readonly counter: number };

export type NumberProblem = { readonly code: "NUMBER_MALFORMED"; readonly given: string };

/** The number of a document; the counter is a whole number from 1, the year is read in yearly series only. */
export function formatNumber({ prefix, isYearly, digits }: NumberSeries, { year, counter }: NumberParts): string {
  if (!Number.isSafeInteger(counter) || counter < 1) throw new Error(`not a counter from 1: ${counter}`);
  if (isYearly && year === null) throw new Error("a yearly series needs the year");
  return `${prefix}${isYearly ? `${year}-` : ""}${String(counter).padStart(digits, "0")}`;
}

/** Reads a number of this series back; refuses any text that formatNumber would not write. */
export function parseNumber(series: NumberSeries, text: string): Result<NumberParts, NumberProblem> {
  const refused = fail({ code: "NUMBER_MALFORMED", given: text } as const);
  if (!text.startsWith(series.prefix)) return refused;
  const match = /^(?:(\d{4})-)?(\d+)$/.exec(text.slice(series.prefix.length));
  const [year, counter] = [match?.[1] ? Number(match[1]) : null, Number(match?.[2] ?? 0)];
  if (!Number.isSafeInteger(counter) || counter < 1 || series.isYearly !== (year !== null)) return refused;
  const parts = { year, counter };
  return formatNumber(series, parts) === text ? ok(parts) : refused;
}
