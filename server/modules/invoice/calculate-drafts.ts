import { type PlainDate, earlierOf } from "../../domain/calendar/plain-date";
import type { SegmentPlan } from "../../domain/invoice/segment";
import type { ProposedInvoice } from "../../domain/invoice/line";
import { planSegments } from "../../domain/invoice/plan-segments";
import { proposeInvoices } from "../../domain/invoice/propose-invoices";
import type { SeatReading, UsageReading } from "../../domain/invoice/readings";
import { groupBy } from "../../domain/group-by";
import { forgetLateChanges, lockSchedules } from "../../platform/draft-staleness.store";
import { newId } from "../../platform/ids";
import { type Product, productsById, taxRates } from "../catalog";
import { type BillableContract, billableContracts, seatReadings } from "../contract";
import { type Customer, customersById } from "../customer";
import { loadOrganization } from "../organization";
import { usageReadings } from "../usage";
import { composeDraft, contentHash, type DraftContent } from "./draft";
import { deleteDrafts, type DraftToWrite, insertDrafts, markFresh, updateDrafts } from "./draft.store";
import type { Invoice } from "./invoice";
import { billedLines, lastBilledOn, lockDraftsOfContracts } from "./invoice.store";

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
  const drafts = groupBy(await lockDraftsOfContracts(contractIds), ({ contractId }) => contractId);
  const lastBilled = await lastBilledOn(contractIds);
  // A schedule that is not active proposes nothing; drafts that it has are left for people to decide.
  const billables = (await billableContracts({ contractIds })).filter(({ status }) => status === "active");

  const calculations = billables.map((billable): Calculation => {
    const { contract } = billable;
    const own = drafts.get(contract.id) ?? [];
    const candidates = [
      lastBilled.get(contract.id) ?? contract.startsOn,
      changedFrom.get(contract.id),
      ...own.map((draft) => draft.billsOn),
    ];
    const from = candidates.filter((day) => day !== null && day !== undefined).reduce(earlierOf);
    return { billable, from, plan: planSegments(contract, { from, through: scope.today }), drafts: own };
  });
  const proposals = await propose(calculations, scope.today);
  const { writes, outcomes } = await compare(calculations, proposals, scope);

  await deleteDrafts(writes.removed);
  await updateDrafts(writes.changed, scope.now);
  await insertDrafts(writes.created, scope.now);
  await markFresh(writes.unchanged, scope.now);
  await forgetLateChanges(
    calculations
      .filter((_, index) => !hasAdjustment(proposals[index] ?? []))
      .map(({ billable }) => billable.contract.id),
  );
  return outcomes;
}

const hasAdjustment = (proposed: readonly ProposedInvoice[]) =>
  proposed.some(({ lines }) => lines.some(({ kind }) => kind === "adjustment"));

/** Reads usage, seats and what is billed for all contracts at once, then asks the engine for each. */
async function propose(calculations: readonly Calculation[], asOf: PlainDate): Promise<ProposedInvoice[][]> {
  const usageWanted = calculations.flatMap(({ billable, plan }) =>
    plan.usageWanted.map((wanted) => ({ customerId: billable.customerId, ...wanted })),
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
  return calculations.map(({ billable, plan, from }) =>
    proposeInvoices({
      contract: billable.contract,
      usage: nextUsage(plan.usageWanted.length),
      seats: nextSeats(plan.seatsWanted.length),
      billed: billed.get(billable.contract.id) ?? [],
      asOf,
      from,
    }),
  );
}

/** Deals answers out again in the order in which the questions were gathered. */
function inTurn<T>(answers: readonly T[]): (count: number) => readonly T[] {
  let next = 0;
  return (count) => answers.slice(next, (next += count));
}

async function compare(
  calculations: readonly Calculation[],
  proposals: readonly ProposedInvoice[][],
  { today }: { readonly today: PlainDate },
) {
  const organization = await loadOrganization();
  const rates = await taxRates();
  const customers = await customersById([...new Set(calculations.map(({ billable }) => billable.customerId))]);
  const productIds = proposals
    .flat()
    .flatMap(({ lines }) => lines.map(({ productId }) => productId))
    .filter((id) => id !== null);
  const minimumProducts = calculations.flatMap(({ billable }) => [...billable.productOfMinimum.values()]);
  const products = await productsById([...new Set([...productIds, ...minimumProducts])]);

  const writes = {
    created: [] as DraftToWrite[],
    changed: [] as DraftToWrite[],
    unchanged: [] as string[],
    removed: [] as string[],
  };
  const outcomes: DraftOutcome[] = [];

  calculations.forEach(({ billable, drafts }, index) => {
    const customer = customers.get(billable.customerId) as Customer;
    const left = new Set(drafts);
    for (const proposed of proposals[index] ?? []) {
      const content = composeDraft(proposed, {
        tax: {
          rates,
          rounding: organization.taxRounding,
          status: customer.taxStatus,
          buyerTaxId: customer.taxId,
          taxPointOn: today,
        },
        taxCodeOf: (productId) => (products.get(productId) as Product).taxCode,
        productOf: ({ productId, minimumId }) =>
          productId ?? (billable.productOfMinimum.get(minimumId ?? "") as string),
        poNumber: billable.poNumber,
        isPoRequired: customer.isPoRequired,
      });
      const hash = contentHash(content);
      const existing = matching(proposed, left);
      if (existing) left.delete(existing);
      const invoiceId = existing?.id ?? newId();
      const outcome = !existing ? "created" : existing.contentHash === hash ? "unchanged" : "changed";
      if (outcome === "unchanged") writes.unchanged.push(invoiceId);
      else writes[outcome].push(toWrite(invoiceId, billable, proposed, content, hash, existing));
      outcomes.push({ invoiceId, contractId: billable.contract.id, outcome });
    }
    for (const { id } of left) {
      writes.removed.push(id);
      outcomes.push({ invoiceId: id, contractId: billable.contract.id, outcome: "removed" });
    }
  });
  return { writes, outcomes };
}

/**
 * The draft that a proposal continues: of the same day; corrections alone, which are proposed for whatever day it is,
 * continue the draft that no due day claims.
 */
function matching(proposed: ProposedInvoice, left: ReadonlySet<Invoice>): Invoice | undefined {
  const drafts = [...left];
  const sameDay = drafts.find(({ billsOn }) => billsOn === proposed.billsOn);
  if (sameDay || proposed.lines.some(({ kind }) => kind !== "adjustment")) return sameDay;
  return drafts.at(-1);
}

function toWrite(
  id: string,
  billable: BillableContract,
  proposed: ProposedInvoice,
  content: DraftContent,
  hash: string,
  existing: Invoice | undefined,
): DraftToWrite {
  return {
    id,
    customerId: billable.customerId,
    contractId: billable.contract.id,
    currency: proposed.currency.code,
    billsOn: existing?.billsOn ?? proposed.billsOn,
    billingMonth: proposed.billingMonth,
    serviceStartsOn: proposed.servicePeriod.startsOn,
    serviceEndsBefore: proposed.servicePeriod.endsBefore,
    contentHash: hash,
    ...content,
  };
}
