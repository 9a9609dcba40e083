import type { PriceProblemCode } from "../pricing/check-price";
import type { Problem } from "../problem";

export type ContractProblemCode =
  | PriceProblemCode
  | "CURRENCY_UNKNOWN"
  | "ANCHOR_MALFORMED"
  | "TERM_WITHOUT_DAYS"
  | "PHASES_MISSING"
  | "PHASE_WITHOUT_DAYS"
  | "PHASE_OUTSIDE_TERM"
  | "PHASES_OVERLAP"
  | "PHASES_GAP"
  | "QUANTITY_NEGATIVE"
  | "LINEAGE_TWICE_IN_PHASE"
  | "CADENCE_UNKNOWN"
  | "OVERAGE_CADENCE_NOT_WITHIN"
  | "METRIC_MISSING"
  | "METRIC_NOT_APPLICABLE"
  | "METERED_IN_ADVANCE"
  | "METERED_ONE_TIME"
  | "ONE_TIME_PRICE_RECURRING"
  | "DISCOUNT_TWICE"
  | "BOUND_TWICE"
  | "VALIDITY_MISSING"
  | "VALIDITY_WITHOUT_DAYS"
  | "VALIDITY_OUTSIDE_TERM"
  | "COVERED_LINEAGE_UNKNOWN"
  | "COMMITMENT_UNKNOWN";

export type ContractProblem = Problem<ContractProblemCode>;

export function problem(
  code: ContractProblemCode,
  path: readonly (string | number)[],
  given: string | null = null,
): ContractProblem {
  return given === null ? { code, path } : { code, path, given };
}
