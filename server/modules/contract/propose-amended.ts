import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Contract as BilledContract } from "../../domain/contract/contract";
import type { ContractComparison } from "../../domain/contract/describe-change";
import type { BilledLine, Line, ProposedInvoice } from "../../domain/invoice/line";
import { planSegments } from "../../domain/invoice/plan-segments";
import { proposeInvoices } from "../../domain/invoice/propose-invoices";
import { type Money, subtract, sum } from "../../domain/money/money";
import type { Problem } from "../../platform/refusal";
import { usageReadings } from "../usage";
import { billableContracts, type UsageOwner } from "./billable-contracts.store";
import { seatReadings } from "./seats.store";

export type ProposedBilling = {
  readonly invoices: readonly ProposedInvoice[];
  /** Corrections that wait for the next invoice, as that falls due soon enough. */
  readonly waiting: readonly Line[];
  readonly total: Money;
};

/** What an amendment would change, or why it could not be made. */
export type AmendmentPreview = {
  readonly comparison: ContractComparison | null;
  /** What billing would propose with the contract as it is, and as amended. */
  readonly before: ProposedBilling | null;
  readonly after: ProposedBilling | null;
  /** The total after less the total before. */
  readonly difference: Money | null;
  readonly problems: readonly Problem[];
};

/** What billing would propose for a contract as it is and as amended. */
export type AmendedBilling = {
  readonly before: ProposedBilling;
  readonly after: ProposedBilling;
  /** The total after less the total before. */
  readonly difference: Money;
};

/** What was billed, and the days that are looked at. */
export type BilledSoFar = Pick<Facts, "billed" | "from" | "through">;

/** What billing would propose, with usage and seats as they are. Saves nothing. */
export async function proposeAmended(
  { before, after }: { readonly before: BilledContract; readonly after: BilledContract },
  billed: BilledSoFar,
): Promise<AmendedBilling> {
  const [billable] = await billableContracts({ contractIds: [before.id] });
  const facts = { ...billed, customers: billable?.customers ?? [] };
  const [asIs, asAmended] = [await propose(before, facts), await propose(after, facts)];
  return { before: asIs, after: asAmended, difference: subtract(asAmended.total, asIs.total) };
}

type Facts = {
  readonly customers: readonly UsageOwner[];
  readonly billed: readonly BilledLine[];
  readonly from: PlainDate;
  readonly through: PlainDate;
};

async function propose(
  contract: BilledContract,
  { customers, billed, from, through }: Facts,
): Promise<ProposedBilling> {
  const plan = planSegments(contract, { from, through });
  const usage = await usageReadings(plan.usageWanted.map((wanted) => ({ ...wanted, customers })));
  const seats = await seatReadings(
    plan.seatsWanted.map(({ lineageId, period }) => ({ contractId: contract.id, lineageId, period })),
  );
  const { invoices, waiting } = proposeInvoices({ contract, plan, usage, seats, billed });
  return {
    invoices,
    waiting,
    total: sum(
      [...invoices, ...waiting].map(({ net }) => net),
      contract.currency,
    ),
  };
}
