import type { SaleTerms } from "../../domain/quote/quote-terms";

/** Of all lines and the steps of their ramps, each once. */
export function priceIdsOf(...terms: readonly SaleTerms[]): string[] {
  const lines = terms.flatMap(({ phases }) => phases.flatMap((phase) => phase.lines));
  const ids = lines.flatMap(({ priceId, ramp }) => [priceId, ...ramp.map((step) => step.priceId)]);
  return [...new Set(ids.filter((id) => id !== null))];
}
