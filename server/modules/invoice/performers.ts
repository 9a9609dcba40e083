import { groupBy } from "../../domain/group-by";
import { type Clock, organizationTime } from "../../platform/clock";
import { type ItemOutcome, type Performers, skipped, succeeded } from "../operation";
import { loadOrganization } from "../organization";
import { type CalculationScope, calculateDrafts, type DraftOutcome, recalculateOneOffs } from "./calculate-drafts";
import { finalizeInvoices, type HoldBack } from "./finalize-invoices";
import { contractsOfInvoices, invoicesById } from "./invoice.store";
import { countWaiting } from "./late-adjustment.store";

/** What other modules do with documents that were just issued, within the transaction that issues them. */
export type OnIssued = (invoiceIds: readonly string[], scope: Parameters<typeof finalizeInvoices>[1]) => Promise<void>;

/** What other modules do with the drafts of contracts that were just calculated, within the same transaction. */
export type OnDrafted = (contractIds: readonly string[], scope: CalculationScope) => Promise<void>;

/** What bulk operations do to drafts. A batch is one transaction, and one step of the progress that people see. */
export function invoicePerformers({
  clock,
  onDrafted = [],
  onIssued = [],
  holdBack,
}: {
  readonly clock: Clock;
  readonly onDrafted?: readonly OnDrafted[];
  readonly onIssued?: readonly OnIssued[];
  readonly holdBack?: HoldBack;
}): Pick<Performers, "draft" | "recalculate" | "finalize"> {
  const time = async () => organizationTime(clock, await loadOrganization());
  return {
    draft: {
      batchSize: 200,
      reach: "database",
      subjectType: "contract",
      perform: async (contractIds, { parameters }) => {
        const includeRunning = parameters[INCLUDE_RUNNING] !== undefined;
        const scope = await time();
        const outcomes = byContract(await calculateDrafts(contractIds, scope, { includeRunning }));
        for (const tell of onDrafted) await tell(contractIds, scope);
        const idle = contractIds.filter((id) => !outcomes.has(id));
        const waiting = idle.length > 0 ? await countWaiting(idle) : new Map<string, number>();
        return contractIds.map((id) => draftedOutcome(outcomes.get(id) ?? [], waiting.get(id) ?? 0));
      },
    },
    recalculate: {
      batchSize: 200,
      reach: "database",
      subjectType: "invoice",
      perform: async (invoiceIds) => {
        const scope = await time();
        const contracts = await contractsOfInvoices(invoiceIds);
        const outcomes = await recalculate(invoiceIds, scope);
        for (const tell of onDrafted) await tell([...new Set([...contracts.values()].flat())], scope);
        return outcomes;
      },
    },
    finalize: {
      batchSize: 50,
      reach: "database",
      subjectType: "invoice",
      perform: async (invoiceIds) => {
        const scope = await time();
        const outcomes = await finalizeInvoices(invoiceIds, scope, holdBack);
        const issued = invoiceIds.filter((_, index) => outcomes[index]?.status === "succeeded");
        if (issued.length > 0) for (const tell of onIssued) await tell(issued, scope);
        return outcomes;
      },
    },
  };
}

/** A parameter of the operation: what falls due next is drafted too, as an invoice in progress. */
export const INCLUDE_RUNNING = "includeRunning";

const byContract = (outcomes: readonly DraftOutcome[]): ReadonlyMap<string, readonly DraftOutcome[]> => {
  const found = outcomes.flatMap((outcome) => outcome.contractIds.map((contractId) => ({ contractId, outcome })));
  const grouped = groupBy(found, ({ contractId }) => contractId);
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ outcome }) => outcome)]));
};

function draftedOutcome(outcomes: readonly DraftOutcome[], waiting: number): ItemOutcome {
  const changed = outcomes.filter(({ outcome }) => outcome !== "unchanged");
  if (outcomes.length === 0 && waiting > 0) {
    const those = waiting === 1 ? "one adjustment waits" : `${waiting} adjustments wait`;
    return skipped("ADJUSTMENTS_WAIT", `Nothing has fallen due; ${those} for the next invoice.`);
  }
  if (outcomes.length === 0) return skipped("NOTHING_DUE", "Nothing has fallen due that is not billed.");
  if (changed.length === 0) return skipped("UNCHANGED", "The drafts are as they should be.");
  return succeeded(
    "DRAFTED",
    changed.length === 1 ? "One draft was written." : `${changed.length} drafts were written.`,
  );
}

/** Contracts that share documents are calculated together, so invoices of one contract cost one calculation. */
async function recalculate(invoiceIds: readonly string[], scope: CalculationScope): Promise<ItemOutcome[]> {
  const invoices = await invoicesById(invoiceIds);
  const unissued = [...invoices.values()].flatMap(({ id, number }) => (number === null ? [id] : []));
  const contracts = await contractsOfInvoices(unissued);
  const contractIds = [...new Set([...contracts.values()].flat())];
  const oneOffs = unissued.filter((id) => contracts.get(id)?.length === 0);
  const outcomes = new Map(
    [
      ...(contractIds.length > 0 ? await calculateDrafts(contractIds, scope) : []),
      ...(oneOffs.length > 0 ? await recalculateOneOffs(oneOffs, scope) : []),
    ].map(({ invoiceId, outcome }) => [invoiceId, outcome]),
  );
  return invoiceIds.map((id) => {
    const invoice = invoices.get(id);
    if (!invoice) return skipped("NOT_A_DRAFT", "This draft no longer exists.");
    if (invoice.number !== null)
      return skipped("NOT_A_DRAFT", `Issued as ${invoice.number}; what is issued is not recalculated.`);
    switch (outcomes.get(id)) {
      case "changed":
        return succeeded("CHANGED", "Recalculated; its amounts or lines changed.");
      case "removed":
        return succeeded("REMOVED", "Nothing is left to bill; the draft was deleted.");
      default:
        return skipped("UNCHANGED", "Recalculated; nothing changed.");
    }
  });
}
