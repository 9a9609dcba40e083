import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { checkSavedView, unknownSubject } from "./check-saved-view";
import { lockOwnView } from "./lock-own-view";
import { nameTaken } from "./name-taken";
import type { SavedView, ViewTerms } from "./saved-view";
import { updateSavedViewRow } from "./saved-view.store";

/** A field that is left out stays; none of them can be taken away. */
export type ViewChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly [Field in keyof ViewTerms]?: ViewTerms[Field] | null | undefined };
};

const NEVER_NULL = ["name", "isShared", "filter", "columns", "sort", "comparison"];

export const updateSavedView = command({
  name: "updateSavedView",
  permission: "change_views",
  run: async ({ id, version, changes }: ViewChange, { caller, now, note }) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull(sent, NEVER_NULL);
    if (!nulls.isEmpty) return invalidInput(nulls.found);

    const locked = await lockOwnView({ id, version }, caller);
    if (!locked.ok) return locked;
    const before = termsOf(locked.value);
    const after: ViewTerms = { ...before, ...(sent as Partial<ViewTerms>) };
    const problems = checkSavedView(after);
    if (problems.length > 0) return invalidInput(problems);
    const unknown = sent.filter ? await unknownSubject(after.filter) : null;
    if (unknown) return unknown;

    if (!(await updateSavedViewRow(id, after, now))) return nameTaken(after);
    note({ action: "saved_view.updated", subjectType: "saved_view", subjectId: id, before, after });
    return ok({ savedViewId: id });
  },
});

function termsOf(view: SavedView): ViewTerms {
  const { id: _, ownerId: _o, version: _v, ...terms } = view;
  return terms;
}
