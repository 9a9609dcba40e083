import type { Decimal } from "../money/decimal";
import { at, type Problem } from "../problem";
import { unreachable } from "../unreachable";
import type { Price, PriceModelName, Tier } from "./price";

export type PriceProblemCode =
  | "NEGATIVE"
  | "TIERS_MISSING"
  | "TIERS_NOT_ASCENDING"
  | "TIER_UNBOUNDED"
  | "LAST_TIER_BOUNDED"
  | "PACKAGE_SIZE_NOT_POSITIVE"
  | "MINIMUM_ABOVE_MAXIMUM"
  | "INCLUDED_UNITS_NOT_APPLICABLE";

export type PriceProblem = Problem<PriceProblemCode>;

const MODELS_WITHOUT_UNITS: readonly PriceModelName[] = ["flat", "one_time", "percentage"];

/** Everything that keeps a price from being rated, each with its place; none: the price is good. */
export function checkPrice(price: Price): PriceProblem[] {
  return [
    ...checkModel(price),
    ...notNegative(price, ["includedUnits", "minimum", "maximum"]),
    ...ordered(price, "minimum", "maximum"),
    ...(price.includedUnits && MODELS_WITHOUT_UNITS.includes(price.model)
      ? [problem("INCLUDED_UNITS_NOT_APPLICABLE", ["includedUnits"], price.includedUnits)]
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
        ...(price.packageSize.gt(0) ? [] : [problem("PACKAGE_SIZE_NOT_POSITIVE", ["packageSize"], price.packageSize)]),
      ];
    case "graduated":
    case "volume":
      return at(["tiers"], checkTiers(price.tiers));
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

function checkTiers(tiers: readonly Tier[]): PriceProblem[] {
  if (tiers.length === 0) return [problem("TIERS_MISSING", [])];
  return tiers.flatMap((tier, index) => {
    const isLast = index === tiers.length - 1;
    const problems = at([index], notNegative(tier, ["unitPrice", "flatFee"]));
    if (tier.upTo === null) {
      if (!isLast) problems.push(problem("TIER_UNBOUNDED", [index, "upTo"]));
      return problems;
    }
    if (isLast) problems.push(problem("LAST_TIER_BOUNDED", [index, "upTo"], tier.upTo));
    const previous = tiers[index - 1]?.upTo;
    if (tier.upTo.lte(previous ?? 0)) problems.push(problem("TIERS_NOT_ASCENDING", [index, "upTo"], tier.upTo));
    return problems;
  });
}

type DecimalsOf<T> = { [K in keyof T]-?: T[K] extends Decimal | null | undefined ? K : never }[keyof T] & string;

function notNegative<T>(part: T, fields: readonly DecimalsOf<T>[]): PriceProblem[] {
  return fields.flatMap((field) => {
    const value = part[field] as Decimal | null | undefined;
    return value?.lt(0) ? [problem("NEGATIVE", [field], value)] : [];
  });
}

function ordered<T>(part: T, low: DecimalsOf<T>, high: DecimalsOf<T>): PriceProblem[] {
  const [minimum, maximum] = [part[low] as Decimal | null | undefined, part[high] as Decimal | null | undefined];
  return minimum && maximum && minimum.gt(maximum) ? [problem("MINIMUM_ABOVE_MAXIMUM", [low], minimum)] : [];
}

function problem(code: PriceProblemCode, path: readonly (string | number)[], given?: Decimal): PriceProblem {
  return given === undefined ? { code, path } : { code, path, given: given.toFixed() };
}
