import type { AmendmentFigures } from "../../domain/quote/amendment-figures";
import type { AmendmentTerms, QuoteChange, SaleTerms } from "../../domain/quote/quote-terms";
import { pricesById, productsById } from "../catalog";
import { type Amendable, contractsById, loadAmendable } from "../contract";
import { checkAmendmentTerms, type Quote } from "../quote";
import { metricsById } from "../usage";
import type { Catalog } from "./line-in-words";

/** What the lines of a sale name. */
export function catalogOfSale({ phases }: SaleTerms): Promise<Catalog> {
  const lines = phases.flatMap((phase) => phase.lines);
  return catalogOf(lines.flatMap(({ priceId, ramp }) => [priceId, ...ramp.flatMap((step) => step.priceId ?? [])]));
}

/** What the changes of an amendment name, and the metrics of the charges that they change. */
export function catalogOfChanges(changes: readonly QuoteChange[], { current }: Amendable): Promise<Catalog> {
  const priceIds = changes.flatMap((change) => {
    if (change.kind === "add_line" || change.kind === "replace_line") return [change.line.priceId];
    return change.kind === "change_price" && change.priceId !== null ? [change.priceId] : [];
  });
  const charges = current.contract.phases.flatMap((phase) => phase.charges);
  return catalogOf(
    priceIds,
    charges.flatMap(({ metricId }) => metricId ?? []),
  );
}

/** In three statements, however much is named. */
async function catalogOf(priceIds: readonly string[], moreMetricIds: readonly string[] = []): Promise<Catalog> {
  const prices = await pricesById([...new Set(priceIds)]);
  const named = [...prices.values()];
  const metricIds = [...named.flatMap(({ metricId }) => metricId ?? []), ...moreMetricIds];
  return {
    prices,
    products: await productsById([...new Set(named.map(({ productId }) => productId))]),
    metrics: await metricsById([...new Set(metricIds)]),
  };
}

/** The contract that a quote amends, as its changes were agreed on, and what they come to if they can still be made. */
export async function amendedContract(
  { contractId }: Pick<Quote, "contractId">,
  terms: AmendmentTerms,
): Promise<{ readonly amendable: Amendable; readonly figures: AmendmentFigures | null }> {
  const head = contractId === null ? null : (await contractsById([contractId])).get(contractId);
  if (!head) throw new Error(`the contract ${contractId} of an amendment quote is gone`);
  const checked = terms.changes.length === 0 ? null : await checkAmendmentTerms(terms, head);
  return {
    amendable: await loadAmendable(head, terms.contractRevision),
    figures: checked?.ok ? checked.value.figures : null,
  };
}
