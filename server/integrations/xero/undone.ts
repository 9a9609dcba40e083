import type { Undone } from "./accounting-ledger";

/** An answer that is not what the description promises. */
export class UnreadableAnswer extends Error {}

/** What is known of a failed call. */
export type Failure = {
  readonly code: string | null;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

/** No connection came about, so nothing can have happened on the other side. */
const NEVER_ARRIVED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const LONGEST_REASON = 500;
/** Longer than a day of Xero's own counting is no wait. */
const LONGEST_WAIT_SECONDS = 24 * 60 * 60;

/** Says what a failed call means, without a word of what was sent. */
export function undoneOf({ code, status, headers, body }: Failure, now: Date): Undone {
  if (status === null || status === 0) {
    return code !== null && NEVER_ARRIVED.has(code)
      ? temporary("Xero could not be reached.", false)
      : temporary("Xero did not answer in time.", true);
  }
  if (status === 429) {
    const daily = headers["x-rate-limit-problem"] === "day";
    const reason = daily ? "Xero's calls of today are used up." : "Xero asks us to slow down.";
    return { ...temporary(reason, false, waitSaid(headers, now) ?? 60), isLimit: true };
  }
  if (status === 401 || status === 403) return { outcome: "denied", reason: "Xero no longer allows the connection." };
  if (status === 503) return temporary("Xero is out of order (503).", true, waitSaid(headers, now));
  if (status >= 500) return temporary(`Xero is out of order (${status}).`, true);
  if (status === 408 || status === 409) return temporary(`Xero is busy with it (${status}).`, true);
  if (status === 404) return { outcome: "permanent", reason: "Xero does not know it." };
  const said = wordsIn(body);
  return { outcome: "permanent", reason: said ? `Xero refused: ${said}` : `Xero refused (${status}).` };
}

const temporary = (reason: string, mayHaveHappened: boolean, retryAfterSeconds: number | null = null) =>
  ({ outcome: "temporary", reason, retryAfterSeconds, mayHaveHappened }) as const;

/** Xero's own words, in one line: what is wrong with the elements, else the message. */
export function wordsIn(body: unknown): string | null {
  const errors = listIn(body, "Elements").flatMap(validationErrors);
  const own = validationErrors(body);
  const message = field(body, "Message") ?? field(body, "Detail");
  const words = [
    ...errors,
    ...own,
    ...(errors.length + own.length === 0 && typeof message === "string" ? [message] : []),
  ];
  const line = [...new Set(words)]
    .join(" ")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return line === "" ? null : line.slice(0, LONGEST_REASON);
}

const validationErrors = (value: unknown): string[] =>
  listIn(value, "ValidationErrors").flatMap((error) => {
    const message = field(error, "Message");
    return typeof message === "string" ? [message] : [];
  });

export const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

export function listIn(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name);
  return Array.isArray(list) ? list : [];
}

function waitSaid(headers: Readonly<Record<string, unknown>>, now: Date): number | null {
  const said = headers["retry-after"];
  if (typeof said !== "string" && typeof said !== "number") return null;
  const text = String(said);
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? null : Math.min(Math.max(Math.ceil(seconds), 1), LONGEST_WAIT_SECONDS);
}
