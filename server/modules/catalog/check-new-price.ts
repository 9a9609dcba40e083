import { parseCurrency } from "../../domain/money/currency";
import { checkPrice, type PriceProblem, type PriceProblemCode } from "../../domain/pricing/check-price";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import type { UsageMetric } from "../../domain/usage/metric";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { NewPrice, ReadTerms } from "./new-price";

/** Everything that is wrong with a new price, each with its place in the input. */
export function checkNewPrice(
  asked: NewPrice,
  read: ReadTerms,
  metric: Pick<UsageMetric, "aggregation"> | null,
): Problem[] {
  const problems = new InputProblems();
  problems.checkText(asked.name, "The name", 200, "name");
  if (!parseCurrency(asked.currency).ok) {
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${asked.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "currency",
    );
  }
  if (!read.ok) {
    const { code, path, given } = read.problem;
    const found = given.length === 0 ? "none" : given.join(" and ");
    problems.report(code, `Exactly one model must be given here; there is ${found}.`, ...path);
    return problems.found;
  }
  checkFit(asked, read.price, metric, problems);
  return [...problems.found, ...checkPrice(read.price).map((problem) => toInputProblem(problem, read.path))];
}

const UNMETERED: readonly RatedPrice["model"][] = ["flat", "seat", "one_time"];

/** What model, metric, cadence and timing have to do with each other. */
function checkFit(
  asked: NewPrice,
  price: RatedPrice,
  metric: Pick<UsageMetric, "aggregation"> | null,
  problems: InputProblems,
): void {
  const { metricId, cadence, timing } = asked;
  if (price.model === "one_time" && cadence !== "one_time") {
    problems.report("ONE_TIME_PRICE_RECURRING", "A one-time price has the cadence ONE_TIME.", "cadence");
  }
  if (metricId === null) {
    if (price.model === "percentage")
      problems.report("METRIC_MISSING", "A percentage price needs a metric that says percent of what.", "metricId");
    return;
  }
  if (UNMETERED.includes(price.model)) {
    problems.report("METRIC_NOT_APPLICABLE", "This model does not measure usage. Leave the metric out.", "metricId");
    return;
  }
  if (price.model === "percentage" && metric && metric.aggregation !== "sum") {
    problems.report(
      "METRIC_NOT_A_SUM",
      "A percentage price needs a metric that sums the amounts of its events.",
      "metricId",
    );
  }
  if (timing === "in_advance") problems.report("METERED_IN_ADVANCE", "Usage can only be billed in arrears.", "timing");
  if (cadence === "one_time") problems.report("METERED_ONE_TIME", "Usage needs a cadence that recurs.", "cadence");
}

const SENTENCES: { readonly [Code in PriceProblemCode]: (given: string) => string } = {
  NEGATIVE: (given) => `${given} is negative. Send 0 or more.`,
  TIERS_MISSING: () => "There are no tiers. Send at least one.",
  TIERS_NOT_ASCENDING: (given) => `Tiers ascend, but ${given} is not above the tier before it.`,
  TIER_UNBOUNDED: () => "Only the last tier has no bound.",
  LAST_TIER_BOUNDED: (given) => `The last tier ends at ${given}, so more could not be rated. Send null for its bound.`,
  PACKAGE_SIZE_NOT_POSITIVE: (given) => `A package holds more than 0 units, not ${given}.`,
  MINIMUM_ABOVE_MAXIMUM: (given) => `The minimum, ${given}, is above the maximum.`,
  INCLUDED_UNITS_NOT_APPLICABLE: () => "This model has no units that could be included.",
};

const BESIDE_THE_MODEL: readonly unknown[] = ["includedUnits", "minimum", "maximum"];

/** The input has what stands beside the model at its top, and spells "perSeat" by the model that rates the seats. */
function toInputProblem({ code, path, given }: PriceProblem, place: readonly string[]): Problem {
  const steps = (path[0] === "perSeat" ? path.slice(1) : path).map(String);
  return {
    code,
    message: SENTENCES[code](given ?? ""),
    path: BESIDE_THE_MODEL.includes(steps[0]) ? steps : [...place, ...steps],
  };
}
