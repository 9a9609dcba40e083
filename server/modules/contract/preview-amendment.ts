import { formatDay } from "../../domain/calendar/format";
import { addMonths, earlierOf, type PlainDate } from "../../domain/calendar/plain-date";
import type { Contract as BilledContract } from "../../domain/contract/contract";
import { type ContractComparison, compareContracts } from "../../domain/contract/describe-change";
import type { BilledLine, Line, ProposedInvoice } from "../../domain/invoice/line";
import { planSegments } from "../../domain/invoice/plan-segments";
import { proposeInvoices } from "../../domain/invoice/propose-invoices";
import { type Money, subtract, sum } from "../../domain/money/money";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { billedLines } from "../invoice";
import { usageReadings } from "../usage";
import { loadAmendable } from "./amendable";
import { billableContracts, type UsageOwner } from "./billable-contracts.store";
import { contractsById } from "./contract.store";
import { billedTwiceInWords, usageBilledTwice } from "./metered-twice.store";
import type { NewAmendment } from "./new-amendment";
import { LONGEST_PREVIEW_MONTHS } from "./preview-contract";
import { acceptAmendment } from "./record-amendment";
import { seatReadings } from "./seats.store";

export type AmendmentPreview = {
  readonly comparison: ContractComparison | null;
  /** What billing would propose with the contract as it is, and as amended. */
  readonly before: ProposedBilling | null;
  readonly after: ProposedBilling | null;
  /** The total after less the total before. */
  readonly difference: Money | null;
  readonly problems: readonly Problem[];
};

export type ProposedBilling = {
  readonly invoices: readonly ProposedInvoice[];
  /** Corrections that wait for the next invoice, as that falls due soon enough. */
  readonly waiting: readonly Line[];
  readonly total: Money;
};

const refused = (problems: readonly Problem[]): AmendmentPreview => ({
  comparison: null,
  before: null,
  after: null,
  difference: null,
  problems,
});

type Asked = { readonly contractId: string; readonly amendment: NewAmendment; readonly throughOn: PlainDate | null };

/** What an amendment would change, and what billing would propose by it, with usage and seats as they are. Saves nothing. */
export async function previewAmendment(
  context: RequestContext,
  { contractId, amendment, throughOn }: Asked,
): Promise<AmendmentPreview> {
  const { today } = context.require("read");
  const head = (await contractsById([contractId])).get(contractId);
  if (!head) {
    const message = `There is no contract ${contractId}.`;
    return refused([{ code: "CONTRACT_NOT_FOUND", message, path: ["contractId"] }]);
  }
  const through = throughOn ?? today;
  const latest = addMonths(head.startsOn > today ? head.startsOn : today, LONGEST_PREVIEW_MONTHS);
  if (through > latest) {
    const message = `A preview reaches ten years ahead at the most. Send ${formatDay(latest)} or an earlier day.`;
    return refused([{ code: "PREVIEW_TOO_LONG", message, path: ["throughOn"] }]);
  }
  const accepted = await acceptAmendment(await loadAmendable(head), amendment);
  if (!accepted.ok) return refused(accepted.error);

  const { before, after } = accepted.value;
  const twice = head.schedule.status === "draft" ? [] : await usageBilledTwice(head, after.contract);
  if (twice.length > 0) {
    return refused([{ code: "USAGE_BILLED_TWICE", message: billedTwiceInWords(twice), path: ["changes"] }]);
  }
  const [billable] = await billableContracts({ contractIds: [head.id] });
  const from = earlierOf(before.startsOn, through);
  const billed = (await billedLines([{ contractId: head.id, from }])).get(head.id) ?? [];
  const facts = { customers: billable?.customers ?? [], billed, from, through };
  const [asIs, asAmended] = [await propose(before, facts), await propose(after.contract, facts)];
  return {
    comparison: compareContracts(before, after.contract),
    before: asIs,
    after: asAmended,
    difference: subtract(asAmended.total, asIs.total),
    problems: [],
  };
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
