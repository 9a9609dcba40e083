import { ok, type Result } from "../../domain/result";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import type { Caller } from "../../platform/request-context";
import type { SavedView } from "./saved-view";
import { lockSavedView } from "./saved-view.store";
import { isOwnedBy, isVisibleTo } from "./view-access";

/** The view for a change by its owner or an administrator, at the version that they saw. */
export async function lockOwnView(
  { id, version }: { readonly id: string; readonly version: number },
  caller: Caller,
): Promise<Result<SavedView, Refusal>> {
  const view = await lockSavedView(id);
  if (!view || !isVisibleTo(view, caller)) return notFound("saved view", id);
  if (!isOwnedBy(view, caller) && caller.actor.role !== "admin") {
    return conflict(
      "NOT_OWNER",
      `"${view.name}" belongs to somebody else. Save a view of your own under another name.`,
      ["id"],
    );
  }
  return view.version === version ? ok(view) : staleVersion("saved view", view.version);
}
