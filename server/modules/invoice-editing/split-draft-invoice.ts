import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { conflict, invalid, notFound } from "../../platform/refusal";
import { type Invoice, type InvoiceLine, linesByInvoice } from "../invoice";
import { checkReason } from "./check-reason";
import { insertEmptyDraft } from "./draft.store";
import { recalculateEdited, takeDraft } from "./edit-draft";
import { manualLinesByInvoice, moveManualLines } from "./manual-line.store";
import { savePlacements } from "./placement.store";
import { proposedOn } from "./where-lines-fall-due";
import { whyNotMoved } from "./why-not-moved";

export type DraftSplit = {
  readonly invoiceId: string;
  readonly version: number;
  readonly lineIds: readonly string[];
  readonly reason: string;
};

/** Takes lines off a draft and puts them on a new one. What credits pay of a line goes with it. */
export const splitDraftInvoice = command({
  name: "splitDraftInvoice",
  permission: "run_billing",
  run: async ({ invoiceId, version, lineIds, reason }: DraftSplit, scope) => {
    const refused = checkReason(reason);
    if (refused) return refused;
    const taken = await takeDraft(invoiceId, version);
    if (!taken.ok) return taken;
    const draft = taken.value;
    const refusal = whyNotMoved(draft, ["invoiceId"]);
    if (refusal) return refusal;
    const lines = ((await linesByInvoice([invoiceId])).get(invoiceId) ?? []).filter(({ kind }) => kind !== "credit");
    const unknown = lineIds.findIndex((id) => !lines.some((line) => line.id === id));
    if (unknown >= 0) return notFound("line of the draft", lineIds[unknown] as string, ["lineIds", String(unknown)]);
    const chosen = lines.filter(({ id }) => lineIds.includes(id));
    if (chosen.length === 0) return invalid("LINES_MISSING", "Name the lines to take off.", ["lineIds"]);
    if (chosen.length === lines.length) {
      return conflict("NOTHING_LEFT", "Some line has to stay on the draft.", ["lineIds"]);
    }

    const newInvoiceId = newId();
    await insertEmptyDraft(
      { ...draft, id: newInvoiceId, origin: draft.origin, memo: null, ...serviceOf(chosen) },
      scope.now,
    );
    await savePlacements(
      chosen.flatMap((line) =>
        line.contractId === null
          ? []
          : {
              contractId: line.contractId,
              billsOn: proposedOn(draft, line),
              billingKey: line.billingKey,
              invoiceId: newInvoiceId,
            },
      ),
    );
    const manual = (await manualLinesByInvoice([invoiceId])).get(invoiceId) ?? [];
    const moved = manual.filter(({ id }) => chosen.some(({ billingKey }) => billingKey === `manual|${id}`));
    await moveManualLines(
      moved.map(({ id }) => id),
      newInvoiceId,
    );
    await recalculateEdited([draft, { ...draft, id: newInvoiceId }], scope);
    const descriptions = chosen.map(({ description, netAmount }) => ({ description, netAmount }));
    scope.note({
      action: "invoice.split",
      subjectType: "invoice",
      subjectId: invoiceId,
      after: { newInvoiceId, lines: descriptions, reason },
    });
    return ok({ invoiceId, newInvoiceId });
  },
});

function serviceOf(lines: readonly InvoiceLine[]): Pick<Invoice, "serviceStartsOn" | "serviceEndsBefore"> {
  return {
    serviceStartsOn: lines.map((line) => line.serviceStartsOn).reduce((a, b) => (a < b ? a : b)),
    serviceEndsBefore: lines.map((line) => line.serviceEndsBefore).reduce((a, b) => (a > b ? a : b)),
  };
}
