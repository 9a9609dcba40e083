import type { Money } from "../../domain/money/money";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import type { UnattributedMetric } from "../usage";
import { estimatedValue } from "./estimate-unattributed";
import type { Price } from "./price";
import { listPrices, pricesById, usualPricesByMetric } from "./price.store";
import type { Product } from "./product";
import { listProducts, productsById } from "./product.store";
import type { StoredTaxRate } from "./tax-rate";
import { taxRates, taxRatesById } from "./tax-rate.store";

export async function readProducts(context: RequestContext, args: PageArgs) {
  context.require("read");
  const page = toPage(args, ["text", "id"]);
  return toConnection(page, await listProducts(page), ({ name, id }) => [name, id]);
}

export async function readPrices(context: RequestContext, args: PageArgs, productId: string | null) {
  context.require("read");
  const page = toPage(args, ["id"]);
  const rows = productId === null || isId(productId) ? await listPrices(page, productId) : [];
  return toConnection(page, rows, ({ id }) => [id]);
}

export async function readTaxRates(context: RequestContext): Promise<StoredTaxRate[]> {
  context.require("read");
  return taxRates();
}

export function findProduct(context: RequestContext, id: string): Promise<Product | null> {
  context.require("read");
  return context.load(productsById, id);
}

/** What something else names, so that it must exist. */
export const productOf = (context: RequestContext, { productId }: { readonly productId: string }): Promise<Product> =>
  context.mustLoad(productsById, productId);
export const priceOf = (context: RequestContext, { priceId }: { readonly priceId: string }): Promise<Price> =>
  context.mustLoad(pricesById, priceId);
export const taxRateOf = (
  context: RequestContext,
  { taxRateId }: { readonly taxRateId: string },
): Promise<StoredTaxRate> => context.mustLoad(taxRatesById, taxRateId);

export async function estimateOf(context: RequestContext, used: UnattributedMetric): Promise<Money | null> {
  return estimatedValue(await context.load(usualPricesByMetric, used.metric.id), used);
}
