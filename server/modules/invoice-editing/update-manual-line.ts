import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput, notFound } from "../../platform/refusal";
import { readLines } from "./check-manual-line";
import { recalculateEdited, takeDraft } from "./edit-draft";
import { type AskedLine, askedOf, type ManualLine } from "./manual-line";
import { findManualLine, updateManualLineRow } from "./manual-line.store";

export type ManualLineChange = {
  readonly id: string;
  /** of the draft */
  readonly version: number;
  readonly reason: string;
  readonly changes: { readonly [Field in Exclude<keyof AskedLine, "reason">]?: AskedLine[Field] | null | undefined };
};

/** What is left out stays; an amount takes the place of quantity and price, and these of the amount. */
export const updateManualLine = command({
  name: "updateManualLine",
  permission: "run_billing",
  run: async ({ id, version, reason, changes }: ManualLineChange, scope) => {
    const sent = sentFields(changes);
    const problems = new InputProblems();
    problems.checkNotNull(sent, ["productId", "description", "startsOn", "endsBefore"]);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const found = isId(id) ? await findManualLine(id) : null;
    if (!found) return notFound("manual line", id);
    const taken = await takeDraft(found.invoiceId, version, ["id"]);
    if (!taken.ok) return taken;

    const asked = { ...withoutOtherAmount(askedOf(found), sent), ...(sent as Partial<AskedLine>), reason };
    const [read] = await readLines([asked], taken.value.currency, problems, () => []);
    if (!read) return invalidInput(problems.found);
    const after: ManualLine = { ...found, ...read };
    await updateManualLineRow(after);
    await recalculateEdited([taken.value], scope);
    scope.note({
      action: "manual_line.updated",
      subjectType: "invoice",
      subjectId: found.invoiceId,
      before: found,
      after,
    });
    return ok({ invoiceId: found.invoiceId, manualLineId: id });
  },
});

function withoutOtherAmount(line: AskedLine, sent: Partial<ManualLineChange["changes"]>): AskedLine {
  if (sent.amount != null) return { ...line, quantity: null, unitPrice: null };
  return sent.quantity != null || sent.unitPrice != null ? { ...line, amount: null } : line;
}
