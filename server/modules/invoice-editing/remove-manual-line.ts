import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { conflict, notFound } from "../../platform/refusal";
import { checkReason } from "./check-reason";
import { recalculateEdited, takeDraft } from "./edit-draft";
import { deleteManualLines, findManualLine, manualLinesByInvoice } from "./manual-line.store";

/** The last line of an invoice that people write is not removed: such a draft is deleted as a whole. */
export const removeManualLine = command({
  name: "removeManualLine",
  permission: "run_billing",
  run: async (
    { id, version, reason }: { readonly id: string; readonly version: number; readonly reason: string },
    scope,
  ) => {
    const refused = checkReason(reason);
    if (refused) return refused;
    const found = isId(id) ? await findManualLine(id) : null;
    if (!found) return notFound("manual line", id);
    const { invoiceId } = found;
    const taken = await takeDraft(invoiceId, version, ["id"]);
    if (!taken.ok) return taken;
    const lines = (await manualLinesByInvoice([invoiceId])).get(invoiceId) ?? [];
    if (taken.value.origin === "one_off" && lines.length === 1) {
      return conflict("LAST_LINE", "It is the last line of this draft. Delete the draft instead.", ["id"]);
    }

    await deleteManualLines([id]);
    await recalculateEdited([taken.value], scope);
    scope.note({
      action: "manual_line.removed",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: found,
      after: { reason },
    });
    return ok({ invoiceId });
  },
});
