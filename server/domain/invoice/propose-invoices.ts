import { addDays, type PlainDate } from "../calendar/plain-date";
import type { Contract } from "../contract/contract";
import { groupBy } from "../group-by";
import { type Money, subtract, sum, zero } from "../money/money";
import { billingMonthOf, servicePeriodOf } from "./billing-month";
import { expectedLines } from "./expected-lines";
import type { Explanation } from "./explanation";
import { type BilledLine, dueDayOf, type Line, type ProposedInvoice } from "./line";
import { nextDueDay } from "./plan-segments";
import type { Readings } from "./readings";
import { type Adjustment, type Reconciliation, reconcile } from "./reconcile";
import { originalKeyOf, type SegmentPlan } from "./segment";

export type BillingInput = Readings & {
  readonly contract: Contract;
  /** Of the due days to bill; it looks back as far as something was missed or came late. Readings answer it. */
  readonly plan: SegmentPlan;
  /**
   * Engine lines of the contract's issued documents in the order of issue, net of credit notes. Drafts are no part of
   * it, they are proposed anew; nor are documents that were voided, or credited in full to be issued again.
   */
  readonly billed: readonly BilledLine[];
  /** Issued documents that people, or late usage before, have credited to be issued again: they take their corrections in. */
  readonly reissued?: ReadonlySet<string>;
};

/** An issued document to credit in full and issue again, with what its lines should have been. */
export type Rebill = { readonly documentId: string; readonly corrections: readonly Adjustment[] };

/** What late usage would have brought to an original line, had the contract not agreed to leave it. */
export type IgnoredUsage = { readonly line: Line; readonly amount: Money };

export type BillingProposal = {
  readonly invoices: readonly ProposedInvoice[];
  readonly rebills: readonly Rebill[];
  /** Adjustments for the next invoice, which falls due soon enough. */
  readonly waiting: readonly Line[];
  readonly ignored: readonly IgnoredUsage[];
};

/** Decision "Late usage": an adjustment waits so long for the next invoice, otherwise it gets one of its own. */
const DAYS_TO_WAIT = 31;

/**
 * "Should be billed" minus "already billed" on the last day of the plan. Lines of one due day make one invoice. What was
 * billed with the right amount proposes nothing; a difference becomes an adjustment line on the latest proposed invoice,
 * or waits for the next one. Where usage came late, the contract's policy decides instead; what was credited in part is
 * not issued again.
 */
export function proposeInvoices(input: BillingInput): BillingProposal {
  const { contract, reissued = NONE } = input;
  const settled = settle(input);
  if (settled.adjustments.length === 0 || contract.lateUsage === "next_invoice") {
    return rebill(input, settled, reissued);
  }
  const asBilled = settle(input, billedUsageOf(input.billed));
  const late = differencesBetween(settled.adjustments, asBilled.adjustments);
  if (contract.lateUsage === "ignore_with_report") return { ...rebill(input, asBilled, reissued), ignored: late };

  const kept = new Set(
    input.billed.filter(({ isCreditedInPart }) => isCreditedInPart).map(({ documentId }) => documentId),
  );
  const documents = late.map(({ documentId }) => documentId).filter((id) => !kept.has(id));
  return rebill(input, settled, new Set([...reissued, ...documents]));
}

const NONE: ReadonlySet<string> = new Set();

/** Corrections of these documents go to what replaces them, all others on adjustment lines. */
function rebill(
  input: BillingInput,
  { due, adjustments }: Reconciliation,
  documents: ReadonlySet<string>,
): BillingProposal {
  if (documents.size === 0) return compose(input, { due, adjustments });
  const isRebilled = ({ documentId }: Adjustment) => documents.has(documentId);
  const rebills = [...groupBy(adjustments.filter(isRebilled), ({ documentId }) => documentId)];
  const others = adjustments.filter((adjustment) => !isRebilled(adjustment));
  return {
    ...compose(input, { due, adjustments: others }),
    rebills: rebills.map(([documentId, corrections]) => ({ documentId, corrections })),
  };
}

function settle({ contract, plan, billed, ...readings }: BillingInput, billedUsage?: BilledUsage): Reconciliation {
  const { from, through } = plan.window;
  const lines = expectedLines(contract, plan, readings, billedUsage);
  const settled = reconcile({
    expected: contract.billedThrough === null ? lines : lines.filter((line) => !isBilledElsewhere(contract, line)),
    billed,
    laterSegments: plan.laterSegments,
    isInWindow: (dueOn) => from <= dueOn && dueOn <= through,
    currency: contract.currency,
  });
  return withLateLines(settled, billed);
}

/**
 * Overage, true-ups, caps and the like have no line while they are nothing. One that appears when the invoice of its day
 * has been issued corrects that invoice, as an adjustment would.
 */
