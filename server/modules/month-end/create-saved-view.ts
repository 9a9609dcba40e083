import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput } from "../../platform/refusal";
import { checkSavedView, unknownSubject } from "./check-saved-view";
import { nameTaken } from "./name-taken";
import type { ViewTerms } from "./saved-view";
import { insertSavedView } from "./saved-view.store";

export const createSavedView = command({
  name: "createSavedView",
  permission: "change_views",
  run: async ({ terms }: { readonly terms: ViewTerms }, { caller, now, note }) => {
    const problems = checkSavedView(terms);
    if (problems.length > 0) return invalidInput(problems);
    const unknown = await unknownSubject(terms.filter);
    if (unknown) return unknown;

    const id = newId();
    if (!(await insertSavedView({ id, ownerId: caller.actor.id, ...terms }, now))) return nameTaken(terms);
    note({ action: "saved_view.created", subjectType: "saved_view", subjectId: id, after: terms });
    return ok({ savedViewId: id });
  },
});
