import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, notFound } from "../../platform/refusal";
import { visibleView } from "./read-saved-views";
import { setCommonDefault, setFavourite, setOwnDefault } from "./view-preference.store";

const NOBODY = conflict("NOBODY", "Billgrid itself has no favourites. Sign in, or send an API key.");

/** Marks a view that the caller opens often. Everybody who may read may do so: it is nobody else's business. */
export const favourSavedView = command({
  name: "favourSavedView",
  permission: "read",
  mayChangeNothing: true,
  run: async ({ id, isFavourite }: { readonly id: string; readonly isFavourite: boolean }, { caller }) => {
    if (caller.actor.id === null) return NOBODY;
    if (!(await visibleView(caller, id))) return notFound("saved view", id);
    await setFavourite(caller.actor.id, id, isFavourite);
    return ok({ savedViewId: id });
  },
});

/** The view that opens first for the caller; null: the organization's again. */
export const setDefaultView = command({
  name: "setDefaultView",
  permission: "read",
  mayChangeNothing: true,
  run: async ({ id }: { readonly id: string | null }, { caller }) => {
    if (caller.actor.id === null) return NOBODY;
    if (id !== null && !(await visibleView(caller, id))) return notFound("saved view", id);
    await setOwnDefault(caller.actor.id, id);
    return ok({ savedViewId: id });
  },
});

/** The view that opens first for those who chose none; null: no view does. */
export const setOrganizationDefaultView = command({
  name: "setOrganizationDefaultView",
  permission: "administer",
  mayChangeNothing: true,
  run: async ({ id }: { readonly id: string | null }, { caller, note }) => {
    const view = id === null ? null : await visibleView(caller, id);
    if (id !== null && !view) return notFound("saved view", id);
    if (view && (!view.isShared || view.sharedWithRoles.length > 0)) {
      return conflict("VIEW_NOT_SHARED", `"${view.name}" is not seen by everybody. Share it with all roles first.`, [
        "id",
      ]);
    }
    const before = await setCommonDefault(id);
    const subjectId = id ?? before;
    if (subjectId !== null && id !== before) {
      note({
        action: "saved_view.default_set",
        subjectType: "saved_view",
        subjectId,
        before: { defaultViewId: before },
        after: { defaultViewId: id },
      });
    }
    return ok({ savedViewId: id });
  },
});
