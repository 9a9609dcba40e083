import { addDays, addMonths, earlierOf, type PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { BilledLine, ProposedInvoice } from "../../domain/invoice/line";
import { isLate, type Placement } from "../../domain/invoice/place-lines";
import { nextDueDay, planSegments } from "../../domain/invoice/plan-segments";
import { type BillingProposal, proposeInvoices } from "../../domain/invoice/propose-invoices";
import type { SeatReading, UsageReading } from "../../domain/invoice/readings";
import type { SegmentPlan } from "../../domain/invoice/segment";
import { lockSchedules } from "../../platform/draft-staleness.store";
import { type BillableContract, billableContracts, seatReadings } from "../contract";
import { lockCreditGrantsOf } from "../credit";
import { usageReadings } from "../usage";
import { factHashes } from "./draft-fingerprint.store";
import {
  contractsCalculatedWith,
  lockDraftsOfContracts,
  placementsOfContracts,
  type StandingLine,
  standingLines,
} from "./draft-inputs.store";
import type { Invoice } from "./invoice";
import { billedLines, invoicesById, lastBilledOn } from "./invoice.store";
import { loadCreditables } from "./load-creditables";
import { type Original, type WantedDocuments, wantedDocuments } from "./rebill";
import { creditedToReissue, type ToReissue } from "./rebill.store";
import { type Creditable, linesLeftToReturn } from "./take-back";

/** What the engine comes to for one contract. */
export type ContractCalculation = {
  readonly billable: BillableContract;
  /** The day from which on it was looked at. */
  readonly from: PlainDate;
  readonly proposal: BillingProposal;
  readonly wanted: WantedDocuments;
  /** What falls due next, as far as its service runs already; null: nothing, or it is not asked for. */
  readonly running: ProposedInvoice | null;
};

/** Contracts as calculated under lock, with the drafts that they may continue. */
export type CalculatedContracts = {
  readonly calculations: readonly ContractCalculation[];
  readonly grantIds: readonly string[];
  readonly drafts: readonly Invoice[];
  readonly placements: readonly Placement[];
  /** Of all that is read for a contract beside usage, taken before it is read. */
  readonly factHashes: ReadonlyMap<string, string>;
  /** What stands on drafts that are no single contract's. */
  readonly standing: ReadonlyMap<string, readonly StandingLine[]>;
};

type Planned = {
  readonly billable: BillableContract;
  readonly from: PlainDate;
  readonly plan: SegmentPlan;
  readonly runningPlan: SegmentPlan | null;
  /** Credited, or to be credited because people asked for it. */
  readonly credited: readonly ToReissue[];
};

/** A contract may be paid for years at once; what falls due later than that is not shown as running. */
const MONTHS_LOOKED_AHEAD = 15;

/**
 * What should be billed minus what is billed, for these contracts and those that share documents with them: under lock of
 * their schedules, grants and drafts, in this order. The number of statements does not grow with contracts.
 */
export async function calculateContracts(
  contractIds: readonly string[],
  { today, includeRunning }: { readonly today: PlainDate; readonly includeRunning: boolean },
): Promise<CalculatedContracts> {
  const together = await contractsCalculatedWith(contractIds);
  const changedFrom = await lockSchedules(together);
  const hashes = await factHashes(together, today);
  // A schedule that is not active proposes nothing; drafts that it has are left for people to decide.
  const billables = (await billableContracts({ contractIds: together })).filter(({ status }) => status === "active");
  const grantIds = await lockCreditGrantsOf([...new Set(billables.map(({ customerId }) => customerId))]);
  const activeIds = new Set(billables.map(({ contract }) => contract.id));
  const drafts = (await lockDraftsOfContracts(together)).filter(
    ({ contractId }) => contractId === null || activeIds.has(contractId),
  );
  const standing = await standingLines(drafts.flatMap(({ id, contractId }) => (contractId === null ? [id] : [])));
  const placements = await placementsOfContracts([...activeIds]);
  const lastBilled = await lastBilledOn([...activeIds]);
  const creditedByContract = await creditedToReissue([...activeIds]);

  const draftsOf = draftsByContract(drafts, standing);
  const placementsOf = groupBy(placements, ({ contractId }) => contractId);
  const planned = billables.map((billable): Planned => {
    const { contract } = billable;
    const own = draftsOf.get(contract.id) ?? [];
    const credited = creditedByContract.get(contract.id) ?? [];
    const candidates = [
      lastBilled.get(contract.id) ?? contract.startsOn,
      changedFrom.get(contract.id),
      ...[...own, ...credited, ...(placementsOf.get(contract.id) ?? [])].map(({ billsOn }) => billsOn),
    ];
    const from = candidates
      .filter((day) => day !== null && day !== undefined)
      .concat(today)
      .reduce(earlierOf);
    const keepsRunning = includeRunning || own.some(({ status }) => status === "in_progress");
    return {
      billable,
      from,
      plan: planSegments(contract, { from, through: today }),
      runningPlan: keepsRunning ? planRunning(billable, today) : null,
      credited,
    };
  });
  const proposed = await propose(planned, today);
  const wanted = await wantDocuments(planned, proposed);
  const calculations = planned.map(({ billable, from }, index): ContractCalculation => {
    const { proposal, running } = proposed[index] as Proposed;
    return { billable, from, proposal, running, wanted: wanted[index] as WantedDocuments };
  });
  return { calculations, grantIds, drafts, placements, standing, factHashes: hashes };
}

function draftsByContract(
  drafts: readonly Invoice[],
  standing: ReadonlyMap<string, readonly StandingLine[]>,
): ReadonlyMap<string, readonly Invoice[]> {
  const of = new Map<string, Invoice[]>();
  for (const draft of drafts) {
    const contractIds = draft.contractId
      ? [draft.contractId]
      : (standing.get(draft.id) ?? []).map((line) => line.contractId);
    for (const id of new Set(contractIds)) {
      const own = of.get(id);
      if (own === undefined) of.set(id, [draft]);
      else own.push(draft);
    }
  }
  return of;
}

/** The next day on which anything falls due; null where none does, or nothing that falls due then is served yet. */
function planRunning({ contract }: BillableContract, today: PlainDate): SegmentPlan | null {
  const dueOn = nextDueDay(contract, today, addMonths(today, MONTHS_LOOKED_AHEAD));
  if (dueOn === null) return null;
  const plan = planSegments(contract, { from: addDays(today, 1), through: dueOn });
  const runs = plan.segments.some(({ isInWindow, servicePeriod }) => isInWindow && servicePeriod.startsOn <= today);
  return runs ? plan : null;
}

type Proposed = { readonly proposal: BillingProposal; readonly running: ProposedInvoice | null };

/** Reads usage, seats and what is billed for all contracts at once, then asks the engine for each. */
async function propose(planned: readonly Planned[], today: PlainDate): Promise<Proposed[]> {
  const plans = planned.flatMap(({ billable, plan, runningPlan }) => [
    { billable, plan },
    ...(runningPlan ? [{ billable, plan: runningPlan }] : []),
  ]);
  const usage = await usageReadings(
    plans.flatMap(({ billable, plan }) =>
      plan.usageWanted.map((wanted) => ({ ...wanted, customers: billable.customers })),
    ),
  );
  const seats = await seatReadings(
    plans.flatMap(({ billable, plan }) =>
      plan.seatsWanted.map(({ lineageId, period }) => ({ contractId: billable.contract.id, lineageId, period })),
    ),
  );
  const billed = await billedLines(planned.map(({ billable, from }) => ({ contractId: billable.contract.id, from })));

  const nextUsage = inTurn<UsageReading>(usage);
  const nextSeats = inTurn<SeatReading>(seats);
  const proposalOf = ({ billable: { contract }, credited }: Planned, plan: SegmentPlan): BillingProposal =>
    proposeInvoices({
      contract,
      plan,
      usage: nextUsage(plan.usageWanted.length),
      seats: nextSeats(plan.seatsWanted.length),
      billed: (billed.get(contract.id) ?? []) as readonly BilledLine[],
      reissued: new Set(credited.map(({ id }) => id)),
    });
  return planned.map((each) => ({
    proposal: proposalOf(each, each.plan),
    running: each.runningPlan && runningOf(proposalOf(each, each.runningPlan), today),
  }));
}

/** The last invoice that falls due after today; corrections are for what has fallen due. */
function runningOf({ invoices }: BillingProposal, today: PlainDate): ProposedInvoice | null {
  const last = invoices.at(-1);
  if (last === undefined || last.billsOn <= today) return null;
  const lines = last.lines.filter((line) => !isLate(line, last.billsOn));
  return lines.length === 0 ? null : { ...last, lines };
}

/** Deals answers out again in the order in which the questions were gathered. */
function inTurn<T>(answers: readonly T[]): (count: number) => readonly T[] {
  let next = 0;
  return (count) => answers.slice(next, (next += count));
}

/** What each contract's drafts should be, with the documents that are credited and issued again. */
async function wantDocuments(planned: readonly Planned[], proposed: readonly Proposed[]): Promise<WantedDocuments[]> {
  // An original of several contracts is credited and issued again once: by the first of them.
  const owners = new Map<string, string>();
  const corrections = groupBy(
    planned.flatMap(({ billable: { contract }, credited }, index) => {
      const { rebills } = (proposed[index] as Proposed).proposal;
      for (const id of [...rebills.map(({ documentId }) => documentId), ...credited.map((invoice) => invoice.id)]) {
        if (!owners.has(id)) owners.set(id, contract.id);
      }
      return rebills.flatMap(({ documentId, corrections }) =>
        corrections.map((correction) => ({ documentId, contractId: contract.id, correction })),
      );
    }),
    ({ documentId }) => documentId,
  );
  const ids = [...owners.keys()];
  const invoices = ids.length === 0 ? new Map<string, Invoice>() : await invoicesById(ids);
  const creditables = await loadCreditables([...invoices.values()]);
  const credited = new Set(
    planned.flatMap((each) => each.credited.flatMap(({ id, isCredited }) => (isCredited ? id : []))),
  );
  const originals = groupBy(
    ids.map(
      (id): Original => ({
        invoice: invoices.get(id) as Invoice,
        lines: linesLeftToReturn(creditables.get(id) as Creditable),
        isCredited: credited.has(id),
      }),
    ),
    ({ invoice }) => owners.get(invoice.id),
  );
  return planned.map(({ billable: { contract } }, index) =>
    wantedDocuments(contract.id, (proposed[index] as Proposed).proposal, {
      originals: originals.get(contract.id) ?? [],
      correctionsOf: (documentId) => corrections.get(documentId) ?? [],
    }),
  );
}
