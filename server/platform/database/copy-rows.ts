import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { inTransaction, query } from "./transaction";

/** A column of a table for this session alone: name, type, and where its value comes from. */
export type CopiedColumn<Row> = readonly [name: string, type: string, valueOf: (row: Row) => CopiedValue];
type CopiedValue = string | number | boolean | null;

/** A row as COPY reads it, without its end. */
export function rowText<Row>(columns: readonly CopiedColumn<Row>[], row: Row): string {
  let text = "";
  for (let place = 0; place < columns.length; place += 1) {
    if (place > 0) text += "\t";
    text += written((columns[place] as CopiedColumn<Row>)[2](row));
  }
  return text;
}

/** Rows are sent in pieces of so many characters: neither one by one nor all at once. */
const PIECE = 1 << 16;

/**
 * Puts rows into a table of this session, which is empty before and is emptied again when the transaction ends: the
 * fastest way to hand many rows to the statements that follow. Call it inside a transaction.
 */
export async function copyRows<Row>(
  table: string,
  columns: readonly (readonly [name: string, type: string, ...unknown[]])[],
  rows: readonly Row[],
  textOf: (row: Row) => string,
): Promise<void> {
  const declared = columns.map(([name, type]) => `${name} ${type}`).join(", ");
  await query(`CREATE TEMPORARY TABLE IF NOT EXISTS ${table} (${declared}) ON COMMIT DELETE ROWS`);
  await query(`TRUNCATE ${table}`);
  if (rows.length === 0) return;
  const names = columns.map(([name]) => name).join(", ");
  await inTransaction(async (client) => {
    const into = client.query(copyFrom(`COPY pg_temp.${table} (${names}) FROM STDIN`));
    await pipeline(Readable.from(pieces(rows, textOf), { objectMode: false, highWaterMark: PIECE }), into);
  });
}

function* pieces<Row>(rows: readonly Row[], textOf: (row: Row) => string): Generator<Buffer> {
  let piece: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = textOf(row);
    piece.push(text);
    length += text.length;
    if (length < PIECE) continue;
    yield Buffer.from(`${piece.join("\n")}\n`);
    piece = [];
    length = 0;
  }
  if (piece.length > 0) yield Buffer.from(`${piece.join("\n")}\n`);
}

/** As COPY reads text: tabs and line ends part values and rows, and a backslash says what is meant. */
function written(value: CopiedValue): string {
  if (value === null) return "\\N";
  if (typeof value !== "string") return String(value);
  return SPECIAL.test(value) ? value.replace(ALL_SPECIAL, (found) => MEANT[found] as string) : value;
}

const SPECIAL = /[\\\t\n\r]/;
const ALL_SPECIAL = /[\\\t\n\r]/g;
const MEANT: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
