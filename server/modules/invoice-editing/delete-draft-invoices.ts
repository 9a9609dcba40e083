import { formatDay } from "../../domain/calendar/format";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, invalid } from "../../platform/refusal";
import { contractsOfInvoices, type Invoice } from "../invoice";
import { checkReason } from "./check-reason";
import { deleteDraftRows } from "./draft.store";
import { type DraftSeen, recalculateEdited, takeDrafts } from "./edit-draft";
import { deleteManualLines, manualLinesByInvoice } from "./manual-line.store";

const DRAFTS_MAXIMUM = 1_000;

/**
 * Drafts are deleted, not voided. What people wrote goes with them. A draft whose lines are still owed would come back with
 * the next recalculation, so it is refused: nothing is deleted then.
 */
export const deleteDraftInvoices = command({
  name: "deleteDraftInvoices",
  permission: "run_billing",
  run: async ({ invoices, reason }: { readonly invoices: readonly DraftSeen[]; readonly reason: string }, scope) => {
    const refused = checkReason(reason);
    if (refused) return refused;
    if (invoices.length === 0 || invoices.length > DRAFTS_MAXIMUM) {
      return invalid("DRAFTS_OUT_OF_RANGE", `Name 1 to ${DRAFTS_MAXIMUM} drafts.`, ["invoices"]);
    }
    const taken = await takeDrafts(invoices, (index, field) => ["invoices", String(index), field]);
    if (!taken.ok) return taken;
    const drafts = taken.value;
    const ids = drafts.map(({ id }) => id);
    const contracts = await contractsOfInvoices(ids);
    const manual = await manualLinesByInvoice(ids);
    await deleteManualLines([...manual.values()].flat().map(({ id }) => id));

    const written = drafts.filter(({ id }) => (contracts.get(id) ?? []).length === 0);
    const proposed = drafts.filter((draft) => !written.includes(draft));
    await deleteDraftRows(written.map(({ id }) => id));
    if (proposed.length > 0) {
      const outcomes = new Map(
        (await recalculateEdited(proposed, scope)).map((each) => [each.invoiceId, each.outcome]),
      );
      const owed = proposed.find(({ id }) => outcomes.has(id) && outcomes.get(id) !== "removed");
      if (owed) return stillOwed(owed, drafts.indexOf(owed));
      // What no calculation touched belongs to a schedule that proposes nothing any more.
      await deleteDraftRows(proposed.map(({ id }) => id));
    }
    for (const draft of drafts) {
      const { id, billsOn, netTotal, currency, customerId } = draft;
      const before = { billsOn, netTotal, currency, customerId, manualLines: manual.get(id) ?? [] };
      scope.note({ action: "invoice.deleted", subjectType: "invoice", subjectId: id, before, after: { reason } });
    }
    return ok({ invoiceIds: ids });
  },
});

const stillOwed = ({ billsOn, documentKind }: Invoice, index: number) =>
  documentKind === "credit_note"
    ? conflict(
        "CREDIT_STILL_OWED",
        "The customer is owed this credit, so that it would come back with the next recalculation. Correct the usage or the contract that it follows from.",
        ["invoices", String(index), "id"],
      )
    : conflict(
        "STILL_OWED",
        `Its lines fall due on ${formatDay(billsOn)} and are not billed, so that it would come back with the next recalculation. ` +
          "Amend or cancel the contract, set the lines to zero, or issue it and credit it.",
        ["invoices", String(index), "id"],
      );
