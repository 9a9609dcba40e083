import type { ContractProblem, ContractProblemCode } from "../../domain/contract/check-contract";
import type { Problem } from "../../platform/refusal";

/** The domain's problem as the API says it: in the words and at the place of the input. */
export function toInputProblem({ code, path, given }: ContractProblem): Problem {
  const say = sentences[code];
  return { code, message: say({ where: whereOf(path), given: given ?? "" }), path: inputPathOf(path).map(String) };
}

type Facts = { readonly where: string; readonly given: string };

const PRICE_IS_BROKEN = "Correct the price in the catalog and use the corrected version.";

const sentences: { readonly [C in ContractProblemCode]: (facts: Facts) => string } = {
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
  DISCOUNT_TWICE: ({ where }) => `${where} has the key of another discount of the same charge. Leave one of them out.`,
  COVERED_LINEAGE_UNKNOWN: ({ where, given }) =>
    `${where} covers the price lineage ${given}, which no phase bills. Take it out, or add a charge with such a price.`,
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
    `${where}: the price's minimum, ${given}, is above its maximum. ${PRICE_IS_BROKEN}`,
  INCLUDED_UNITS_NOT_APPLICABLE: ({ where }) =>
    `${where}: the price includes units, but its model has none. ${PRICE_IS_BROKEN}`,
};

type Path = ContractProblem["path"];

const PART_NAMES: Readonly<Record<string, string>> = {
  phases: "Phase",
  charges: "charge",
  discounts: "discount",
  minimums: "Minimum",
};

/** ["phases", 1, "charges", 0, "quantity"] as people count: "Phase 2, charge 1". */
export function whereOf(path: Path): string {
  const parts = path.flatMap((step, index) => {
    const name = PART_NAMES[String(path[index - 1])];
    return name && typeof step === "number" ? [`${name} ${step + 1}`] : [];
  });
  return parts.join(", ") || "The contract";
}

/** What the domain finds in a price, the input has as the id of the price; the rest has the same names. */
function inputPathOf(path: Path): Path {
  const [phases, phase, charges, charge, field] = path;
  if (phases !== "phases" || charges !== "charges" || charge === undefined) return path;
  if (field === "discounts") return path.map((step, index) => (index === 6 && step === "id" ? "key" : step));
  return field === "quantity" ? path : [phases, phase as number, charges, charge, "priceId"];
}
