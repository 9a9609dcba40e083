import type { Decimal } from "../money/decimal";
import { at, type Problem } from "../problem";
import { unreachable } from "../unreachable";
import type { MatrixPrice, PercentTier, Price, PriceModelName, Tier } from "./price";

export type PriceProblemCode =
  | "NEGATIVE"
  | "TIERS_MISSING"
  | "TIERS_NOT_ASCENDING"
  | "TIER_UNBOUNDED"
  | "LAST_TIER_BOUNDED"
  | "PACKAGE_SIZE_NOT_POSITIVE"
  | "MINIMUM_ABOVE_MAXIMUM"
  | "INCLUDED_UNITS_NOT_APPLICABLE"
  | "MATRIX_DIMENSIONS_MISSING"
  | "MATRIX_DIMENSION_TWICE"
  | "MATRIX_VALUES_MISSING"
  | "MATRIX_ROW_TWICE";

export type PriceProblem = Problem<PriceProblemCode>;

const MODELS_WITHOUT_UNITS: readonly PriceModelName[] = ["flat", "one_time", "percentage", "graduated_percentage"];

/** Everything that keeps a price from being rated, each with its place; none: the price is good. */
export function checkPrice(price: Price): PriceProblem[] {
  return [
    ...checkModel(price),
    ...notNegative(price, ["includedUnits", "minimum", "maximum"]),
    ...ordered(price, "minimum", "maximum"),
    ...(price.includedUnits && MODELS_WITHOUT_UNITS.includes(price.model)
      ? [decimalProblem("INCLUDED_UNITS_NOT_APPLICABLE", ["includedUnits"], price.includedUnits)]
      : []),
  ];
}

function checkModel(price: Price): PriceProblem[] {
  switch (price.model) {
    case "flat":
    case "one_time":
      return notNegative(price, ["fee"]);
    case "per_unit":
      return notNegative(price, ["unitPrice"]);
    case "package":
      return [
        ...notNegative(price, ["packagePrice"]),
        ...(price.packageSize.gt(0)
          ? []
          : [decimalProblem("PACKAGE_SIZE_NOT_POSITIVE", ["packageSize"], price.packageSize)]),
      ];
    case "graduated":
    case "volume":
      return at(
        ["tiers"],
        checkTiers(price.tiers, (tier) => notNegative(tier, ["unitPrice", "flatFee"])),
      );
    case "graduated_percentage":
      return [
        ...at(
          ["tiers"],
          checkTiers(price.tiers, (tier) => notNegative(tier, ["percent", "flatFee"])),
        ),
        ...notNegative(price, ["includedAmount"]),
      ];
    case "matrix":
      return checkMatrix(price);
    case "seat":
      return at(["perSeat"], checkPrice(price.perSeat));
    case "percentage":
      return [
        ...notNegative(price, [
          "percent",
          "fixedPerEvent",
          "minimumPerEvent",
          "maximumPerEvent",
          "includedEvents",
          "includedAmount",
        ]),
        ...ordered(price, "minimumPerEvent", "maximumPerEvent"),
      ];
    default:
      return unreachable(price);
  }
}

function checkTiers<T extends Tier | PercentTier>(
  tiers: readonly T[],
  checkAmounts: (tier: T) => PriceProblem[],
): PriceProblem[] {
  if (tiers.length === 0) return [{ code: "TIERS_MISSING", path: [] }];
  return tiers.flatMap((tier, index) => {
    const isLast = index === tiers.length - 1;
    const problems: PriceProblem[] = at([index], checkAmounts(tier));
    const place = [index, "upTo"];
    if (tier.upTo === null) {
      if (!isLast) problems.push({ code: "TIER_UNBOUNDED", path: place });
      return problems;
    }
    if (isLast) problems.push(decimalProblem("LAST_TIER_BOUNDED", place, tier.upTo));
    const previous = tiers[index - 1]?.upTo;
    if (tier.upTo.lte(previous ?? 0)) problems.push(decimalProblem("TIERS_NOT_ASCENDING", place, tier.upTo));
    return problems;
  });
}

function checkMatrix({ dimensions, rows, defaultUnitPrice }: MatrixPrice): PriceProblem[] {
  const problems: PriceProblem[] = [];
  if (dimensions.length === 0) problems.push({ code: "MATRIX_DIMENSIONS_MISSING", path: ["dimensions"] });
  for (const index of repeated(dimensions)) {
    problems.push({ code: "MATRIX_DIMENSION_TWICE", path: ["dimensions", index], given: dimensions[index] ?? "" });
  }
  const rowsTwice = new Set(repeated(rows.map(({ values }) => JSON.stringify(values))));
  rows.forEach((row, index) => {
    const place = ["rows", index, "values"];
    const given = row.values.join(", ");
    if (row.values.length !== dimensions.length) problems.push({ code: "MATRIX_VALUES_MISSING", path: place, given });
    else if (rowsTwice.has(index)) problems.push({ code: "MATRIX_ROW_TWICE", path: place, given });
    problems.push(...at(["rows", index], notNegative(row, ["unitPrice"])));
  });
  return [...problems, ...notNegative({ defaultUnitPrice }, ["defaultUnitPrice"])];
}

/** Where a text stands that stood before. */
function repeated(texts: readonly string[]): number[] {
  const seen = new Set<string>();
  return texts.flatMap((text, index) => {
    const isRepeated = seen.has(text);
    seen.add(text);
    return isRepeated ? [index] : [];
  });
}

type DecimalsOf<T> = { [K in keyof T]-?: T[K] extends Decimal | null | undefined ? K : never }[keyof T] & string;

function notNegative<T>(part: T, fields: readonly DecimalsOf<T>[]): PriceProblem[] {
  return fields.flatMap((field) => {
    const value = part[field] as Decimal | null | undefined;
    return value?.lt(0) ? [decimalProblem("NEGATIVE", [field], value)] : [];
  });
}

function ordered<T>(part: T, low: DecimalsOf<T>, high: DecimalsOf<T>): PriceProblem[] {
  const [minimum, maximum] = [part[low] as Decimal | null | undefined, part[high] as Decimal | null | undefined];
  return minimum && maximum && minimum.gt(maximum) ? [decimalProblem("MINIMUM_ABOVE_MAXIMUM", [low], minimum)] : [];
}

function decimalProblem(code: PriceProblemCode, path: PriceProblem["path"], given: Decimal): PriceProblem {
  return { code, path, given: given.toFixed() };
}
