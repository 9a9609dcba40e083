import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok } from "../../domain/result";
import { newId } from "../../platform/ids";
import { invalid, invalidInput } from "../../platform/refusal";
import type { NewCharge } from "../contract";
import { type EditedOn, editTerms, type Place } from "./edit-terms";
import { findPhase, placeOfLine, withPhase } from "./find-in-terms";
import { TermsReading } from "./read-asked-terms";

export type NewQuoteLine = EditedOn & { readonly phaseIds: readonly string[]; readonly line: NewCharge };

/** The discounts are the same ones in all of the phases: a fixed one is given once where a period has two of them. */
export const addQuoteLine = editTerms({
  name: "addQuoteLine",
  edit: (terms, { phaseIds, line: asked }: NewQuoteLine) => {
    if (phaseIds.length === 0) return invalid("PHASES_MISSING", "Name at least one phase.", ["phaseIds"]);
    const reading = new TermsReading(terms.currency);
    const line = reading.line(asked, ["line"]);
    if (!reading.problems.isEmpty) return invalidInput(reading.problems.found);

    const places: Place[] = [];
    const lineIds: string[] = [];
    let added: SaleTerms = terms;
    for (const [position, phaseId] of phaseIds.entries()) {
      const found = findPhase(added, phaseId, ["phaseIds", String(position)]);
      if (!found.ok) return found;
      const { phase, index } = found.value;
      const own = position === 0 ? line : { ...line, id: newId(), ramp: line.ramp.map(withNewId) };
      places.push({ inTerms: placeOfLine({ index, place: phase.lines.length }), inInput: ["line"] });
      lineIds.push(own.id);
      added = withPhase(added, index, { ...phase, lines: [...phase.lines, own] });
    }
    return ok({ terms: added, places, added: { lineIds } });
  },
});

const withNewId = <Part extends { readonly id: string }>(part: Part): Part => ({ ...part, id: newId() });
