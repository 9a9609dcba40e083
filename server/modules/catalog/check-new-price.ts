import { type Cadence, isRecurring, monthsIn } from "../../domain/calendar/cadence";
import { parseCurrency } from "../../domain/money/currency";
import { checkPrice, type PriceProblem, type PriceProblemCode } from "../../domain/pricing/check-price";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { fail, ok, type Result } from "../../domain/result";
import type { UsageMetric } from "../../domain/usage/metric";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { type CadenceAsked, readCadence, readOptionalCadence } from "./asked-cadence";
import { type CustomTerms, type NewPrice, type PricedTerms, type ReadTerms, readPriceTerms } from "./new-price";
import { percentWarning } from "./percent-warning";
import type { AgreedTerms, Price } from "./price";

export type PriceMetric = Pick<UsageMetric, "aggregation" | "groupBy">;

/** Everything that is wrong with a new price, each with its place in the input. */
export function checkNewPrice(asked: NewPrice, read: ReadTerms, metric: PriceMetric | null): Problem[] {
  const problems = new InputProblems();
  problems.checkText(asked.name, "The name", 200, "name");
  const cadence = readCadence(cadenceAsked(asked));
  if (!cadence.ok) problems.report(cadence.error.code, cadence.error.message, "cadenceMonths");
  if (cadence.ok && read.ok) checkFit({ ...asked, cadence: cadence.value }, read.value.price, metric, problems);
  return [...problems.found, ...checkPriced(asked, read)];
}

export const cadenceAsked = ({ cadence, cadenceMonths }: NewPrice): CadenceAsked => ({
  cadence,
  months: cadenceMonths ?? null,
});

/** Everything that keeps a quantity from being rated by these terms, each with its place in the input. */
export function checkPriced({ currency }: PricedTerms, read: ReadTerms): Problem[] {
  const problems = new InputProblems();
  if (!parseCurrency(currency).ok) {
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "currency",
    );
  }
  return [...problems.found, ...checkTerms(read)];
}

function checkTerms(read: ReadTerms): Problem[] {
  if (!read.ok) return [read.error];
  const { price, path } = read.value;
  const problems = new InputProblems();
  checkTexts(price, path, problems);
  return [...problems.found, ...checkPrice(price).map((problem) => toInputProblem(problem, path))];
}

/**
 * What a contract has by terms of its own in the place of the listed ones, due as listed where they do not say otherwise;
 * they fit each other and the metric, which stays. Refused with the places in the terms.
 */
export function readCustomTerms(
  listed: Price,
  custom: CustomTerms,
  metric: PriceMetric | null,
): Result<AgreedTerms, readonly Problem[]> {
  const read = readPriceTerms(custom);
  const own = readOptionalCadence({ cadence: custom.cadence, months: custom.cadenceMonths });
  const problems = new InputProblems();
  if (!own.ok) problems.report(own.error.code, own.error.message, "cadenceMonths");
  const due = { cadence: (own.ok && own.value) || listed.cadence, timing: custom.timing ?? listed.timing };
  if (own.ok && read.ok) checkFit({ ...due, metricId: listed.metricId }, read.value.price, metric, problems);
  const found = [...problems.found, ...checkTerms(read)];
  return read.ok && found.length === 0 ? ok({ ...due, price: read.value.price }) : fail(found);
}

/** What was accepted and may yet be a slip. */
export function priceWarnings(read: Extract<ReadTerms, { ok: true }>["value"]): Problem[] {
  const { price, path } = read;
  if (price.model === "percentage") return percentWarning(price.percent, [...path, "percent"]);
  if (price.model !== "graduated_percentage") return [];
  return price.tiers.flatMap(({ percent }, index) =>
    percentWarning(percent, [...path, "tiers", String(index), "percent"]),
  );
}

/** What a matrix compares with the properties of events. */
function checkTexts(price: RatedPrice, path: readonly string[], problems: InputProblems): void {
  if (price.model !== "matrix") return;
  price.dimensions.forEach((dimension, index) =>
    problems.checkText(dimension, "A dimension", 100, ...path, "dimensions", String(index)),
  );
  price.rows.forEach(({ values }, row) =>
    values.forEach((value, index) =>
      problems.checkText(value, "A value", 200, ...path, "rows", String(row), "values", String(index)),
    ),
  );
}

