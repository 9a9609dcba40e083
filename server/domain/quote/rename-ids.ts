import type { QuoteDiscount, SaleTerms } from "./quote-terms";

/** The same terms with other ids; a discount for a minimum follows it. */
export function withIds(terms: SaleTerms, idOf: (id: string) => string): SaleTerms {
  const renamed = <Part extends { readonly id: string }>(part: Part): Part => ({ ...part, id: idOf(part.id) });
  const withScope = (discount: QuoteDiscount): QuoteDiscount =>
    discount.scope.kind === "commitment"
      ? { ...discount, scope: { ...discount.scope, boundId: idOf(discount.scope.boundId) } }
      : discount;
  return {
    ...terms,
    phases: terms.phases.map((phase) => ({
      ...renamed(phase),
      lines: phase.lines.map((line) => ({
        ...renamed(line),
        discounts: line.discounts.map(renamed),
        ramp: line.ramp.map(renamed),
      })),
    })),
    minimums: terms.minimums.map(renamed),
    maximums: terms.maximums.map(renamed),
    discounts: terms.discounts.map((discount) => withScope(renamed(discount))),
  };
}

/** The same terms with new ids: what was one discount in two phases still is. */
export function copyTerms(terms: SaleTerms, newId: () => string): SaleTerms {
  const ids = new Map<string, string>();
  return withIds(terms, (id) => {
    const fresh = ids.get(id) ?? newId();
    ids.set(id, fresh);
    return fresh;
  });
}
