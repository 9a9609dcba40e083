import { formatDay } from "../../domain/calendar/format";
import { addMonths, type PlainDate } from "../../domain/calendar/plain-date";
import type { Contract } from "../../domain/contract/contract";
import type { ProposedInvoice } from "../../domain/invoice/line";
import { planSegments } from "../../domain/invoice/plan-segments";
import { proposeInvoices } from "../../domain/invoice/propose-invoices";
import { type Money, sum } from "../../domain/money/money";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { type AssumedUsage, type Assumptions, assumedReadings } from "./assumed-usage";
import { checkAssumptions } from "./check-assumptions";
import { checkNewContract, warningsOf } from "./check-new-contract";
import { draftContract } from "./draft-contract";
import { loadNamed, type Named } from "./named";
import type { NewContract } from "./new-contract";

export type PreviewAsked = {
  readonly contract: NewContract;
  /** By price: its lineage is looked up. */
  readonly seats: readonly { readonly priceId: string; readonly effectiveOn: PlainDate; readonly seats: number }[];
  readonly usage: readonly AssumedUsage[];
  /** null: to the end of the term; of one without an end a year */
  readonly throughOn: PlainDate | null;
};

export type ContractPreview = {
  readonly invoices: readonly ProposedInvoice[];
  readonly total: Money | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

/** Longer calendars would say nothing more. */
export const LONGEST_PREVIEW_MONTHS = 120;
const MONTHS_WITHOUT_END = 12;

/** The invoices that a contract would bring, by the engine that bills. Saves nothing. */
export async function previewContract(context: RequestContext, asked: PreviewAsked): Promise<ContractPreview> {
  context.require("read");
  const named = await loadNamed(asked.contract);
  const draft = draftContract(asked.contract, named);
  const problems = [...checkNewContract(asked.contract, named, draft), ...checkAsked(asked, named, draft.contract)];
  if (problems.length > 0) return { invoices: [], total: null, problems, warnings: [] };

  const { contract } = draft;
  const plan = planSegments(contract, { from: contract.startsOn, through: throughOf(asked, contract) });
  const seats = asked.seats.flatMap(({ priceId, ...change }) => {
    const lineageId = named.prices.get(priceId)?.lineageId;
    return lineageId === undefined ? [] : [{ ...change, lineageId }];
  });
  const assumptions: Assumptions = { usage: asked.usage, seats };
  const readings = assumedReadings(plan, assumptions, named.metrics);
  const { invoices } = proposeInvoices({ contract, plan, billed: [], ...readings });
  const nets = invoices.map(({ net }) => net);
  return { invoices, total: sum(nets, contract.currency), problems: [], warnings: warningsOf(asked.contract) };
}

/** What is billed in arrears falls due on the day after the last. */
const throughOf = ({ throughOn }: PreviewAsked, { startsOn, endsBefore }: Contract): PlainDate =>
  throughOn ?? endsBefore ?? addMonths(startsOn, MONTHS_WITHOUT_END);

function checkAsked(asked: PreviewAsked, named: Named, contract: Contract): Problem[] {
  const problems = new InputProblems();
  const latest = addMonths(contract.startsOn, LONGEST_PREVIEW_MONTHS);
  if (throughOf(asked, contract) > latest) {
    const message = `A preview reaches ten years at the most. Send ${formatDay(latest)} or an earlier day.`;
    problems.report("PREVIEW_TOO_LONG", message, "throughOn");
  }
  return [...problems.found, ...checkAssumptions(asked, { contract, named, thing: "contract" })];
}
