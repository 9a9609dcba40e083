import type { ContractProblem, ContractProblemCode } from "../../domain/contract/check-contract";
import type { PlanProblem, PlanProblemCode } from "../../domain/contract/plan-charge";
import type { RenewalProblemCode } from "../../domain/contract/renewal";
import type { Problem as DomainProblem } from "../../domain/problem";
import type { Problem } from "../../platform/refusal";

/** The domain's problem as the API says it: in the words and at the place of the input. */
export function toInputProblem({ code, path, given }: ContractProblem): Problem {
  const say = sentences[code];
  return { code, message: say({ where: whereOf(path), given: given ?? "" }), path: inputPathOf(path).map(String) };
}

type Facts = { readonly where: string; readonly given: string };

const PRICE_IS_BROKEN = "Correct the price in the catalog and use the corrected version.";

const sentences: { readonly [C in ContractProblemCode]: (facts: Facts) => string } = {
  ANCHOR_MALFORMED: ({ given }) => `"${given}" is not a calendar day. Send one such as "2026-01-31".`,
  CURRENCY_UNKNOWN: ({ given }) => `"${given}" is not an ISO 4217 currency code. Send one such as "EUR".`,
  TERM_WITHOUT_DAYS: ({ given }) =>
    `The contract has no days: endsBefore, ${given}, is the day after its last day and must be later than startsOn.`,
  PHASES_MISSING: () => "The contract has no phase. Send at least one, over the whole term.",
  PHASE_WITHOUT_DAYS: ({ where, given }) =>
    `${where} has no days: endsBefore, ${given}, is the day after its last day and must be later than startsOn.`,
  PHASE_OUTSIDE_TERM: ({ where, given }) =>
    given === ""
      ? `${where} has no end, but the contract has. Let it end with the contract.`
      : `${where} reaches beyond the term of the contract with ${given}. Phases lie within the term.`,
  PHASES_OVERLAP: ({ where, given }) =>
    `${where} starts on ${given}, before the phase ahead of it ends. Let it start on the day on which that one ends (endsBefore).`,
  PHASES_GAP: ({ where, given }) =>
    `${where} leaves days of the contract without a phase (at ${given}). Phases follow one another without gaps, from the first day of the term to its last.`,
  QUANTITY_NEGATIVE: ({ where, given }) => `${where}: a quantity of ${given} cannot be billed. Send 0 or more.`,
  LINEAGE_TWICE_IN_PHASE: ({ where }) =>
    `${where} has a price that another charge of the phase has already, in this or another version. Add up the quantities in one charge.`,
  METRIC_MISSING: ({ where }) =>
    `${where}: a percentage price needs a usage metric that says percent of what. ${PRICE_IS_BROKEN}`,
  METRIC_NOT_APPLICABLE: ({ where }) =>
    `${where}: the price has a usage metric, but its model does not measure usage. ${PRICE_IS_BROKEN}`,
  METERED_IN_ADVANCE: ({ where }) => `${where}: usage can only be billed in arrears. ${PRICE_IS_BROKEN}`,
  METERED_ONE_TIME: ({ where }) => `${where}: usage needs a cadence that recurs. ${PRICE_IS_BROKEN}`,
  ONE_TIME_PRICE_RECURRING: ({ where, given }) =>
    `${where}: a one-time price cannot be billed ${given}. ${PRICE_IS_BROKEN}`,
  CADENCE_UNKNOWN: ({ where, given }) => `${where}: "${given}" is no cadence. A period has from 1 to 120 whole months.`,
  OVERAGE_CADENCE_NOT_WITHIN: ({ where, given }) =>
    `${where}: seats beyond those billed in advance cannot fall due ${given}, which does not divide the cadence of the price. ${PRICE_IS_BROKEN}`,
  DISCOUNT_TWICE: ({ where }) => `${where} has the key of another discount of the same charge. Leave one of them out.`,
  BOUND_TWICE: ({ where }) => `${where} is there twice. Leave one of them out.`,
  VALIDITY_MISSING: ({ where }) =>
    `${where} holds once over days of its own, so it needs both the first of them and the day after the last.`,
  VALIDITY_WITHOUT_DAYS: ({ where, given }) =>
    `${where} has no days: endsBefore, ${given}, is the day after its last day and must be later than startsOn.`,
  VALIDITY_OUTSIDE_TERM: ({ where, given }) =>
    `${where} reaches beyond the term of the contract with ${given}. Its days lie within the term.`,
  COVERED_LINEAGE_UNKNOWN: ({ where, given }) =>
    `${where} covers the price lineage ${given}, which no phase bills. Take it out, or add a charge with such a price.`,
  COMMITMENT_UNKNOWN: ({ where }) =>
    `${where} is for a commitment that the contract does not have. Name a minimum by the key that it has in this input.`,
  NEGATIVE: ({ where, given }) => `${where}: ${given} is negative. Send 0 or more.`,
  TIERS_MISSING: ({ where }) => `${where}: the price has no tiers. ${PRICE_IS_BROKEN}`,
  TIERS_NOT_ASCENDING: ({ where, given }) =>
    `${where}: the price's tiers do not ascend at ${given}. ${PRICE_IS_BROKEN}`,
  TIER_UNBOUNDED: ({ where }) => `${where}: a tier of the price that is not its last has no bound. ${PRICE_IS_BROKEN}`,
  LAST_TIER_BOUNDED: ({ where, given }) =>
    `${where}: the price's last tier ends at ${given}, so more cannot be rated. ${PRICE_IS_BROKEN}`,
  PACKAGE_SIZE_NOT_POSITIVE: ({ where, given }) =>
    `${where}: the price's packages hold ${given} units. ${PRICE_IS_BROKEN}`,
  MINIMUM_ABOVE_MAXIMUM: ({ where, given }) =>
    where.startsWith("Minimum")
      ? `${where}, ${given}, is above a maximum of the same prices and periods, so that no amount could keep both. Lower it.`
      : `${where}: the price's minimum, ${given}, is above its maximum. ${PRICE_IS_BROKEN}`,
  INCLUDED_UNITS_NOT_APPLICABLE: ({ where }) =>
    `${where}: the price includes units, but its model has none. ${PRICE_IS_BROKEN}`,
  MATRIX_DIMENSIONS_MISSING: ({ where }) => `${where}: the price's matrix has no dimensions. ${PRICE_IS_BROKEN}`,
  MATRIX_DIMENSION_TWICE: ({ where, given }) =>
    `${where}: the price's matrix has the dimension ${given} twice. ${PRICE_IS_BROKEN}`,
  MATRIX_VALUES_MISSING: ({ where }) =>
    `${where}: a row of the price's matrix has not one value for each dimension. ${PRICE_IS_BROKEN}`,
  MATRIX_ROW_TWICE: ({ where, given }) =>
    `${where}: the price's matrix has a row for ${given} twice. ${PRICE_IS_BROKEN}`,
};

