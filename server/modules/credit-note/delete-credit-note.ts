import { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { deleteDraft } from "./credit-note.store";
import { lockOwnDraft } from "./own-draft";
import { holdForReissue, recalculateReissue } from "./reissue";

/** Deletes the draft of a credit note that people made; with one over a whole invoice goes the draft that was to replace that. */
export const deleteCreditNote = command({
  name: "deleteCreditNote",
  permission: "run_billing",
  run: async ({ id, version }: { readonly id: string; readonly version: number }, { now, today, note: audit }) => {
    const contractIds = await holdForReissue(id);
    const draft = await lockOwnDraft(id, version);
    if (!draft.ok) return draft;
    const { note, original, terms } = draft.value;
    await deleteDraft(id);
    if (terms.effect === "reissue") await recalculateReissue(contractIds, { now, today });
    audit({
      action: "credit_note.deleted",
      subjectType: "invoice",
      subjectId: id,
      before: { ...terms, invoiceId: original.id, net: new Decimal(note.netTotal).toFixed() },
    });
    return ok({ invoiceId: original.id });
  },
});
