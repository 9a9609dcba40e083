import { type Price, type PriceMetric, type Product, pricesById, productsById } from "../catalog";
import { type Customer, customersById } from "../customer";
import { metricsById } from "../usage";
import type { NewBound, NewCharge, NewContract } from "./new-contract";

/** What a new contract names, as far as it exists. */
export type Named = {
  readonly customer: Customer | null;
  readonly prices: ReadonlyMap<string, Price>;
  readonly products: ReadonlyMap<string, Product>;
  /** Of the prices that usage is rated by. */
  readonly metrics: ReadonlyMap<string, PriceMetric>;
};

export function loadNamed({ customerId, phases, minimums, maximums }: NewContract): Promise<Named> {
  return loadNamedBy({
    customerId,
    charges: phases.flatMap(({ charges }) => charges),
    bounds: [...minimums, ...maximums],
  });
}

/** In four statements, however much is named. */
export async function loadNamedBy(names: {
  readonly customerId: string;
  readonly charges: readonly Pick<NewCharge, "priceId" | "ramp">[];
  readonly bounds: readonly Pick<NewBound, "productId">[];
}): Promise<Named> {
  const priceIds = names.charges.flatMap(({ priceId, ramp }) => [priceId, ...ramp.map((step) => step.priceId)]);
  const customers = await customersById([names.customerId]);
  const prices = await pricesById([...new Set(priceIds.filter((id) => id !== null))]);
  const metricIds = [...prices.values()].map(({ metricId }) => metricId).filter((id) => id !== null);
  return {
    customer: customers.get(names.customerId) ?? null,
    prices,
    products: await productsById([...new Set(names.bounds.map(({ productId }) => productId))]),
    metrics: await metricsById([...new Set(metricIds)]),
  };
}
