import type { PlainDate } from "../../domain/calendar/plain-date";
import { ok } from "../../domain/result";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { type EditedOn, editTerms } from "./edit-terms";
import { findPhase, placeOfPhase, withPhase } from "./find-in-terms";

/** What is left out stays; null takes a name or an end away. */
export type QuotePhaseChange = EditedOn & {
  readonly phaseId: string;
  readonly changes: {
    readonly name?: string | null | undefined;
    readonly startsOn?: PlainDate | null | undefined;
    readonly endsBefore?: PlainDate | null | undefined;
  };
};

export const updateQuotePhase = editTerms({
  name: "updateQuotePhase",
  edit: (terms, { phaseId, changes }: QuotePhaseChange) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull(sent, ["startsOn"]);
    if (!nulls.isEmpty) return invalidInput(nulls.found);
    const found = findPhase(terms, phaseId);
    if (!found.ok) return found;
    const { phase, index } = found.value;
    return ok({
      terms: withPhase(terms, index, { ...phase, ...(sent as Partial<typeof phase>) }),
      places: [{ inTerms: placeOfPhase(index), inInput: [] }],
    });
  },
});
