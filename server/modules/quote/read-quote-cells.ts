import { cellsOf } from "../../domain/quote/cells";
import type { RequestContext } from "../../platform/request-context";
import { type Price, pricesById } from "../catalog";
import { priceIdsOf } from "./prices-of-terms";
import type { QuoteVersion } from "./quote";
import { type QuoteCellType, toCell } from "./quote-cells.types";

/** The cells of a version. Its prices are read together with those of the other versions of the request. */
export async function readCellsOf(context: RequestContext, { terms }: QuoteVersion): Promise<QuoteCellType[]> {
  if (terms.kind === "amendment") return [];
  const prices = await Promise.all(priceIdsOf(terms).map((id) => context.load(pricesById, id)));
  const known = prices.filter((price): price is Price => price !== null);
  return cellsOf(terms, new Map(known.map((price) => [price.id, price]))).map(toCell);
}
