import type { Undone } from "./signature-provider";

/** An answer that is not what the provider's description promises. */
export class UnreadableAnswer extends Error {}

/** What is known of a failed call, whichever of the client's errors it was. */
type Failure = Error & {
  readonly code?: string;
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly data: unknown;
  };
};

/** No connection came about, so nothing can have happened on the other side. */
const NEVER_ARRIVED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_INVALID_URL",
]);

/** Another try is right: too early, too often, in conflict with something that ends by itself. */
const PASSING = new Set([408, 409, 423, 425, 429]);

const WORDS: Readonly<Record<number, string>> = {
  401: "Dropbox Sign does not accept the API key. An administrator has to set it again.",
  402: "The plan of the Dropbox Sign account does not cover this.",
  403: "The Dropbox Sign account may not do this.",
  404: "Dropbox Sign does not know this request.",
  410: "The request was taken back at Dropbox Sign.",
};

const LONGEST_REASON = 500;
/** A provider that asks for more is asked again after a day all the same. */
const LONGEST_WAIT_SECONDS = 24 * 60 * 60;

/** Says what a failed call means; null for an error that is a mistake of ours. Nothing of the request is repeated. */
export function undoneOf(error: unknown, now: Date): Undone | null {
  if (error instanceof UnreadableAnswer) {
    return temporary("Dropbox Sign answered something that could not be read.", { mayHaveHappened: true });
  }
  if (!(error instanceof Error)) return null;
  const { code, response } = error as Failure;
  if (response) return refused(response, now);
  // What the client says of a call carries the call, and so the key: it never leaves here.
  if (code === undefined && !("config" in error)) return null;
  return code !== undefined && NEVER_ARRIVED.has(code)
    ? temporary("Dropbox Sign could not be reached.", { mayHaveHappened: false })
    : temporary("Dropbox Sign did not answer in time.", { mayHaveHappened: true });
}

/** The status of the provider's answer; null where there was none. */
export const statusOf = (error: unknown): number | null =>
  error instanceof Error ? ((error as Failure).response?.status ?? null) : null;

function refused({ status, headers, data }: NonNullable<Failure["response"]>, now: Date): Undone {
  const said = messageIn(data);
  if (PASSING.has(status)) {
    const reason =
      status === 429 ? "Dropbox Sign asks us to slow down." : withWords("Dropbox Sign cannot do this right now", said);
    return temporary(reason, { mayHaveHappened: false, retryAfterSeconds: waitSaid(headers, status, now) });
  }
  if (status >= 500) {
    const retryAfterSeconds = waitSaid(headers, status, now);
    return temporary(`Dropbox Sign is out of order (${status}).`, { mayHaveHappened: true, retryAfterSeconds });
  }
  const words = WORDS[status];
  const reason = words ? (said ? `${words} It says: ${said}` : words) : withWords("Dropbox Sign refused", said);
  return { outcome: "permanent", reason };
}

const temporary = (
  reason: string,
  { mayHaveHappened, retryAfterSeconds = null }: { mayHaveHappened: boolean; retryAfterSeconds?: number | null },
): Undone => ({ outcome: "temporary", reason, retryAfterSeconds, mayHaveHappened });

const withWords = (words: string, said: string | null): string => (said ? `${words}: ${said}` : `${words}.`);

/** The provider's own words, in one line. */
function messageIn(data: unknown): string | null {
  const error = field(data, "error");
  const message = field(error, "error_msg");
  if (typeof message !== "string") return null;
  const line = message.replace(/[\p{C}\s]+/gu, " ").trim();
  return line === "" ? null : line.slice(0, LONGEST_REASON);
}

/** `Retry-After` counts seconds or names an instant; without it a limit says when it starts anew. */
function waitSaid(headers: Readonly<Record<string, unknown>>, status: number, now: Date): number | null {
  const retryAfter = textOf(headers["retry-after"]);
  const reset = status === 429 ? textOf(headers["x-ratelimit-reset"]) : null;
  const seconds =
    retryAfter !== null && /^\d+$/.test(retryAfter)
      ? Number(retryAfter)
      : retryAfter !== null
        ? (Date.parse(retryAfter) - now.getTime()) / 1000
        : reset !== null
          ? Number(reset) - now.getTime() / 1000
          : Number.NaN;
  if (Number.isNaN(seconds)) return null;
  return Math.min(Math.max(Math.ceil(seconds), 0), LONGEST_WAIT_SECONDS);
}

const textOf = (header: unknown): string | null =>
  typeof header === "string" || typeof header === "number" ? String(header) : null;

export const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
