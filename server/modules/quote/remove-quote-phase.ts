import { ok } from "../../domain/result";
import { type EditedOn, editTerms } from "./edit-terms";
import { findPhase } from "./find-in-terms";

export type QuotePhaseRemoval = EditedOn & { readonly phaseId: string };

/** A phase before it that has no end of its own takes its days; else they have no phase until another gets them. */
export const removeQuotePhase = editTerms({
  name: "removeQuotePhase",
  edit: (terms, { phaseId }: QuotePhaseRemoval) => {
    const found = findPhase(terms, phaseId);
    if (!found.ok) return found;
    const phases = terms.phases.filter(({ id }) => id !== phaseId);
    return ok({ terms: { ...terms, phases }, places: [] });
  },
});
