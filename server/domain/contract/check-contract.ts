import { parseCurrency } from "../money/currency";
import { checkPrice, type PriceProblemCode } from "../pricing/check-price";
import type { Discount } from "../pricing/discount";
import type { PriceModelName } from "../pricing/price";
import { at, type Problem } from "../problem";
import type { Charge, Contract, MinimumCommitment, Phase } from "./contract";

export type ContractProblemCode =
  | PriceProblemCode
  | "CURRENCY_UNKNOWN"
  | "TERM_WITHOUT_DAYS"
  | "PHASES_MISSING"
  | "PHASE_WITHOUT_DAYS"
  | "PHASE_OUTSIDE_TERM"
  | "PHASES_OVERLAP"
  | "PHASES_GAP"
  | "QUANTITY_NEGATIVE"
  | "LINEAGE_TWICE_IN_PHASE"
  | "METRIC_MISSING"
  | "METRIC_NOT_APPLICABLE"
  | "METERED_IN_ADVANCE"
  | "METERED_ONE_TIME"
  | "ONE_TIME_PRICE_RECURRING"
  | "DISCOUNT_TWICE"
  | "COVERED_LINEAGE_UNKNOWN";

export type ContractProblem = Problem<ContractProblemCode>;

/** Everything that keeps a contract from being billed, each with its place; none: the contract is good. */
export function checkContract(contract: Contract): ContractProblem[] {
  return [
    ...(parseCurrency(contract.currency.code).ok
      ? []
      : [problem("CURRENCY_UNKNOWN", ["currency"], contract.currency.code)]),
    ...(hasDays(contract) ? [] : [problem("TERM_WITHOUT_DAYS", ["endsBefore"], contract.endsBefore)]),
    ...checkPhases(contract),
    ...contract.phases.flatMap((phase, index) => at(["phases", index, "charges"], checkCharges(phase.charges))),
    ...contract.minimums.flatMap((minimum, index) => at(["minimums", index], checkMinimum(minimum, contract))),
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

const UNMETERED_MODELS: readonly PriceModelName[] = ["flat", "seat", "one_time"];

function checkCharge(charge: Charge): ContractProblem[] {
  const { price, metricId, quantity, timing, cadence } = charge;
  const problems: ContractProblem[] = [...at(["price"], checkPrice(price)), ...checkDiscounts(charge.discounts)];
  if (quantity.lt(0)) problems.push(problem("QUANTITY_NEGATIVE", ["quantity"], quantity.toFixed()));
  if (price.model === "percentage" && metricId === null) problems.push(problem("METRIC_MISSING", ["metricId"]));
  if (price.model === "one_time" && cadence !== "one_time") {
    problems.push(problem("ONE_TIME_PRICE_RECURRING", ["cadence"], cadence));
  }
  if (metricId === null) return problems;
  if (UNMETERED_MODELS.includes(price.model)) problems.push(problem("METRIC_NOT_APPLICABLE", ["metricId"], metricId));
  if (timing === "in_advance") problems.push(problem("METERED_IN_ADVANCE", ["timing"], timing));
  if (cadence === "one_time") problems.push(problem("METERED_ONE_TIME", ["cadence"], cadence));
  return problems;
}

function checkDiscounts(discounts: readonly Discount[]): ContractProblem[] {
  const ids = new Set<string>();
  return discounts.flatMap((discount, index) => {
    const problems: ContractProblem[] = [];
    if (discount.kind === "fixed" && discount.amount.lt(0)) {
      problems.push(problem("NEGATIVE", ["discounts", index, "amount"], discount.amount.toFixed()));
    }
    if (ids.has(discount.id)) problems.push(problem("DISCOUNT_TWICE", ["discounts", index, "id"], discount.id));
    ids.add(discount.id);
    return problems;
  });
}

function checkMinimum({ amount, lineageIds }: MinimumCommitment, contract: Contract): ContractProblem[] {
  const known = new Set(contract.phases.flatMap(({ charges }) => charges.map(({ lineageId }) => lineageId)));
  const covered = lineageIds === "all" ? [] : lineageIds;
  return [
    ...(amount.lt(0) ? [problem("NEGATIVE", ["amount"], amount.toFixed())] : []),
    ...covered.flatMap((lineageId, index) =>
      known.has(lineageId) ? [] : [problem("COVERED_LINEAGE_UNKNOWN", ["lineageIds", index], lineageId)],
    ),
  ];
}

const hasDays = ({ startsOn, endsBefore }: Pick<Phase, "startsOn" | "endsBefore">): boolean =>
  endsBefore === null || startsOn < endsBefore;

function problem(
  code: ContractProblemCode,
  path: readonly (string | number)[],
  given: string | null = null,
): ContractProblem {
  return given === null ? { code, path } : { code, path, given };
}
