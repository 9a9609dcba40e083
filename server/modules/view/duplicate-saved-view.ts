import { command } from "../../platform/command";
import { invalidInput, notFound } from "../../platform/refusal";
import { checkSavedView } from "./check-saved-view";
import { saveNewView } from "./create-saved-view";
import { visibleView } from "./read-saved-views";
import type { SavedView, ViewTerms } from "./saved-view";

/** A private copy of a view that the caller sees, to be changed as the caller likes. */
export const duplicateSavedView = command({
  name: "duplicateSavedView",
  permission: "change_views",
  run: async ({ id, name }: { readonly id: string; readonly name: string }, scope) => {
    const view = await visibleView(scope.caller, id);
    if (!view) return notFound("saved view", id);
    const terms: ViewTerms = { ...termsOf(view), name: name.trim(), isShared: false, sharedWithRoles: [] };
    const problems = checkSavedView(terms);
    return problems.length > 0 ? invalidInput(problems) : saveNewView(terms, scope);
  },
});

export function termsOf(view: SavedView): ViewTerms {
  const { id: _, ownerId: _o, isDefault: _d, updatedBy: _b, updatedAt: _a, version: _v, ...terms } = view;
  return terms;
}
