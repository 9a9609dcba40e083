import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { catalogPricesByLineage, type Price } from "../catalog";
import type { PriceBook, PriceBookEntry } from "./price-book";
import { entriesByPriceBook, listPriceBooks, priceBooksById } from "./price-book.store";

export function readPriceBook(context: RequestContext, id: string): Promise<PriceBook | null> {
  context.require("read");
  return context.load(priceBooksById, id);
}

export async function readPriceBooks(context: RequestContext, args: PageArgs, includeArchived: boolean) {
  context.require("read");
  const page = toPage(args, ["text", "id"]);
  return toConnection(page, await listPriceBooks(page, includeArchived), ({ name, id }) => [name, id]);
}

/** What a command has changed, as it is now. */
export const priceBookOf = (context: RequestContext, id: string): Promise<PriceBook> =>
  context.mustLoad(priceBooksById, id);

export async function entriesOf(context: RequestContext, { id }: PriceBook): Promise<readonly PriceBookEntry[]> {
  return (await context.load(entriesByPriceBook, id)) ?? [];
}

/** The version that a quote would start with today: the latest that is effective, else the first to come. */
export async function priceOfEntry(context: RequestContext, entry: PriceBookEntry): Promise<Price | null> {
  const { today } = context.caller;
  const { currency } = await context.mustLoad(priceBooksById, entry.priceBookId);
  const versions = (await context.load(catalogPricesByLineage, entry.lineageId)) ?? [];
  const own = versions.filter((price) => price.currency === currency);
  return own.findLast(({ effectiveOn }) => effectiveOn <= today) ?? own[0] ?? null;
}
