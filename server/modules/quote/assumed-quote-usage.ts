import type { PlainDate } from "../../domain/calendar/plain-date";
import { monthOf, type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import type { Assumed } from "../../domain/quote/figures";
import { termLookedAt } from "../../domain/quote/figures-term";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { type AssumedUsage, assumedReadings, checkAssumptions } from "../contract";
import type { CheckedTerms } from "./check-quote-terms";

/** What is supposed to be used while the quote runs, and the seats in use from days on. */
export type AssumedQuoteUsage = {
  readonly usage: readonly AssumedLevel[];
  readonly seats: readonly AssumedQuoteSeats[];
};

/** What is supposed to be used of a metric in a month; null: in each month that has no level of its own. */
export type AssumedLevel = Omit<AssumedUsage, "month"> & { readonly month: PlainMonth | null };

/** Without any of a price, its contracted seats are in use. */
export type AssumedQuoteSeats = { readonly priceId: string; readonly effectiveOn: PlainDate; readonly seats: number };

/** What keeps the assumptions from being answered, at places of `usage` and `seats`. */
export function checkAssumed(assumed: AssumedQuoteUsage, { draft, named }: CheckedTerms): Problem[] {
  const problems = new InputProblems();
  const known = new Set<string>();
  assumed.usage.forEach(({ metricId, month }, index) => {
    const key = `${metricId}|${month}`;
    if (known.has(key)) {
      const when = month ?? "the months without a level of their own";
      const message = `The metric has another level for ${when} already. Send one.`;
      problems.report("LEVEL_TWICE", message, "usage", String(index), "month");
    }
    known.add(key);
  });
  return [...problems.found, ...checkAssumptions(assumed, { contract: draft.contract, named, thing: "quote" })];
}

/** The readings that the engine would be given, were it so. */
export function assumedAnswers({ usage, seats }: AssumedQuoteUsage, { draft, named }: CheckedTerms): Assumed {
  const { startsOn, endsBefore } = termLookedAt(draft.contract);
  const months: PlainMonth[] = [];
  for (let month = monthOf(startsOn); month <= monthOf(endsBefore); month = shiftMonth(month, 1)) months.push(month);

  const ofOwn = usage.flatMap(({ month, ...level }) => (month === null ? [] : [{ ...level, month }]));
  const hasOwn = new Set(ofOwn.map(({ metricId, month }) => `${metricId}|${month}`));
  const ofOthers = usage
    .filter(({ month }) => month === null)
    .flatMap((level) => months.map((month): AssumedUsage => ({ ...level, month })))
    .filter(({ metricId, month }) => !hasOwn.has(`${metricId}|${month}`));
  const assumptions = {
    usage: [...ofOwn, ...ofOthers],
    seats: seats.flatMap(({ priceId, ...change }) => {
      const lineageId = named.prices.get(priceId)?.lineageId;
      return lineageId === undefined ? [] : [{ ...change, lineageId }];
    }),
  };
  return (wanted) => assumedReadings(wanted, assumptions, named.metrics);
}
