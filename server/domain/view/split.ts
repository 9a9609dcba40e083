import { all, type Condition, type Field, type Test, testsOf } from "./condition";
import { normalize } from "./normalize";

/** Whose bills and what they bill: true of last month's bill as well. All others say in which state a bill is. */
const OF_POPULATION: readonly Field[] = [
  "customerIds",
  "customerName",
  "customField",
  "contractIds",
  "productIds",
  "currencies",
];
const OF_COMPARISON: readonly Field[] = ["flagged", "isSignedOff"];

export type SplitFilter = {
  /** holds for what a month is compared with too */
  readonly population: Condition;
  /** of the month's own bills alone */
  readonly state: Condition;
  /** what only a comparison can answer; null: not asked */
  readonly flagged: boolean | null;
  readonly isSignedOff: boolean | null;
};

/**
 * A filter in its parts, which must all hold. A choice between a customer and a status is a state: no bill of the month
 * before could be known to belong.
 */
export function splitFilter(condition: Condition): SplitFilter {
  const parts = partsOf(condition);
  const isPopulation = (part: Condition) => testsOf(part).every(({ field }) => OF_POPULATION.includes(field));
  const plain = parts.filter((part) => !isComparison(part));
  return {
    population: normalize(all(...plain.filter(isPopulation))),
    state: normalize(all(...plain.filter((part) => !isPopulation(part)))),
    flagged: answerOf(parts, "flagged"),
    isSignedOff: answerOf(parts, "isSignedOff"),
  };
}

/** Whether a test that a comparison answers stands where it cannot be told apart from the rest: inside or, or inside not. */
export const hidesComparison = (condition: Condition): boolean =>
  partsOf(condition).some((part) => !isComparison(part) && testsOf(part).some(isComparison));

/** Whether a comparison is needed to know what the filter selects. */
export const asksComparison = (condition: Condition): boolean => testsOf(normalize(condition)).some(isComparison);

function partsOf(condition: Condition): readonly Condition[] {
  const normal = normalize(condition);
  return normal.kind === "all" ? normal.of : [normal];
}

const isComparison = (part: Condition): part is Test => part.kind === "test" && OF_COMPARISON.includes(part.field);

function answerOf(parts: readonly Condition[], field: "flagged" | "isSignedOff"): boolean | null {
  const found = parts.find((part) => part.kind === "test" && part.field === field);
  return found ? ((found as Test).test as boolean) : null;
}
