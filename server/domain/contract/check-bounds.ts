import { monthsIn } from "../calendar/cadence";
import { at } from "../problem";
import { checkCadence } from "./check-charge";
import { checkLineages, checkValidity, daysOf, lineagesOf } from "./check-validity";
import type { Contract, SpendBound } from "./contract";
import { type ContractProblem, problem } from "./contract-problem";
import { shareDays } from "./open-period";

/** Everything that keeps minimums and maximums from being compared with, alone and with each other. */
export function checkBounds(contract: Contract, isCancelled: boolean): ContractProblem[] {
  const { minimums, maximums } = contract;
  const minimumIds = new Set(minimums.map(({ id }) => id));
  return [
    ...minimums.flatMap((minimum, index) =>
      at(
        ["minimums", index],
        [
          ...checkBound(minimum, contract, isCancelled),
          ...checkId(minimum, minimums.slice(0, index)),
          ...checkBelow(minimum, contract),
        ],
      ),
    ),
    ...maximums.flatMap((maximum, index) =>
      at(
        ["maximums", index],
        [
          ...checkBound(maximum, contract, isCancelled),
          ...(minimumIds.has(maximum.id) ? [problem("BOUND_TWICE", ["id"], maximum.id)] : []),
          ...checkId(maximum, maximums.slice(0, index)),
        ],
      ),
    ),
  ];
}

function checkBound(bound: SpendBound, contract: Contract, isCancelled: boolean): ContractProblem[] {
  const { amount, cadence, lineageIds, startsOn, endsBefore } = bound;
  return [
    ...(amount.lt(0) ? [problem("NEGATIVE", ["amount"], amount.toFixed())] : []),
    ...(cadence === "term" ? [] : checkCadence(cadence)),
    ...(cadence === "term" && startsOn === null ? [problem("VALIDITY_MISSING", ["startsOn"])] : []),
    ...(cadence === "term" && endsBefore === null ? [problem("VALIDITY_MISSING", ["endsBefore"])] : []),
    ...checkValidity(bound, isCancelled && cadence === "term" ? { ...contract, endsBefore: null } : contract),
    ...(lineageIds === "all" ? [] : checkLineages(lineageIds, contract)),
  ];
}

const checkId = ({ id }: SpendBound, others: readonly SpendBound[]): ContractProblem[] =>
  others.some((other) => other.id === id) ? [problem("BOUND_TWICE", ["id"], id)] : [];

/** Where both compare the same charges in the same periods, no amount could satisfy a minimum above the maximum. */
function checkBelow(minimum: SpendBound, contract: Contract): ContractProblem[] {
  const isContradicted = contract.maximums.some(
    (maximum) =>
      minimum.amount.gt(maximum.amount) &&
      hasSamePeriods(minimum, maximum) &&
      hasSameLineages(minimum, maximum, contract) &&
      shareDays(daysOf(minimum, contract), daysOf(maximum, contract)),
  );
  return isContradicted ? [problem("MINIMUM_ABOVE_MAXIMUM", ["amount"], minimum.amount.toFixed())] : [];
}

function hasSamePeriods(a: SpendBound, b: SpendBound): boolean {
  if (a.cadence === "term" || b.cadence === "term") return a.cadence === b.cadence;
  return monthsIn(a.cadence) === monthsIn(b.cadence);
}

function hasSameLineages(a: SpendBound, b: SpendBound, contract: Contract): boolean {
  const [first, second] = [a, b].map(({ lineageIds }) =>
    lineageIds === "all" ? lineagesOf(contract) : new Set(lineageIds),
  ) as [Set<string>, Set<string>];
  return first.size === second.size && [...first].every((lineageId) => second.has(lineageId));
}
