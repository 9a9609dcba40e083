import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { saveInternalNote } from "./draft.store";
import { type InvoiceSeen, takeInvoice } from "./take-issued";
import { checkNote } from "./update-draft-invoice";

/** For finance alone: on drafts too, for it is never printed. */
export const setInvoiceNote = command({
  name: "setInvoiceNote",
  permission: "run_billing",
  run: async ({ invoiceId, version, internalNote }: InvoiceSeen & { readonly internalNote: string | null }, scope) => {
    const problems = new InputProblems();
    checkNote(internalNote, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const taken = await takeInvoice(invoiceId, version);
    if (!taken.ok) return taken;
    await saveInternalNote(invoiceId, internalNote, scope.now);
    const before = { internalNote: taken.value.internalNote };
    scope.note({
      action: "invoice.note_set",
      subjectType: "invoice",
      subjectId: invoiceId,
      before,
      after: { internalNote },
    });
    return ok({ invoiceId });
  },
});
