import type { QuotePhase } from "../../domain/quote/quote-terms";
import { ok } from "../../domain/result";
import { newId } from "../../platform/ids";
import { invalidInput } from "../../platform/refusal";
import { type EditedOn, editTerms } from "./edit-terms";
import { placeOfPhase } from "./find-in-terms";
import { type AskedPhase, TermsReading } from "./read-asked-terms";

export type NewQuotePhase = EditedOn & { readonly phase: AskedPhase };

/** Puts a phase where its first day belongs. One before it that has no end of its own ends there from now on. */
export const addQuotePhase = editTerms({
  name: "addQuotePhase",
  edit: (terms, { phase: asked }: NewQuotePhase) => {
    const reading = new TermsReading(terms.currency);
    const lines = asked.lines.map((line, place) => reading.line(line, ["phase", "lines", String(place)]));
    if (!reading.problems.isEmpty) return invalidInput(reading.problems.found);
    const phase: QuotePhase = { ...asked, id: newId(), lines };
    const later = terms.phases.findIndex(({ startsOn }) => startsOn > phase.startsOn);
    const index = later === -1 ? terms.phases.length : later;
    return ok({
      terms: { ...terms, phases: terms.phases.toSpliced(index, 0, phase) },
      places: [{ inTerms: placeOfPhase(index), inInput: ["phase"] }],
      added: { phaseId: phase.id },
    });
  },
});
