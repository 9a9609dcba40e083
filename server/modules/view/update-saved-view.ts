import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput, type Problem } from "../../platform/refusal";
import { checkSavedView, unknownSubject } from "./check-saved-view";
import { termsOf } from "./duplicate-saved-view";
import { lockOwnView } from "./lock-own-view";
import { nameTaken } from "./name-taken";
import type { ViewTerms } from "./saved-view";
import { updateSavedViewRow } from "./saved-view.store";

/** A field that is left out stays; thresholds alone can be taken away. */
export type ViewChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly [Field in keyof ViewTerms]?: ViewTerms[Field] | null | undefined };
  readonly filterProblems?: readonly Problem[];
};

const NEVER_NULL = ["name", "isShared", "sharedWithRoles", "filter", "columns", "sort", "comparison"];

export const updateSavedView = command({
  name: "updateSavedView",
  permission: "change_views",
  run: async ({ id, version, changes, filterProblems = [] }: ViewChange, { caller, now, note }) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull(sent, NEVER_NULL);
    if (!nulls.isEmpty) return invalidInput(nulls.found);

    const locked = await lockOwnView({ id, version }, caller);
    if (!locked.ok) return locked;
    const before = termsOf(locked.value);
    const sharing = sent.isShared === false && sent.sharedWithRoles === undefined ? { sharedWithRoles: [] } : {};
    const after: ViewTerms = { ...before, ...(sent as Partial<ViewTerms>), ...sharing };
    const problems = [...checkSavedView(after), ...filterProblems];
    if (problems.length > 0) return invalidInput(problems);
    const unknown = sent.filter ? await unknownSubject(after.filter) : null;
    if (unknown) return unknown;

    if (!(await updateSavedViewRow(id, after, { now, by: caller.actor.name }))) return nameTaken(after);
    note({ action: "saved_view.updated", subjectType: "saved_view", subjectId: id, before, after });
    return ok({ savedViewId: id });
  },
});
