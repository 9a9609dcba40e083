import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { lockOwnView } from "./lock-own-view";
import { deleteSavedViewRow } from "./saved-view.store";

export const deleteSavedView = command({
  name: "deleteSavedView",
  permission: "change_views",
  run: async (asked: { readonly id: string; readonly version: number }, { caller, note }) => {
    const locked = await lockOwnView(asked, caller);
    if (!locked.ok) return locked;
    await deleteSavedViewRow(asked.id);
    note({ action: "saved_view.deleted", subjectType: "saved_view", subjectId: asked.id, before: locked.value });
    return ok({ savedViewId: asked.id });
  },
});
