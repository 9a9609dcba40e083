import type { Caller } from "../../platform/request-context";
import type { SavedView } from "./saved-view";

/** An API key is nobody's colleague: views that it made are owned by the key. */
export const isOwnedBy = ({ ownerId }: Pick<SavedView, "ownerId">, { actor }: Caller): boolean =>
  ownerId !== null && ownerId === actor.id;

export function isVisibleTo(view: SavedView, caller: Caller): boolean {
  const { role } = caller.actor;
  const isForRole = view.sharedWithRoles.length === 0 || role === "admin" || view.sharedWithRoles.includes(role);
  return isOwnedBy(view, caller) || (view.isShared && isForRole);
}
