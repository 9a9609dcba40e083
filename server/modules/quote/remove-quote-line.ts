import { ok } from "../../domain/result";
import { type EditedOn, editTerms } from "./edit-terms";
import { findLine, withPhase } from "./find-in-terms";

export type QuoteLineRemoval = EditedOn & { readonly lineId: string };

export const removeQuoteLine = editTerms({
  name: "removeQuoteLine",
  edit: (terms, { lineId }: QuoteLineRemoval) => {
    const found = findLine(terms, lineId);
    if (!found.ok) return found;
    const { phase, index, place } = found.value;
    return ok({ terms: withPhase(terms, index, { ...phase, lines: phase.lines.toSpliced(place, 1) }), places: [] });
  },
});
