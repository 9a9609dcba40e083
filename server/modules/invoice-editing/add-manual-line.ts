import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput } from "../../platform/refusal";
import { readLines } from "./check-manual-line";
import { recalculateEdited, takeDraft } from "./edit-draft";
import type { AskedLine } from "./manual-line";
import { insertManualLines, manualLinesByInvoice } from "./manual-line.store";

export const LINES_MAXIMUM = 1_000;

export type NewManualLine = { readonly invoiceId: string; readonly version: number; readonly line: AskedLine };

export const addManualLine = command({
  name: "addManualLine",
  permission: "run_billing",
  run: async ({ invoiceId, version, line }: NewManualLine, scope) => {
    const taken = await takeDraft(invoiceId, version);
    if (!taken.ok) return taken;
    const draft = taken.value;
    if (draft.documentKind === "credit_note") {
      return conflict("CREDIT_NOTE", "A credit note takes back what was billed; nothing is added to it.", [
        "invoiceId",
      ]);
    }
    const problems = new InputProblems();
    const [read] = await readLines([line], draft.currency, problems, () => ["line"]);
    if (!read) return invalidInput(problems.found);
    const present = (await manualLinesByInvoice([invoiceId])).get(invoiceId) ?? [];
    if (present.length >= LINES_MAXIMUM) {
      return conflict("TOO_MANY_LINES", `A draft holds up to ${LINES_MAXIMUM} lines that people add.`, ["line"]);
    }

    const id = newId();
    const ordinal = (present.at(-1)?.ordinal ?? 0) + 1;
    await insertManualLines([
      { ...read, id, invoiceId, ordinal, createdBy: scope.caller.actor.name, createdAt: scope.now },
    ]);
    await recalculateEdited([draft], scope);
    scope.note({ action: "manual_line.added", subjectType: "invoice", subjectId: invoiceId, after: { id, ...read } });
    return ok({ invoiceId, manualLineId: id });
  },
});
