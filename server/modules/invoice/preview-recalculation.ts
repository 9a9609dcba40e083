import { inTransaction } from "../../platform/database/transaction";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import type { DraftOutcome } from "./calculate-documents";
import { type CalculationScope, calculateUnsaved } from "./calculate-drafts";
import { compareLines, type LineDifference } from "./compare-draft";
import type { DraftToWrite } from "./draft.store";
import type { Blocker, Invoice, InvoiceLine } from "./invoice";
import { contractsOfInvoices, invoicesById, linesByInvoice } from "./invoice.store";

type Head = Pick<Invoice, "customerId" | "currency" | "billsOn" | "billingMonth" | "status">;
type Totals = Pick<Invoice, "netTotal" | "taxTotal" | "grossTotal"> & { readonly blockers: readonly Blocker[] };

/** What a recalculation would make of one draft. */
export type PreviewedDraft = Head & {
  /** null: it would be created */
  readonly invoice: Invoice | null;
  readonly outcome: DraftOutcome["outcome"];
  readonly contractIds: readonly string[];
  readonly before: Totals | null;
  /** null: it would be removed */
  readonly after: Totals | null;
  readonly lines: readonly LineDifference[];
};

export type PreviewedStep = { readonly invoiceId: string; readonly drafts: readonly PreviewedDraft[] };

/** Invoices that one preview is asked about. */
const SELECTED_AT_MOST = 10_000;

/**
 * What recalculating these invoices would change, a page of them at a time. It is calculated exactly as it would be, and
 * nothing is saved. What else their contracts' drafts would become comes with the first of them.
 */
export async function previewRecalculation(
  context: RequestContext,
  { invoiceIds, ...args }: PageArgs & { readonly invoiceIds: readonly string[] },
) {
  const { today, now } = context.require("read");
  const page = toPage(args, ["id"]);
  const selected = [...new Set(invoiceIds.map((id) => id.toLowerCase()).filter(isId))]
    .sort()
    .slice(0, SELECTED_AT_MOST);
  const after = page.after?.[0];
  const rest = after === undefined ? selected : selected.filter((id) => id > after);
  const steps = await previewed(selected, rest.slice(0, page.limit - 1), { today, now });
  const next = rest.slice(page.limit - 1, page.limit).map((invoiceId): PreviewedStep => ({ invoiceId, drafts: [] }));
  return toConnection(page, [...steps, ...next], ({ invoiceId }) => [invoiceId]);
}

async function previewed(
  selected: readonly string[],
  shown: readonly string[],
  scope: CalculationScope,
): Promise<PreviewedStep[]> {
  const contracts = await contractsOfInvoices(selected);
  const { outcomes, writes, before, lines } = await inTransaction(async () => {
    const invoices = await invoicesById(shown);
    const unissued = shown.filter((id) => invoices.get(id)?.number === null);
    const calculated = await calculateUnsaved(
      {
        contractIds: [...new Set(unissued.flatMap((id) => contracts.get(id) ?? []))],
        oneOffIds: unissued.filter((id) => contracts.get(id)?.length === 0),
      },
      scope,
    );
    const touched = calculated.outcomes.flatMap(({ invoiceId, outcome }) => (outcome === "created" ? [] : [invoiceId]));
    const differing = calculated.outcomes.flatMap(({ invoiceId, outcome }) =>
      outcome === "changed" || outcome === "removed" ? [invoiceId] : [],
    );
    return { ...calculated, before: await invoicesById(touched), lines: await linesByInvoice(differing) };
  });
  const drafts = new Map([...writes.created, ...writes.changed].map((draft) => [draft.id, draft]));
  // The first selected invoice of a contract speaks for the drafts that nobody selected.
  const firstOf = new Map<string, string>();
  for (const id of selected)
    for (const contractId of contracts.get(id) ?? []) if (!firstOf.has(contractId)) firstOf.set(contractId, id);
  const isSelected = new Set(selected);
  const placeOf = ({ invoiceId, contractIds }: DraftOutcome): string | undefined =>
    isSelected.has(invoiceId) ? invoiceId : (contractIds.flatMap((id) => firstOf.get(id) ?? []).sort()[0] ?? shown[0]);
  return shown.map((invoiceId) => ({
    invoiceId,
    drafts: outcomes
      .filter((outcome) => placeOf(outcome) === invoiceId)
      .map((outcome) =>
        draftOf(outcome, {
          draft: drafts.get(outcome.invoiceId) ?? null,
          invoice: before.get(outcome.invoiceId) ?? null,
          lines: lines.get(outcome.invoiceId) ?? [],
        }),
      ),
  }));
}

function draftOf(
  { outcome, contractIds }: DraftOutcome,
  {
    draft,
    invoice,
    lines,
  }: { readonly draft: DraftToWrite | null; readonly invoice: Invoice | null; readonly lines: readonly InvoiceLine[] },
): PreviewedDraft {
  const { customerId, currency, billsOn, billingMonth, status } = (draft ?? invoice) as Head;
  const isUnchanged = outcome === "unchanged";
  return {
    customerId,
    currency,
    billsOn,
    billingMonth,
    status,
    outcome,
    contractIds,
    invoice,
    before: invoice,
    after: isUnchanged ? invoice : draft,
    lines: isUnchanged ? [] : compareLines(lines, draft?.lines ?? []),
  };
}
