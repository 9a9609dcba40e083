import { addDays, type PlainDate } from "../calendar/plain-date";
import type { Contract } from "../contract/contract";
import { groupBy } from "../group-by";
import { sum } from "../money/money";
import { billingMonthOf, servicePeriodOf } from "./billing-month";
import { expectedLines } from "./expected-lines";
import type { BilledLine, Line, ProposedInvoice } from "./line";
import { planSegments } from "./plan-segments";
import type { Readings } from "./readings";
import { reconcile } from "./reconcile";

export type BillingInput = Readings & {
  readonly contract: Contract;
  /**
   * Engine lines of the contract's issued documents, net of credit notes. Drafts are no part of it, they are proposed
   * anew; nor are documents that were voided, or credited in full to be issued again.
   */
  readonly billed: readonly BilledLine[];
  /** Bills what falls due up to this day, included. */
  readonly asOf: PlainDate;
  /** Looks back to due days from here on, for what was missed and for late usage. */
  readonly from: PlainDate;
};

/**
 * "Should be billed" minus "already billed" at an as-of day. Lines of one due day make one invoice. What was billed with
 * the right amount proposes nothing; a difference becomes an adjustment line on the latest proposed invoice, or else on
 * one of its own on the as-of day. Readings answer planSegments(contract, { from, through: asOf }).
 */
export function proposeInvoices({ contract, usage, seats, billed, asOf, from }: BillingInput): ProposedInvoice[] {
  const plan = planSegments(contract, { from, through: asOf });
  const expected = expectedLines(contract, plan, { usage, seats });
  const isInWindow = (dueOn: PlainDate) => from <= dueOn && dueOn <= asOf;
  const { due, adjustments } = reconcile({
    expected: expected.filter((line) => !isBilledElsewhere(contract, line)),
    billed,
    laterSegments: plan.laterSegments,
    isInWindow,
    currency: contract.currency,
  });

  const byDueDay = [...groupBy(due, ({ dueOn }) => dueOn)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (adjustments.length > 0) {
    const latest = byDueDay.at(-1);
    if (latest === undefined) byDueDay.push([asOf, [...adjustments]]);
    else latest[1].push(...adjustments);
  }
  return byDueDay.map(([billsOn, lines]) => toInvoice(contract, billsOn, lines));
}

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
