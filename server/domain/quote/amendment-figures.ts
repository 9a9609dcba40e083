import type { Period } from "../calendar/period";
import { addDays, addMonths, daysBetween, laterOf, type PlainDate } from "../calendar/plain-date";
import type { Contract } from "../contract/contract";
import { compareContracts } from "../contract/describe-change";
import type { Line } from "../invoice/line";
import { planSegments } from "../invoice/plan-segments";
import { proposeInvoices } from "../invoice/propose-invoices";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { endedWith, termLookedAt } from "./figures-term";
import { monthlyRecurring, nothingUsed } from "./monthly-recurring";

/** A figure of the contract as it is and as amended; `difference` is after less before. */
export type Change = { readonly before: Decimal; readonly after: Decimal; readonly difference: Decimal };

/**
 * What an amendment makes of a contract's figures, by the engine that bills it: without usage and with the contracted
 * seats, so that only what is owed whatever is used counts.
 */
export type AmendmentFigures = {
  readonly currency: Currency;
  /** Over the whole term; of a contract without an end over the days that both are looked at. */
  readonly total: Change;
  /** Of that, what is owed for service from the effective day on; a service period that reaches over it by its days. */
  readonly remaining: Change;
  /** On the first day on which all of the changes hold; where the old term is over by then, on its last day. */
  readonly monthlyRecurring: Change;
  readonly annualRecurring: Change;
};

/** Both contracts have passed their checks; the amendment takes effect within the first, or on its end. */
export function amendmentFigures(before: Contract, after: Contract, effectiveOn: PlainDate): AmendmentFigures {
  const open = [before, after].filter(({ endsBefore }) => endsBefore === null).map(termLookedAt);
  const lookedAt = open.reduce((end, term) => laterOf(end, term.endsBefore), addMonths(effectiveOn, 12));
  const [linesBefore, linesAfter] = [committed(before, lookedAt), committed(after, lookedAt)];
  const total = changeOf(sumOf(linesBefore), sumOf(linesAfter));
  const owed = roundToMinorUnit(money(owedFrom(linesBefore, effectiveOn), before.currency)).amount;

  const day = firstDayOfAll(before, after, effectiveOn);
  const [recurringBefore, recurringAfter] = [
    monthlyRecurring(before, lastDayUpTo(before, day)),
    monthlyRecurring(after, day),
  ];
  return {
    currency: before.currency,
    total,
    // What was owed for the days before is not what an amendment changes.
    remaining: changeOf(owed, owed.plus(total.difference)),
    monthlyRecurring: changeOf(recurringBefore.monthlyRecurring, recurringAfter.monthlyRecurring),
    annualRecurring: changeOf(recurringBefore.annualRecurring, recurringAfter.annualRecurring),
  };
}

const changeOf = (before: Decimal, after: Decimal): Change => ({ before, after, difference: after.minus(before) });

/** Everything that is owed to the end, or to the day that a contract without one is looked at. */
function committed(contract: Contract, lookedAt: PlainDate): Line[] {
  const term: Period = { startsOn: contract.startsOn, endsBefore: contract.endsBefore ?? lookedAt };
  const ended = endedWith(contract, term);
  const plan = planSegments(ended, { from: term.startsOn, through: term.endsBefore });
  const { invoices } = proposeInvoices({ contract: ended, plan, billed: [], ...nothingUsed(plan) });
  return invoices.flatMap(({ lines }) => lines);
}

const sumOf = (lines: readonly Line[]): Decimal => lines.reduce((sum, { net }) => sum.plus(net.amount), ZERO);

function owedFrom(lines: readonly Line[], day: PlainDate): Decimal {
  return lines.reduce((sum, { net, servicePeriod: { startsOn, endsBefore } }) => {
    if (endsBefore <= day) return sum;
    if (startsOn >= day) return sum.plus(net.amount);
    return sum.plus(net.amount.times(daysBetween(day, endsBefore)).div(daysBetween(startsOn, endsBefore)));
  }, ZERO);
}

/** What is billed in advance may change later than the rest, and then once. */
function firstDayOfAll(before: Contract, after: Contract, effectiveOn: PlainDate): PlainDate {
  const first = new Map<string, PlainDate>();
  for (const { lineageId, startsOn } of compareContracts(before, after).charges) {
    if (!first.has(lineageId)) first.set(lineageId, startsOn);
  }
  const day = [...first.values()].reduce(laterOf, effectiveOn);
  return lastDayUpTo(after, day);
}

const lastDayUpTo = ({ endsBefore }: Contract, day: PlainDate): PlainDate =>
  endsBefore === null || day < endsBefore ? day : addDays(endsBefore, -1);
