import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { conflict, notFound } from "../../platform/refusal";
import { markRead, notificationsById } from "./notification.store";

/** `ids` null: all of one's own. */
export const markNotificationsRead = command({
  name: "markNotificationsRead",
  permission: "read",
  mayChangeNothing: true,
  run: async ({ ids }: { readonly ids: readonly string[] | null }, { caller, now, note }) => {
    const { actor } = caller;
    if (actor.kind !== "member" || actor.id === null) {
      return conflict("NOT_A_MEMBER", "Only people are told anything; an API key has nothing to read.");
    }
    const known = await notificationsById(ids ?? []);
    const strange = (ids ?? []).find((id) => !isId(id) || known.get(id)?.memberId !== actor.id);
    if (strange !== undefined) return notFound("notification", strange, ["ids"]);
    const readIds = await markRead(actor.id, ids, now);
    if (readIds.length > 0) {
      note({ action: "notifications.read", subjectType: "member", subjectId: actor.id, after: { ids: readIds } });
    }
    return ok({ readIds });
  },
});
