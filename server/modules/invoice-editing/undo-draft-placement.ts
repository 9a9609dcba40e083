import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict } from "../../platform/refusal";
import { contractsOfInvoices, linesByInvoice } from "../invoice";
import { checkReason } from "./check-reason";
import { draftsOfDays, firstDraftOf } from "./draft.store";
import { recalculateEdited, takeDraft } from "./edit-draft";
import { manualLinesByInvoice, moveManualLines } from "./manual-line.store";
import { deletePlacementsOn, placementsOn } from "./placement.store";

/**
 * Undoes a merge or a split: what contracts bill goes back to the drafts where it belongs by rule. What people wrote stays on
 * the draft where it stands; where nothing of a contract is left on that, it goes along.
 */
export const undoDraftPlacement = command({
  name: "undoDraftPlacement",
  permission: "run_billing",
  run: async (
    { invoiceId, version, reason }: { readonly invoiceId: string; readonly version: number; readonly reason: string },
    scope,
  ) => {
    const refused = checkReason(reason);
    if (refused) return refused;
    const taken = await takeDraft(invoiceId, version);
    if (!taken.ok) return taken;
    const draft = taken.value;
    const placed = await placementsOn([invoiceId]);
    if (placed.length === 0) {
      return conflict("NOTHING_PLACED", "Nothing was merged into this draft, nor split off to it.", ["invoiceId"]);
    }

    const contracts = (await contractsOfInvoices([invoiceId])).get(invoiceId) ?? [];
    await deletePlacementsOn(invoiceId);
    await recalculateEdited([draft], scope, contracts);
    const left = (await linesByInvoice([invoiceId])).get(invoiceId) ?? [];
    const written = (await manualLinesByInvoice([invoiceId])).get(invoiceId) ?? [];
    const back = left.some(({ contractId }) => contractId !== null) ? null : await firstDraftOf(placed, invoiceId);
    if (written.length > 0 && back) {
      await moveManualLines(
        written.map(({ id }) => id),
        back,
      );
      await recalculateEdited([draft, { ...draft, id: back }], scope, contracts);
    }
    scope.note({
      action: "invoice.placement_undone",
      subjectType: "invoice",
      subjectId: invoiceId,
      before: placed,
      after: { reason },
    });
    return ok({ invoiceIds: await draftsOfDays(placed, invoiceId) });
  },
});
