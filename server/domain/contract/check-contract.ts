import { parsePlainDate } from "../calendar/plain-date";
import { parseCurrency } from "../money/currency";
import { at } from "../problem";
import { checkBounds } from "./check-bounds";
import { checkCharge } from "./check-charge";
import { checkContractDiscounts } from "./check-contract-discounts";
import type { Charge, Contract, Phase } from "./contract";
import { type ContractProblem, type ContractProblemCode, problem } from "./contract-problem";
import { hasDays } from "./open-period";

export type { ContractProblem, ContractProblemCode } from "./contract-problem";

/**
 * Everything that keeps a contract from being billed, each with its place; none: the contract is good. A bound over its
 * own term may outlive a contract that was cancelled, and no other: it is then owed by days, or in full.
 */
export function checkContract(contract: Contract, { isCancelled = false } = {}): ContractProblem[] {
  const { currency, anchorOn } = contract;
  return [
    ...(parseCurrency(currency.code).ok ? [] : [problem("CURRENCY_UNKNOWN", ["currency"], currency.code)]),
    ...(parsePlainDate(anchorOn).ok ? [] : [problem("ANCHOR_MALFORMED", ["anchorOn"], anchorOn)]),
    ...(hasDays(contract) ? [] : [problem("TERM_WITHOUT_DAYS", ["endsBefore"], contract.endsBefore)]),
    ...checkPhases(contract),
    ...contract.phases.flatMap((phase, index) => at(["phases", index, "charges"], checkCharges(phase.charges))),
    ...checkBounds(contract, isCancelled),
    ...checkContractDiscounts(contract),
  ];
}

function checkPhases({ startsOn, endsBefore, phases }: Contract): ContractProblem[] {
  if (phases.length === 0) return [problem("PHASES_MISSING", ["phases"])];
  const problems: ContractProblem[] = [];
  let expectedStart: string | null = startsOn;
  for (const [index, phase] of phases.entries()) {
    const report = (code: ContractProblemCode, field: keyof Phase & string, given: string | null) =>
      problems.push(problem(code, ["phases", index, field], given));

    if (!hasDays(phase)) report("PHASE_WITHOUT_DAYS", "endsBefore", phase.endsBefore);
    if (phase.startsOn < startsOn) report("PHASE_OUTSIDE_TERM", "startsOn", phase.startsOn);
    else if (expectedStart === null || phase.startsOn < expectedStart) {
      report("PHASES_OVERLAP", "startsOn", phase.startsOn);
    } else if (phase.startsOn > expectedStart) report("PHASES_GAP", "startsOn", phase.startsOn);

    if (endsBefore !== null && phase.endsBefore !== null && phase.endsBefore > endsBefore) {
      report("PHASE_OUTSIDE_TERM", "endsBefore", phase.endsBefore);
    }
    if (endsBefore !== null && phase.endsBefore === null) report("PHASE_OUTSIDE_TERM", "endsBefore", null);
    expectedStart = phase.endsBefore;
  }
  if (expectedStart !== null && (endsBefore === null || expectedStart < endsBefore)) {
    problems.push(problem("PHASES_GAP", ["phases", phases.length - 1, "endsBefore"], expectedStart));
  }
  return problems;
}

function checkCharges(charges: readonly Charge[]): ContractProblem[] {
  const lineages = new Set<string>();
  return charges.flatMap((charge, index) => {
    const problems = checkCharge(charge);
    if (lineages.has(charge.lineageId)) {
      problems.push(problem("LINEAGE_TWICE_IN_PHASE", ["lineageId"], charge.lineageId));
    }
    lineages.add(charge.lineageId);
    return at([index], problems);
  });
}
