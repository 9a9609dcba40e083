import { groupBy } from "../../domain/group-by";
import type { MailTransport } from "../../integrations/email/mail";
import { type Clock, organizationTime } from "../../platform/clock";
import { type ItemOutcome, type Performers, skipped, succeeded } from "../operation";
import { loadOrganization, type OrganizationMode } from "../organization";
import { calculateDrafts, type DraftOutcome } from "./calculate-drafts";
import { finalizeInvoices } from "./finalize-invoices";
import { invoicesById } from "./invoice.store";
import { countWaiting } from "./late-adjustment.store";
import { sendInvoices } from "./send-invoices";

/** Where mail goes, by the organization's mode: from a sandbox none leaves. */
export type MailTransports = { readonly [Mode in OrganizationMode]: MailTransport };

/** What other modules do with documents that were just issued, within the transaction that issues them. */
export type OnIssued = (invoiceIds: readonly string[], scope: Parameters<typeof finalizeInvoices>[1]) => Promise<void>;

/** What bulk operations do to drafts. A batch is one transaction, and one step of the progress that people see. */
export function invoicePerformers({
  clock,
  onIssued = [],
}: {
  readonly clock: Clock;
  readonly onIssued?: readonly OnIssued[];
}): Pick<Performers, "draft" | "recalculate" | "finalize"> {
  const time = async () => organizationTime(clock, await loadOrganization());
  return {
    draft: {
      batchSize: 200,
      reach: "database",
      subjectType: "contract",
      perform: async (contractIds) => {
        const outcomes = groupBy(await calculateDrafts(contractIds, await time()), ({ contractId }) => contractId);
        const idle = contractIds.filter((id) => !outcomes.has(id));
        const waiting = idle.length > 0 ? await countWaiting(idle) : new Map<string, number>();
        return contractIds.map((id) => draftedOutcome(outcomes.get(id) ?? [], waiting.get(id) ?? 0));
      },
    },
    recalculate: {
      batchSize: 200,
      reach: "database",
      subjectType: "invoice",
      perform: async (invoiceIds) => recalculate(invoiceIds, await time()),
    },
    finalize: {
      batchSize: 50,
      reach: "database",
      subjectType: "invoice",
      perform: async (invoiceIds) => {
        const scope = await time();
        const outcomes = await finalizeInvoices(invoiceIds, scope);
        const issued = invoiceIds.filter((_, index) => outcomes[index]?.status === "succeeded");
        if (issued.length > 0) for (const tell of onIssued) await tell(issued, scope);
        return outcomes;
      },
    },
  };
}

/** Mails what is issued. */
export function sendPerformer({
  clock,
  transports,
}: {
  readonly clock: Clock;
  readonly transports: MailTransports;
}): Pick<Performers, "send"> {
  return {
    send: {
      batchSize: 5,
      reach: "world",
      subjectType: "invoice",
      perform: async (invoiceIds) => {
        const organization = await loadOrganization();
        return sendInvoices(invoiceIds, transports[organization.mode], organizationTime(clock, organization).now);
      },
    },
  };
}

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

/** A contract's drafts are calculated together, so invoices of one contract cost one calculation. */
async function recalculate(
  invoiceIds: readonly string[],
  scope: Parameters<typeof calculateDrafts>[1],
): Promise<ItemOutcome[]> {
  const invoices = await invoicesById(invoiceIds);
  const contractIds = new Set(
    [...invoices.values()].filter(({ status }) => status === "draft").flatMap(({ contractId }) => contractId ?? []),
  );
  const outcomes = new Map(
    (await calculateDrafts([...contractIds], scope)).map(({ invoiceId, outcome }) => [invoiceId, outcome]),
  );
  return invoiceIds.map((id) => {
    const invoice = invoices.get(id);
    if (!invoice) return skipped("NOT_A_DRAFT", "This draft no longer exists.");
    if (invoice.status !== "draft")
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