/** Models of a contracted quantity. */
const UNMETERED: readonly RatedPrice["model"][] = ["flat", "seat", "one_time"];

export const isUnmetered = ({ model }: RatedPrice): boolean => UNMETERED.includes(model);

type Fitted = Pick<NewPrice, "metricId" | "timing"> & { readonly cadence: Cadence };

/** What model, metric, cadence and timing have to do with each other. */
function checkFit(
  { metricId, cadence, timing }: Fitted,
  price: RatedPrice,
  metric: PriceMetric | null,
  problems: InputProblems,
): void {
  if (price.model === "one_time" && cadence !== "one_time") {
    problems.report("ONE_TIME_PRICE_RECURRING", "A one-time price has the cadence ONE_TIME.", "cadence");
  }
  if (price.model === "seat") checkOverage(price, { cadence, timing }, problems);
  checkMetric(price, metricId, metric, problems);
  if (metricId === null || isUnmetered(price)) return;
  if (timing === "in_advance") problems.report("METERED_IN_ADVANCE", "Usage can only be billed in arrears.", "timing");
  if (cadence === "one_time") problems.report("METERED_ONE_TIME", "Usage needs a cadence that recurs.", "cadence");
}

/** A percentage needs amounts to be percent of, a matrix needs what its rows name. */
function checkMetric(
  price: RatedPrice,
  metricId: string | null,
  metric: PriceMetric | null,
  problems: InputProblems,
): void {
  const isPercentage = price.model === "percentage" || price.model === "graduated_percentage";
  if (metricId === null) {
    if (isPercentage) {
      problems.report("METRIC_MISSING", "A percentage price needs a metric that says percent of what.", "metricId");
    }
    if (price.model === "matrix") {
      problems.report("METRIC_MISSING", "A matrix needs a metric that groups by its dimensions.", "metricId");
    }
    return;
  }
  if (isUnmetered(price)) {
    problems.report("METRIC_NOT_APPLICABLE", "This model does not measure usage. Leave the metric out.", "metricId");
    return;
  }
  if (metric === null) return;
  if (isPercentage && metric.aggregation !== "sum") {
    problems.report(
      "METRIC_NOT_A_SUM",
      "A percentage price needs a metric that sums the amounts of its events.",
      "metricId",
    );
  }
  if (price.model !== "matrix") return;
  price.dimensions.forEach((dimension, index) => {
    if (metric.groupBy.includes(dimension)) return;
    const message = `The metric does not group by "${dimension}", so no row could be told from another.`;
    problems.report("DIMENSION_NOT_GROUPED", message, "terms", "matrix", "dimensions", String(index));
  });
}

/** Seats beyond those billed in advance fall due in whole parts of the period. */
function checkOverage(
  { overageCadence }: Extract<RatedPrice, { model: "seat" }>,
  { cadence, timing }: Pick<Fitted, "cadence" | "timing">,
  problems: InputProblems,
): void {
  if (!overageCadence) return;
  const place = ["terms", "seat", "overageCadence"];
  if (timing === "in_arrears") {
    const message = "Only seats that are billed in advance have an overage. Leave its cadence out.";
    problems.report("OVERAGE_IN_ARREARS", message, ...place);
  }
  if (!isRecurring(cadence) || monthsIn(cadence) % monthsIn(overageCadence) !== 0) {
    const message = "The overage cadence has to divide the cadence of the price, as a month divides a year.";
    problems.report("OVERAGE_CADENCE_NOT_DIVIDING", message, ...place);
  }
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
  MATRIX_DIMENSIONS_MISSING: () => "There are no dimensions. Send at least one.",
  MATRIX_DIMENSION_TWICE: (given) => `"${given}" is a dimension already.`,
  MATRIX_VALUES_MISSING: (given) => `A row has a value for each dimension; this one has: ${given || "none"}.`,
  MATRIX_ROW_TWICE: (given) => `A row above names the same values: ${given}.`,
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
