import { carryForward } from "../../domain/invoice/carry-forward";
import { Decimal } from "../../domain/money/decimal";
import { insertAuditEvents } from "../../platform/audit.store";
import { lockSchedules } from "../../platform/draft-staleness.store";
import { newId } from "../../platform/ids";
import { contractsOfInvoices, type Invoice, linesByInvoice, lockInvoices, type OnDrafted } from "../invoice";
import { loadOrganization } from "../organization";
import { type DraftToCarry, draftsToCarry } from "./carry-forward.store";
import { recalculateEdited } from "./edit-draft";
import { manualLinesByInvoice, moveManualLines } from "./manual-line.store";
import { savePlacements } from "./placement.store";
import { proposedOn } from "./where-lines-fall-due";

/**
 * Takes drafts below zero off the next draft of the customer that covers them, where the organization wants it so. It stands
 * there as if people had merged the two, and is undone the same way.
 */
export const carryNegativesForward: OnDrafted = async (contractIds, scope) => {
  const drafts = await draftsToCarry(contractIds);
  if (drafts.length === 0 || (await loadOrganization()).negativeDrafts !== "carry_forward") return;
  const carried = carryForward(
    drafts.map((draft) => ({ ...draft, sheetKey: sheetKeyOf(draft), gross: new Decimal(draft.grossTotal) })),
  );
  if (carried.length === 0) return;

  const ids = [...new Set(carried.flatMap(({ from, to }) => [from, to]))];
  const contracts = [...new Set([...(await contractsOfInvoices(ids)).values()].flat())].sort();
  await lockSchedules(contracts);
  const locked = await lockInvoices(ids);
  for (const { from, to } of carried) await carry(locked.get(from) as Invoice, locked.get(to) as Invoice);
  await recalculateEdited([...locked.values()], scope, contracts);
  await insertAuditEvents(
    { kind: "system", id: null, name: "Billgrid" },
    newId(),
    carried.map(({ from, to }) => ({
      action: "invoice.carried_forward",
      subjectType: "invoice",
      subjectId: to,
      after: { from, gross: locked.get(from)?.grossTotal },
    })),
  );
};

const sheetKeyOf = ({ billedCustomerId, customerId, currency, isTaxInclusive }: DraftToCarry): string =>
  `${billedCustomerId} ${customerId} ${currency} ${isTaxInclusive}`;

/** Line by line: what falls due later on the draft's day is not meant. */
async function carry(draft: Invoice, target: Invoice): Promise<void> {
  const lines = (await linesByInvoice([draft.id])).get(draft.id) ?? [];
  await savePlacements(
    lines.flatMap(({ kind, contractId, billingKey, ...line }) =>
      kind === "credit" || contractId === null
        ? []
        : {
            contractId,
            billsOn: proposedOn(draft, { ...line, kind, contractId, billingKey }),
            billingKey,
            invoiceId: target.id,
          },
    ),
  );
  const written = (await manualLinesByInvoice([draft.id])).get(draft.id) ?? [];
  await moveManualLines(
    written.map(({ id }) => id),
    target.id,
  );
}