function withLateLines({ due, adjustments }: Reconciliation, billed: readonly BilledLine[]): Reconciliation {
  if (billed.length === 0) return { due, adjustments };
  const issued = new Map(
    billed.filter(({ kind }) => kind !== "adjustment").map((line) => [dueDayOf(line), line.documentId]),
  );
  const late = due.flatMap((line): Adjustment[] => {
    const documentId = line.kind === "charge" ? undefined : issued.get(line.dueOn);
    if (documentId === undefined) return [];
    const corrected = { ...line, correctsDocumentId: documentId };
    return [{ line: corrected, documentId, originalKey: line.key, expected: corrected }];
  });
  const keys = new Set(late.map(({ originalKey }) => originalKey));
  return { due: due.filter(({ key }) => !keys.has(key)), adjustments: [...adjustments, ...late] };
}

type BilledUsage = ReadonlyMap<string, Explanation>;

/** How metered lines were last billed, by the key of the original. */
function billedUsageOf(billed: readonly BilledLine[]): BilledUsage {
  const explained = billed.flatMap(({ key, servicePeriod, explanation }): [string, Explanation][] => {
    const last = explanation?.adjustment ? explanation.adjustment.expectedLine : explanation;
    // Service that was cut for a while and is whole again was billed whole.
    const isWhole = last?.servicePeriod.endsBefore === servicePeriod.endsBefore;
    return isWhole && last?.quantity?.source.kind === "usage" ? [[originalKeyOf(key), last]] : [];
  });
  return new Map(explained);
}

function differencesBetween(
  now: readonly Adjustment[],
  asBilled: readonly Adjustment[],
): (IgnoredUsage & { readonly documentId: string })[] {
  const netOf = (adjustments: readonly Adjustment[]) =>
    new Map(adjustments.map(({ originalKey, line }) => [originalKey, line.net]));
  const [withUsage, without] = [netOf(now), netOf(asBilled)];
  const byOriginal = new Map([...asBilled, ...now].map((adjustment) => [adjustment.originalKey, adjustment]));
  return [...byOriginal.values()].flatMap(({ originalKey, line, documentId }) => {
    const nothing = zero(line.net.currency);
    const amount = subtract(withUsage.get(originalKey) ?? nothing, without.get(originalKey) ?? nothing);
    return amount.amount.isZero() ? [] : [{ line, amount, documentId }];
  });
}

function compose({ contract, plan }: BillingInput, { due, adjustments }: Reconciliation): BillingProposal {
  const asOf = plan.window.through;
  const linesByDueDay = groupBy(due, ({ dueOn }) => dueOn);
  for (const { line, dueOn } of adjustments.flatMap(dueAnew)) {
    linesByDueDay.set(dueOn, [...(linesByDueDay.get(dueOn) ?? []), line]);
  }
  const byDueDay = [...linesByDueDay].sort(([a], [b]) => (a < b ? -1 : 1));
  const corrections = adjustments.filter((adjustment) => dueAnew(adjustment).length === 0).map(({ line }) => line);
  const latest = byDueDay.at(-1);
  const isWaiting = latest === undefined && nextDueDay(contract, asOf, addDays(asOf, DAYS_TO_WAIT)) !== null;
  if (corrections.length > 0 && !isWaiting) {
    if (latest === undefined) byDueDay.push([asOf, corrections]);
    else latest[1].push(...corrections);
  }
  return {
    invoices: byDueDay.map(([billsOn, lines]) => toInvoice(contract, billsOn, lines)),
    rebills: [],
    waiting: isWaiting ? corrections : [],
    ignored: [],
  };
}

/** Service that was extended since it was billed falls due with the longer period, like any other. */
const dueAnew = ({ line, expected }: Adjustment): { readonly line: Line; readonly dueOn: PlainDate }[] =>
  expected !== null && expected.dueOn > line.dueOn ? [{ line, dueOn: expected.dueOn }] : [];

/** Cut-over: in advance by the first day served, in arrears by the last (decision on `billedThrough`). */
function isBilledElsewhere({ billedThrough }: Contract, { timing, dueOn }: Pick<Line, "timing" | "dueOn">): boolean {
  if (billedThrough === null) return false;
  return (timing === "in_advance" ? dueOn : addDays(dueOn, -1)) <= billedThrough;
}

function toInvoice({ id, currency }: Contract, billsOn: PlainDate, lines: readonly Line[]): ProposedInvoice {
  const servicePeriod = servicePeriodOf(lines);
  if (servicePeriod === null) throw new Error(`an invoice without lines on ${billsOn}`);
  return {
    contractId: id,
    currency,
    billsOn,
    billingMonth: billingMonthOf(lines, billsOn),
    servicePeriod,
    lines,
    net: sum(
      lines.map(({ net }) => net),
      currency,
    ),
  };
}
