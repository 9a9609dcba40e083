import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { PO_NUMBER_LENGTH } from "../contract";
import { REASON_LENGTH } from "./check-manual-line";
import { saveDraftPoNumber, saveInternalNote, saveMemo } from "./draft.store";
import { recalculateEdited, takeDraft } from "./edit-draft";

const MEMO_LENGTH = 2_000;
export const NOTE_LENGTH = 2_000;

export type DraftChange = {
  readonly invoiceId: string;
  readonly version: number;
  readonly reason: string;
  readonly changes: {
    readonly memo?: string | null | undefined;
    /** null: that of the contract again */
    readonly poNumber?: string | null | undefined;
    readonly internalNote?: string | null | undefined;
  };
};

/** Memo and PO number of a draft survive its recalculation. */
export const updateDraftInvoice = command({
  name: "updateDraftInvoice",
  permission: "run_billing",
  mayChangeNothing: true,
  run: async ({ invoiceId, version, reason, changes }: DraftChange, scope) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", REASON_LENGTH, "reason");
    checkMemo(changes.memo ?? null, problems);
    problems.checkOptionalText(changes.poNumber ?? null, "The PO number", PO_NUMBER_LENGTH, "poNumber");
    checkNote(changes.internalNote ?? null, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const taken = await takeDraft(invoiceId, version);
    if (!taken.ok) return taken;
    const draft = taken.value;
    const sent = sentFields(changes);
    if (Object.keys(sent).length === 0) return ok({ invoiceId });

    if (sent.memo !== undefined) await saveMemo(invoiceId, sent.memo);
    if (sent.internalNote !== undefined) await saveInternalNote(invoiceId, sent.internalNote, scope.now);
    if (sent.poNumber !== undefined) await saveDraftPoNumber(invoiceId, sent.poNumber);
    await recalculateEdited([draft], scope);
    const { memo, poNumber, internalNote } = draft;
    scope.note({
      action: "invoice.edited",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: { memo, poNumber, internalNote },
      after: { ...sent, reason },
    });
    return ok({ invoiceId });
  },
});

/** Lines are allowed, other controls are not. */
export function checkMemo(memo: string | null, problems: InputProblems): void {
  problems.checkOptionalText(memo && memo.replaceAll("\n", " "), "The memo", MEMO_LENGTH, "memo");
}

export function checkNote(note: string | null, problems: InputProblems): void {
  problems.checkOptionalText(note && note.replaceAll("\n", " "), "The note", NOTE_LENGTH, "internalNote");
}
