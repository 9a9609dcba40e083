import "reflect-metadata";
import { GraphQLError } from "graphql";
import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { isId } from "../ids";

export const PAGE_LIMIT = 200;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: `How many at the most, 1 to ${PAGE_LIMIT}.` })
  first!: number;

  @Field(() => String, { nullable: true, description: "The endCursor of the page before." })
  after?: string | null;
}

@ObjectType({ description: "Where a page stands in the whole list.", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

/** The keys that a list is ordered by, the last of them unique; a cursor is their values on one row. */
export type Position = readonly string[];
export type Page = { readonly limit: number; readonly after: Position | null };

/** What a list's keys look like, so that a cursor of another list is refused before the database is asked. */
export type KeyKind = "text" | "id";

/** Checks the arguments of a connection. One row more than asked for is read, to know whether there is a next page. */
export function toPage({ first, after }: PageArgs, keys?: readonly KeyKind[]): Page {
  if (first < 1 || first > PAGE_LIMIT) {
    throw new GraphQLError(`first must be from 1 to ${PAGE_LIMIT}, not ${first}. Ask for further pages with after.`, {
      extensions: { code: "BAD_USER_INPUT" },
    });
  }
  return { limit: first + 1, after: after ? decodeCursor(after, keys) : null };
}

export function toConnection<Row>(page: Page, rows: readonly Row[], positionOf: (row: Row) => Position) {
  const shown = rows.slice(0, page.limit - 1);
  const edges = shown.map((node) => ({ node, cursor: encodeCursor(positionOf(node)) }));
  return {
    edges,
    nodes: shown,
    pageInfo: {
      hasNextPage: rows.length >= page.limit,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const encodeCursor = (position: Position): string => Buffer.from(JSON.stringify(position)).toString("base64url");

const fits = (position: readonly string[], keys: readonly KeyKind[]): boolean =>
  position.length === keys.length && keys.every((kind, index) => kind !== "id" || isId(position[index] ?? ""));

function decodeCursor(cursor: string, keys: readonly KeyKind[] | undefined): Position {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isPosition = Array.isArray(position) && position.every((value) => typeof value === "string");
    if (isPosition && (!keys || fits(position, keys))) return position;
  } catch {
    // falls through to the refusal
  }
  throw new GraphQLError(`"${cursor}" is not a cursor of this list. Use endCursor of an earlier page.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

/** The Relay connection type of a node type: `connectionOf("Customer", () => CustomerType)`. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `A ${name} and its place in the list.` })
  class Edge {
    @Field(() => String) cursor!: string;
    @Field(() => node()) node!: T;
  }
  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${name} records.` })
  class Connection {
    @Field(() => [Edge]) edges!: Edge[];
    @Field(() => [node()], { description: "The nodes without their cursors." }) nodes!: T[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
  }
  return Connection;
}
