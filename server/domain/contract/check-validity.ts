import type { OpenPeriod } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { Contract } from "./contract";
import { type ContractProblem, problem } from "./contract-problem";

/** The days that a minimum, maximum or discount holds for; null: those of the contract. */
export type Validity = { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null };

/** The days it holds for in this contract. */
export function daysOf({ startsOn, endsBefore }: Validity, term: OpenPeriod): OpenPeriod {
  return { startsOn: startsOn ?? term.startsOn, endsBefore: endsBefore ?? term.endsBefore };
}

/** Days of its own are days, and lie in the term. */
export function checkValidity({ startsOn, endsBefore }: Validity, term: OpenPeriod): ContractProblem[] {
  if (startsOn !== null && endsBefore !== null && endsBefore <= startsOn) {
    return [problem("VALIDITY_WITHOUT_DAYS", ["endsBefore"], endsBefore)];
  }
  const isAfterTerm = (day: PlainDate) => term.endsBefore !== null && day > term.endsBefore;
  const problems: ContractProblem[] = [];
  if (startsOn !== null && (startsOn < term.startsOn || startsOn === term.endsBefore || isAfterTerm(startsOn))) {
    problems.push(problem("VALIDITY_OUTSIDE_TERM", ["startsOn"], startsOn));
  }
  if (endsBefore !== null && (endsBefore <= term.startsOn || isAfterTerm(endsBefore))) {
    problems.push(problem("VALIDITY_OUTSIDE_TERM", ["endsBefore"], endsBefore));
  }
  return problems;
}

/** Each lineage that is named is billed in some phase. */
export function checkLineages(lineageIds: readonly string[], contract: Contract): ContractProblem[] {
  const known = lineagesOf(contract);
  return lineageIds.flatMap((lineageId, index) =>
    known.has(lineageId) ? [] : [problem("COVERED_LINEAGE_UNKNOWN", ["lineageIds", index], lineageId)],
  );
}

export const lineagesOf = ({ phases }: Contract): Set<string> =>
  new Set(phases.flatMap(({ charges }) => charges.map(({ lineageId }) => lineageId)));
