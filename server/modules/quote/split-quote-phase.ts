import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { endOfPhase } from "../../domain/quote/phase-end";
import { type SplitProblem, splitPhase } from "../../domain/quote/split-phase";
import { ok } from "../../domain/result";
import { newId } from "../../platform/ids";
import { invalid } from "../../platform/refusal";
import { type EditedOn, editTerms } from "./edit-terms";
import { findPhase, placeOfPhase } from "./find-in-terms";

export type PhaseSplit = EditedOn & {
  readonly phaseId: string;
  readonly on: PlainDate;
  /** Of the phase from that day on. */
  readonly name: string | null;
};

export const splitQuotePhase = editTerms({
  name: "splitQuotePhase",
  edit: (terms, { phaseId, on, name }: PhaseSplit) => {
    const found = findPhase(terms, phaseId);
    if (!found.ok) return found;
    const { phase, index } = found.value;
    const split = splitPhase(phase, { on, until: endOfPhase(terms, index), name, newId });
    if (!split.ok) return invalid(split.error.code, inWords(split.error, on), ["on"]);
    return ok({
      terms: { ...terms, phases: terms.phases.toSpliced(index, 1, ...split.value) },
      places: [{ inTerms: [...placeOfPhase(index + 1), "name"], inInput: ["name"] }],
      added: { phaseId: split.value[1].id },
    });
  },
});

function inWords(problem: SplitProblem, on: PlainDate): string {
  switch (problem.code) {
    case "SPLIT_OUTSIDE_PHASE":
      return `${formatDay(on)} is not within the phase. Send a day after its first, and not after its last.`;
    case "TRIAL_ACROSS_SPLIT":
      return `A trial of the phase runs until ${formatDay(problem.endsBefore)}. Split the phase on that day or later.`;
  }
}
