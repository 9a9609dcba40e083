import { Decimal } from "../../server/domain/money/decimal";
import { type Price, type Product, pricesById, productsById } from "../../server/modules/catalog";
import { createPrice } from "../../server/modules/catalog/create-price";
import { createProduct } from "../../server/modules/catalog/create-product";
import { setTaxRate } from "../../server/modules/catalog/set-tax-rate";
import { createUsageMetric } from "../../server/modules/usage/create-usage-metric";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut } from "./carry-out";
import {
  CURRENCIES,
  type DemoCurrency,
  EFFECTIVE_ON,
  METRICS,
  PRICES,
  PRODUCTS,
  type PriceKey,
  type ProductKey,
  priceRow,
  TAX_RATES,
} from "./catalog";

/** What is for sale, by the names that the demo has for it. */
export type PlantedCatalog = {
  productId(product: ProductKey): string;
  priceId(price: PriceKey, currency: DemoCurrency): string;
  /** The same in every currency. */
  lineageId(price: PriceKey): string;
  readonly prices: ReadonlyMap<string, Price>;
  readonly products: ReadonlyMap<string, Product>;
};

export async function plantCatalog(context: RequestContext): Promise<PlantedCatalog> {
  for (const { code, name, percent, category } of TAX_RATES) {
    const rate = { jurisdiction: "GB", exemptionText: null, validFrom: EFFECTIVE_ON };
    await carryOut(setTaxRate, context, { code, name, percent: new Decimal(percent), category, ...rate });
  }
  const metricIds = await plantEach(METRICS, async (code, terms) => {
    const { metricId } = await carryOut(createUsageMetric, context, { code, ...terms });
    return metricId;
  });
  const productIds = await plantEach(PRODUCTS, async (key, terms) => {
    const { productId } = await carryOut(createProduct, context, { code: key.toUpperCase(), ...terms });
    return productId;
  });

  const priceIds = new Map<string, string>();
  const lineageIds = await plantEach(PRICES, async (key) => {
    const row = priceRow(key);
    let lineageId: string | null = null;
    for (const currency of CURRENCIES) {
      const { priceId }: { priceId: string } = await carryOut(createPrice, context, {
        productId: productIds.get(row.product) as string,
        lineageId,
        name: row.name,
        currency,
        terms: row.terms[currency],
        includedUnits: row.includedUnits === undefined ? null : new Decimal(row.includedUnits),
        minimum: null,
        maximum: null,
        cadence: row.cadence,
        timing: row.timing,
        proration: "by_days",
        metricId: row.metric ? (metricIds.get(row.metric) as string) : null,
        effectiveOn: EFFECTIVE_ON,
      });
      priceIds.set(`${key} ${currency}`, priceId);
      lineageId ??= priceId;
    }
    return lineageId as string;
  });

  return {
    productId: (product) => productIds.get(product) as string,
    priceId: (price, currency) => priceIds.get(`${price} ${currency}`) as string,
    lineageId: (price) => lineageIds.get(price) as string,
    prices: await pricesById([...priceIds.values()]),
    products: await productsById([...productIds.values()]),
  };
}

async function plantEach<Key extends string, Row>(
  rows: { readonly [K in Key]: Row },
  plant: (key: Key, row: Row) => Promise<string>,
): Promise<ReadonlyMap<Key, string>> {
  const ids = new Map<Key, string>();
  for (const [key, row] of Object.entries(rows) as [Key, Row][]) ids.set(key, await plant(key, row));
  return ids;
}
