import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, invalid } from "../../platform/refusal";
import { billedCustomerId, contractsOfInvoices, type Invoice, linesByInvoice } from "../invoice";
import { checkReason } from "./check-reason";
import { deleteDraftRows } from "./draft.store";
import { type DraftSeen, recalculateEdited, takeDrafts } from "./edit-draft";
import { manualLinesByInvoice, moveManualLines } from "./manual-line.store";
import { type Placement, placementsOn, savePlacements } from "./placement.store";
import { whyNotMoved } from "./why-not-moved";

const DRAFTS_MAXIMUM = 100;

export type DraftMerge = {
  readonly into: DraftSeen;
  readonly invoices: readonly DraftSeen[];
  readonly reason: string;
};

/**
 * Brings drafts of one customer together on one of them, with what people wrote on them. Later calculations keep to it, as
 * long as it is not undone.
 */
export const mergeDraftInvoices = command({
  name: "mergeDraftInvoices",
  permission: "run_billing",
  run: async ({ into, invoices, reason }: DraftMerge, scope) => {
    const refused = checkReason(reason);
    if (refused) return refused;
    if (invoices.length === 0 || invoices.length > DRAFTS_MAXIMUM) {
      return invalid("DRAFTS_OUT_OF_RANGE", `Name 1 to ${DRAFTS_MAXIMUM} drafts to merge.`, ["invoices"]);
    }
    const ids = [into, ...invoices].map(({ id }) => id);
    if (new Set(ids).size < ids.length) return invalid("DRAFT_TWICE", "A draft is named twice.", ["invoices"]);
    const taken = await takeDrafts([into, ...invoices], (index, field) =>
      index === 0 ? ["into", field] : ["invoices", String(index - 1), field],
    );
    if (!taken.ok) return taken;
    const [target, ...sources] = taken.value as readonly [Invoice, ...Invoice[]];
    const lines = await linesByInvoice(ids);
    const isInclusive = ({ id }: Invoice) =>
      (lines.get(id) ?? []).find(({ contractId }) => contractId !== null)?.isTaxInclusive ?? null;
    for (const [index, draft] of taken.value.entries()) {
      const path = index === 0 ? ["into", "id"] : ["invoices", String(index - 1), "id"];
      const refusal =
        whyNotMoved(draft, path) ?? differs(draft, target, [isInclusive(draft), isInclusive(target)], path);
      if (refusal) return refusal;
    }
    if (target.origin === "one_off" && sources.some(({ origin }) => origin !== "one_off")) {
      const message = "What contracts bill does not go on a draft that people write. Merge the other way round.";
      return conflict("INTO_ONE_OFF", message, ["into", "id"]);
    }

    const contracts = [...(await contractsOfInvoices(ids)).values()].flat();
    await moveTo(target, sources);
    await recalculateEdited([target], scope, contracts);
    const merged = sources.map(({ id, billsOn, netTotal }) => ({ id, billsOn, netTotal }));
    scope.note({ action: "invoice.merged", subjectType: "invoice", subjectId: target.id, after: { merged, reason } });
    return ok({ invoiceId: target.id });
  },
});

/** What the engine bills follows placements; what people wrote is moved; a draft of theirs alone is gone then. */
export async function moveTo(target: Invoice, sources: readonly Invoice[]): Promise<void> {
  const sourceIds = sources.map(({ id }) => id);
  const manual = await manualLinesByInvoice(sourceIds);
  await moveManualLines(
    [...manual.values()].flat().map(({ id }) => id),
    target.id,
  );
  const placed = await placementsOn(sourceIds);
  const lines = await linesByInvoice(sourceIds);
  const ownDays = sources.flatMap(({ id, contractId, billsOn }): Placement[] => {
    const moved = new Set(placed.filter(({ invoiceId }) => invoiceId === id).map((placement) => placement.contractId));
    const standing = (lines.get(id) ?? []).flatMap((line) => line.contractId ?? []).filter((own) => !moved.has(own));
    const contractIds = new Set([...(contractId === null ? [] : [contractId]), ...standing]);
    return [...contractIds].map((own) => ({ contractId: own, billsOn, billingKey: null, invoiceId: target.id }));
  });
  await savePlacements([...placed.map((placement) => ({ ...placement, invoiceId: target.id })), ...ownDays]);
  await deleteDraftRows(sources.filter(({ origin }) => origin === "one_off").map(({ id }) => id));
}

function differs(
  draft: Invoice,
  target: Invoice,
  [isInclusive, isTargetInclusive]: readonly (boolean | null)[],
  path: readonly string[],
) {
  if (draft.customerId !== target.customerId || billedCustomerId(draft) !== billedCustomerId(target)) {
    return conflict("CUSTOMERS_DIFFER", "Only drafts of one customer, billed to the same one, are merged.", path);
  }
  if (draft.currency !== target.currency) {
    return conflict("CURRENCIES_DIFFER", `One is in ${draft.currency}, the other in ${target.currency}.`, path);
  }
  if (isInclusive !== null && isTargetInclusive !== null && isInclusive !== isTargetInclusive) {
    const message = "The prices of one include tax, those of the other do not. They stay apart.";
    return conflict("PRICE_MODES_DIFFER", message, path);
  }
  return null;
}
