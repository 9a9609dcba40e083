import type { Problem } from "./refusal";

// PostgreSQL text cannot hold NUL, UTF-8 no half of a surrogate pair; the other controls have no place in a name.
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Gathers what is wrong with an input, so that everything is said at once. */
export class InputProblems {
  readonly found: Problem[] = [];

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  report(code: string, message: string, ...path: readonly string[]): void {
    this.found.push({ code, message, path });
  }

  /** A name, a code, a line: there, not longer than `maximum` characters, and printable. */
  checkText(text: string, name: string, maximum: number, ...path: readonly string[]): void {
    if (text.trim() === "") this.report("TEXT_MISSING", `${name} must not be empty.`, ...path);
    else if (text.length > maximum) {
      this.report("TEXT_TOO_LONG", `${name} has ${text.length} characters; the limit is ${maximum}.`, ...path);
    } else if (UNPRINTABLE.test(text)) {
      this.report("TEXT_UNPRINTABLE", `${name} contains a control character.`, ...path);
    }
  }

  checkOptionalText(text: string | null, name: string, maximum: number, ...path: readonly string[]): void {
    if (text !== null) this.checkText(text, name, maximum, ...path);
  }

  checkLines(lines: readonly string[], name: string, ...path: readonly string[]): void {
    if (lines.length > 10)
      this.report("TOO_MANY_LINES", `${name} has ${lines.length} lines; the limit is 10.`, ...path);
    lines.forEach((line, index) => this.checkText(line, `Line ${index + 1} of ${name}`, 200, ...path, String(index)));
  }

  /** In a change, what is left out stays; null takes a value away, which not every field can do without. */
  checkNotNull(changes: object, fields: readonly string[]): void {
    for (const field of fields) {
      if ((changes as Record<string, unknown>)[field] === null) {
        this.report("NULL_NOT_ALLOWED", `${field} cannot be null. Leave it out to keep it as it is.`, field);
      }
    }
  }
}

/** The fields of a change that were sent, without those that were left out. */
export function sentFields<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

// JSON.stringify writes NUL and lone surrogates as escapes; an even number of backslashes before them is plain text.
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** False for JSON text that jsonb refuses although it is JSON. */
export const isStorableJson = (text: string): boolean => !UNSTORABLE_ESCAPE.test(text);
