import { GraphQLError } from "graphql";
import type { GridLine } from "./grid-line";

export const GRID_LIMIT = 10_000;

/** A cursor is the last row and its place: the place serves where the row has gone meanwhile. */
type Cursor = { readonly id: string; readonly place: number };

export function pageOfLines(
  lines: readonly GridLine[],
  { first, after }: { readonly first: number; readonly after: string | null },
): { readonly lines: readonly GridLine[]; readonly hasMore: boolean; readonly endCursor: string | null } {
  if (first < 1 || first > GRID_LIMIT) {
    throw new GraphQLError(`first must be from 1 to ${GRID_LIMIT}, not ${first}. Ask for further rows with after.`, {
      extensions: { code: "BAD_USER_INPUT" },
    });
  }
  const start = after === null ? 0 : placeAfter(lines, decode(after));
  const shown = lines.slice(start, start + first);
  const last = shown.at(-1);
  return {
    lines: shown,
    hasMore: start + shown.length < lines.length,
    endCursor: last ? encode({ id: last.id, place: start + shown.length }) : null,
  };
}

function placeAfter(lines: readonly GridLine[], { id, place }: Cursor): number {
  const index = lines.findIndex((line) => line.id === id);
  return index < 0 ? place : index + 1;
}

const encode = ({ id, place }: Cursor): string => Buffer.from(JSON.stringify([id, place])).toString("base64url");

function decode(cursor: string): Cursor {
  try {
    const [id, place]: unknown[] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (typeof id === "string" && Number.isSafeInteger(place) && (place as number) >= 0)
      return { id, place: place as number };
  } catch {
    // falls through to the refusal
  }
  throw new GraphQLError(`"${cursor}" is not a cursor of this grid. Use endCursor of an earlier answer.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}