/** What is wrong with the trial or the ramp of a charge. */
export function toPlanProblem({ code, path, given }: PlanProblem): Problem {
  const input = path.flatMap((step) => (step === "length" ? [] : [String(step)]));
  return { code, message: planSentences[code]({ where: whereOf(path), given: given ?? "" }), path: input };
}

const renewalSentences: { readonly [C in RenewalProblemCode]: (given: string) => string } = {
  RENEWAL_MONTHS_OUT_OF_RANGE: (given) => `A contract renews for 1 to 120 months, not ${given}.`,
  NOTICE_DAYS_OUT_OF_RANGE: (given) => `Notice is given 0 to 366 days before the end, not ${given}.`,
};

/** What is wrong with the renewal of a contract. */
export const toRenewalProblem = ({ code, path, given }: DomainProblem<RenewalProblemCode>): Problem => ({
  code,
  message: renewalSentences[code](given ?? ""),
  path: ["renewal", ...path.map(String)],
});

const planSentences: { readonly [C in PlanProblemCode]: (facts: Facts) => string } = {
  TRIAL_LENGTH_NOT_POSITIVE: ({ where, given }) => `${where}: a trial lasts at least one day or month, not ${given}.`,
  TRIAL_TOO_LONG: ({ where, given }) => `${where}: a trial of ${given} is a slip. It lasts ten years at the most.`,
  TRIAL_NOT_APPLICABLE: ({ where }) =>
    `${where} falls due once, so that nothing of it can be tried. Leave the trial out.`,
  RAMP_NOT_ASCENDING: ({ where, given }) =>
    `${where}: the step of the ramp at ${given} does not start after the one ahead of it. Put them in order.`,
  RAMP_OUTSIDE_TERM: ({ where, given }) =>
    `${where}: the step of the ramp at ${given} lies outside the days of the charge.`,
  RAMP_NOT_APPLICABLE: ({ where }) => `${where} falls due once, so that it has no steps. Leave the ramp out.`,
};

type Path = ContractProblem["path"];

const PART_NAMES: Readonly<Record<string, string>> = {
  phases: "Phase",
  charges: "charge",
  discounts: "discount",
  minimums: "Minimum",
  maximums: "Maximum",
};

/** ["phases", 1, "charges", 0, "quantity"] as people count: "Phase 2, charge 1". */
export function whereOf(path: Path): string {
  const parts = path.flatMap((step, index) => {
    const name = PART_NAMES[String(path[index - 1])];
    if (!name || typeof step !== "number") return [];
    return [index === 1 ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${step + 1}` : `${name} ${step + 1}`];
  });
  return parts.join(", ") || "The contract";
}

/** What the domain finds in a price, the input has as the id of the price; the rest has the same names. */
function inputPathOf(path: Path): Path {
  const [part, index, charges, charge, field] = path;
  if (part === "minimums" || part === "maximums") {
    return path.map((step, place) => (place === 2 && step === "id" ? "key" : step));
  }
  if (part === "discounts" && path[2] === "scope") {
    const [, , scope, ...rest] = path;
    const kind = rest[0] === "boundId" ? "commitment" : "group";
    return ["discounts", index as number, scope, kind, ...(kind === "commitment" ? [] : rest)];
  }
  if (part !== "phases" || charges !== "charges" || charge === undefined) return path;
  if (field === "discounts") return path.map((step, place) => (place === 6 && step === "id" ? "key" : step));
  return field === "quantity" ? path : ["phases", index as number, charges, charge, "priceId"];
}
