import { ok } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput, type Problem } from "../../platform/refusal";
import { checkSavedView, unknownSubject } from "./check-saved-view";
import { nameTaken } from "./name-taken";
import type { ViewTerms } from "./saved-view";
import { insertSavedView } from "./saved-view.store";

/** Terms as they were sent, with what was wrong with the filter when it was read. */
type NewView = { readonly terms: ViewTerms; readonly filterProblems?: readonly Problem[] };

export const createSavedView = command({
  name: "createSavedView",
  permission: "change_views",
  run: async ({ terms, filterProblems = [] }: NewView, scope) => {
    const problems = [...checkSavedView(terms), ...filterProblems];
    if (problems.length > 0) return invalidInput(problems);
    const unknown = await unknownSubject(terms.filter);
    return unknown ?? saveNewView(terms, scope);
  },
});

/** Saves a view that was checked, owned by the caller. */
export async function saveNewView(terms: ViewTerms, { caller, now, note }: CommandScope) {
  const id = newId();
  const { actor } = caller;
  if (!(await insertSavedView({ id, ownerId: actor.id, terms }, { now, by: actor.name }))) return nameTaken(terms);
  note({ action: "saved_view.created", subjectType: "saved_view", subjectId: id, after: terms });
  return ok({ savedViewId: id });
}
