import { earlierOf, type PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { ProposedInvoice } from "../../domain/invoice/line";
import { planSegments } from "../../domain/invoice/plan-segments";
import { type BillingProposal, proposeInvoices } from "../../domain/invoice/propose-invoices";
import type { SeatReading, UsageReading } from "../../domain/invoice/readings";
import type { SegmentPlan } from "../../domain/invoice/segment";
import { forgetLateChanges, lockSchedules } from "../../platform/draft-staleness.store";
import { newId } from "../../platform/ids";
import { type BillableContract, billableContracts, seatReadings } from "../contract";
import { lockCreditGrantsOf, releaseCredits } from "../credit";
import { usageReadings } from "../usage";
import { composeDraft, contentHash, type DraftFacts, taxDraft } from "./draft";
import { type DraftToWrite, deleteDrafts, insertDrafts, markFresh, updateDrafts } from "./draft.store";
import { drawOnCredits, type PayableDraft } from "./draw-credits";
import type { Invoice, InvoiceLine } from "./invoice";
import { billedLines, invoicesById, lastBilledOn, linesByInvoice, lockDraftsOfContracts } from "./invoice.store";
import { noticedAdjustments } from "./late-adjustment";
import { keepNoticed } from "./late-adjustment.store";
import { loadDraftFacts } from "./load-draft-facts";
import { creditsReturnedBy, factsOfReissue, type Original, type WantedDocuments, wantedDocuments } from "./rebill";
import { creditedToReissue } from "./rebill.store";
import { creditNoteDraft, draftToContinue, invoiceDraft, isLate, type WantedDraft } from "./wanted-draft";

export type DraftOutcome = {
  readonly invoiceId: string;
  readonly contractId: string;
  readonly outcome: "created" | "changed" | "unchanged" | "removed";
};

type Calculation = {
  readonly billable: BillableContract;
  readonly from: PlainDate;
  readonly plan: SegmentPlan;
  readonly drafts: readonly Invoice[];
  /** Invoices that were credited and are not issued again yet. */
  readonly credited: readonly Invoice[];
};

/**
 * Calculates all drafts of these contracts anew, as of a day: what should be billed minus what is billed. Drafts whose
 * content is the same are not written, not even their version. The number of statements does not grow with contracts.
 */
export async function calculateDrafts(
  contractIds: readonly string[],
  scope: { readonly today: PlainDate; readonly now: Date },
): Promise<DraftOutcome[]> {
  const changedFrom = await lockSchedules(contractIds);
  // A schedule that is not active proposes nothing; drafts that it has are left for people to decide.
  const billables = (await billableContracts({ contractIds })).filter(({ status }) => status === "active");
  const grantIds = await lockCreditGrantsOf([...new Set(billables.map(({ customerId }) => customerId))]);
  const drafts = groupBy(await lockDraftsOfContracts(contractIds), ({ contractId }) => contractId);
  const lastBilled = await lastBilledOn(contractIds);
  const creditedByContract = await creditedToReissue(contractIds);

  const calculations = billables.map((billable): Calculation => {
    const { contract } = billable;
    const own = drafts.get(contract.id) ?? [];
    const credited = creditedByContract.get(contract.id) ?? [];
    const candidates = [
      lastBilled.get(contract.id) ?? contract.startsOn,
      changedFrom.get(contract.id),
      ...[...own, ...credited].map(({ billsOn }) => billsOn),
    ];
    const from = candidates.filter((day) => day !== null && day !== undefined).reduce(earlierOf);
    return { billable, from, plan: planSegments(contract, { from, through: scope.today }), drafts: own, credited };
  });
  const proposals = await propose(calculations);
  const wanted = await wantDocuments(calculations, proposals);
  const { writes, outcomes, drawn } = await compare(calculations, wanted, { today: scope.today, grantIds });

  await deleteDrafts(writes.removed);
  await updateDrafts(writes.changed, scope.now);
  await insertDrafts(writes.created, scope.now);
  await markFresh(writes.unchanged, scope.now);
  await releaseCredits(drawn.atHand, drawn.drawnByGrant, { contractIds: contractIdsOf(calculations), now: scope.now });
  const noticed = calculations.flatMap(({ billable }, index) =>
    noticedAdjustments(billable.contract.id, wanted[index]?.waiting ?? [], proposals[index]?.ignored ?? []),
  );
  const calculated = calculations.map(({ billable, from }) => ({ contractId: billable.contract.id, from }));
  await keepNoticed(noticed, { calculated, now: scope.now });
  await forgetLateChanges(
    calculations.filter((_, index) => isSettled(proposals[index])).map(({ billable }) => billable.contract.id),
  );
  return outcomes;
}

/**
 * False as long as something that came late is still to be billed: the next calculation looks back as far. What is ignored
 * is settled by its report.
 */
const isSettled = (proposal: BillingProposal | undefined): boolean =>
  proposal !== undefined &&
  proposal.waiting.length + proposal.rebills.length === 0 &&
  !proposal.invoices.some(({ lines, billsOn }) => lines.some((line) => isLate(line, billsOn)));

const contractIdsOf = (calculations: readonly Calculation[]): string[] =>
  calculations.map(({ billable }) => billable.contract.id);

/** Reads usage, seats and what is billed for all contracts at once, then asks the engine for each. */
async function propose(calculations: readonly Calculation[]): Promise<BillingProposal[]> {
  const usageWanted = calculations.flatMap(({ billable, plan }) =>
    plan.usageWanted.map((wanted) => ({ ...wanted, customers: billable.customers })),
  );
  const seatsWanted = calculations.flatMap(({ billable, plan }) =>
    plan.seatsWanted.map(({ lineageId, period }) => ({ contractId: billable.contract.id, lineageId, period })),
  );
  const usage = await usageReadings(usageWanted);
  const seats = await seatReadings(seatsWanted);
  const billed = await billedLines(
    calculations.map(({ billable, from }) => ({ contractId: billable.contract.id, from })),
  );

  const nextUsage = inTurn<UsageReading>(usage);
  const nextSeats = inTurn<SeatReading>(seats);
  return calculations.map(({ billable, plan }) =>
    proposeInvoices({
      contract: billable.contract,
      plan,
      usage: nextUsage(plan.usageWanted.length),
      seats: nextSeats(plan.seatsWanted.length),
      billed: billed.get(billable.contract.id) ?? [],
    }),
  );
}

/** Deals answers out again in the order in which the questions were gathered. */
function inTurn<T>(answers: readonly T[]): (count: number) => readonly T[] {
  let next = 0;
  return (count) => answers.slice(next, (next += count));
}

/** What each contract's drafts should be, with the documents that are credited and issued again. */
async function wantDocuments(
  calculations: readonly Calculation[],
  proposals: readonly BillingProposal[],
): Promise<WantedDocuments[]> {
  const idsOf = ({ rebills }: BillingProposal, { credited }: Calculation) => [
    ...new Set([...rebills.map(({ documentId }) => documentId), ...credited.map(({ id }) => id)]),
  ];
  const idsByContract = proposals.map((proposal, index) => idsOf(proposal, calculations[index] as Calculation));
  const ids = idsByContract.flat();
  const invoices = ids.length === 0 ? new Map<string, Invoice>() : await invoicesById(ids);
  const lines = ids.length === 0 ? new Map<string, readonly InvoiceLine[]>() : await linesByInvoice(ids);
  return proposals.map((proposal, index) => {
    const credited = new Set(calculations[index]?.credited.map(({ id }) => id));
    const originals = (idsByContract[index] ?? []).map(
      (id): Original => ({
        invoice: invoices.get(id) as Invoice,
        lines: lines.get(id) ?? [],
        isCredited: credited.has(id),
      }),
    );
    return wantedDocuments(proposal, originals);
  });
}

type ToPay = PayableDraft & { readonly facts: DraftFacts; readonly original: Original | null };

async function compare(
  calculations: readonly Calculation[],
  wanted: readonly WantedDocuments[],
  { today, grantIds }: { readonly today: PlainDate; readonly grantIds: readonly string[] },
) {
  const factsOf = await loadDraftFacts(
    calculations.map(({ billable }) => billable),
    wanted.flatMap(({ invoices, reissues }) => [...invoices, ...reissues.map(({ proposed }) => proposed)]),
    today,
  );
  const taxed = calculations.map(({ billable }, index) => {
    const { customerId, contract } = billable;
    const facts = factsOf(billable);
    const toPay = (proposed: ProposedInvoice, original: Original | null): ToPay => {
      const own = original ? factsOfReissue(facts, original) : facts;
      const isReissue = original !== null;
      return { customerId, contractId: contract.id, facts: own, original, isReissue, taxed: taxDraft(proposed, own) };
    };
    const { invoices, reissues } = wanted[index] as WantedDocuments;
    return [
      ...reissues.map(({ original, proposed }) => toPay(proposed, original)),
      ...invoices.map((proposed) => toPay(proposed, null)),
    ];
  });
  const drawn = await drawOnCredits(taxed.flat(), {
    grantIds,
    contractIds: contractIdsOf(calculations),
    returned: creditsReturnedBy(wanted.flatMap(({ creditNotes }) => creditNotes)),
  });

  const writes = {
    created: [] as DraftToWrite[],
    changed: [] as DraftToWrite[],
    unchanged: [] as string[],
    removed: [] as string[],
  };
  const outcomes: DraftOutcome[] = [];

  calculations.forEach(({ billable, drafts }, index) => {
    const left = new Set(drafts);
    const documents = [
      ...(wanted[index]?.creditNotes ?? []).map(creditNoteDraft),
      ...(taxed[index] ?? []).map((draft) => {
        const content = composeDraft(draft.taxed, drawn.credits.get(draft) ?? [], draft.facts);
        return invoiceDraft(draft.taxed.proposed, draft.original, content);
      }),
    ];
    for (const document of documents) {
      const hash = contentHash(document.content);
      const existing = draftToContinue(document, left);
      if (existing) left.delete(existing);
      const invoiceId = existing?.id ?? newId();
      const outcome = !existing ? "created" : existing.contentHash === hash ? "unchanged" : "changed";
      if (outcome === "unchanged") writes.unchanged.push(invoiceId);
      else writes[outcome].push(toWrite(invoiceId, billable, document, hash, existing));
      outcomes.push({ invoiceId, contractId: billable.contract.id, outcome });
    }
    for (const { id } of left) {
      writes.removed.push(id);
      outcomes.push({ invoiceId: id, contractId: billable.contract.id, outcome: "removed" });
    }
  });
  return { writes, outcomes, drawn };
}

function toWrite(
  id: string,
  { customerId, contract }: BillableContract,
  { isOfCorrections, content, ...document }: WantedDraft,
  contentHash: string,
  existing: Invoice | undefined,
): DraftToWrite {
  const billsOn = existing?.billsOn ?? document.billsOn;
  return { ...document, id, customerId, contractId: contract.id, billsOn, contentHash, ...content };
}
