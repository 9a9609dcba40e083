import { daysIn, intersect, type Period } from "../calendar/period";
import { addMonths, daysBetween, laterOf, type PlainDate } from "../calendar/plain-date";
import type { Contract } from "../contract/contract";
import { Decimal } from "../money/decimal";

const MONTHS_OF_YEAR = 12;

/** The days that figures look at: the term; without an end until the last phase has run a year. */
export function termLookedAt({
  startsOn,
  endsBefore,
  phases,
}: {
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly phases: readonly { readonly startsOn: PlainDate }[];
}): Period {
  const lastStart = phases.reduce((last, phase) => laterOf(last, phase.startsOn), startsOn);
  return { startsOn, endsBefore: endsBefore ?? addMonths(lastStart, MONTHS_OF_YEAR) };
}

/** The contract as if it ended with the days that are looked at, so that all service in them is billed, and no other. */
export const endedWith = (contract: Contract, { endsBefore }: Period): Contract =>
  contract.endsBefore === endsBefore
    ? contract
    : {
        ...contract,
        endsBefore,
        phases: contract.phases.map((phase) => ({ ...phase, endsBefore: phase.endsBefore ?? endsBefore })),
      };

/** Whole months from the first day, and the rest by the days of the month that it lies in. */
export function monthsOf({ startsOn, endsBefore }: Period): Decimal {
  const whole = wholeMonths(startsOn, endsBefore);
  const [from, to] = [addMonths(startsOn, whole), addMonths(startsOn, whole + 1)];
  return new Decimal(daysBetween(from, endsBefore)).div(daysBetween(from, to)).plus(whole);
}

function wholeMonths(startsOn: PlainDate, endsBefore: PlainDate): number {
  let whole = 0;
  while (addMonths(startsOn, whole + 1) <= endsBefore) whole += 1;
  return whole;
}

/** The years of a contract, from its first day; the last may be shorter. */
export function yearsOf(term: Period): Period[] {
  const years: Period[] = [];
  for (let startsOn = term.startsOn; startsOn < term.endsBefore; ) {
    const endsBefore = addMonths(term.startsOn, MONTHS_OF_YEAR * (years.length + 1));
    const year = intersect({ startsOn, endsBefore }, term);
    if (year) years.push(year);
    startsOn = endsBefore;
  }
  return years;
}

/** A part of the term that lies in one phase and in one year, each told by its place. */
export type TermPart = { readonly period: Period; readonly phase: number; readonly year: number };

/** Phases against years: neither overlapping nor missing a day of the term. */
export const termParts = (phases: readonly Period[], years: readonly Period[]): TermPart[] =>
  phases.flatMap((phasePeriod, phase) =>
    years.flatMap((yearPeriod, year) => {
      const period = intersect(phasePeriod, yearPeriod);
      return period ? [{ period, phase, year }] : [];
    }),
  );

export type PartServed = Pick<TermPart, "phase"> & { readonly index: number; readonly days: number };

/** The parts in which a period serves days, by their places, with how many. */
export const partsServed = (parts: readonly TermPart[], period: Period): PartServed[] =>
  parts.flatMap((part, index) => {
    const served = intersect(part.period, period);
    return served ? [{ index, phase: part.phase, days: daysIn(served) }] : [];
  });
