import type { Cadence } from "../calendar/cadence";
import { Decimal, ONE, ZERO } from "../money/decimal";
import { amountPer } from "../pricing/amount-per";
import type { Price } from "../pricing/price";
import { priceFromTerms } from "../pricing/price-terms";
import { unreachable } from "../unreachable";
import type { QuoteFigures } from "./quote-figures";
import type { CustomPrice, QuoteBound, QuoteDiscount, QuoteDiscountScope, QuoteLine, SaleTerms } from "./quote-terms";

/** What a price book allows for one price, in whatever version of it; null: anything. */
export type GuardRail = {
  readonly lineageId: string;
  /** Beyond it a quote needs approval. */
  readonly discountLimitPercent: Decimal | null;
  /** Beyond it there is no quote. */
  readonly discountMaximumPercent: Decimal | null;
  readonly minimumQuantity: Decimal | null;
  readonly maximumQuantity: Decimal | null;
  /** No unit, package or fee for less, in the currency of the book. */
  readonly floorUnitAmount: Decimal | null;
};

export type GuardRailCode =
  | "PRICE_NOT_IN_PRICE_BOOK"
  | "DISCOUNT_ABOVE_LIMIT"
  | "DISCOUNT_ABOVE_MAXIMUM"
  | "DISCOUNT_NOT_MEASURABLE"
  | "QUANTITY_BELOW_MINIMUM"
  | "QUANTITY_ABOVE_MAXIMUM"
  | "UNIT_AMOUNT_BELOW_FLOOR"
  | "FLOOR_NOT_COMPARABLE";

export type GuardRailViolation = {
  readonly code: GuardRailCode;
  readonly lineId: string;
  /** Within the terms. */
  readonly path: readonly string[];
  readonly limit: Decimal | null;
  readonly actual: Decimal | null;
  /** Somebody has to approve of it, or it cannot be. */
  readonly severity: "approval" | "refused";
};

/** What is known of a listed price. */
export type ListedPrice = {
  readonly lineageId: string;
  readonly price: Price;
  readonly cadence: Cadence;
  readonly metricId: string | null;
};

export type GuardRailFacts = {
  readonly terms: SaleTerms;
  readonly rails: ReadonlyMap<string, GuardRail>;
  readonly priceOf: (priceId: string) => ListedPrice | null;
  /** null: terms that are not complete have none; then only the discounts count that lines say in percent. */
  readonly figures: QuoteFigures | null;
};

/**
 * Where a quote leaves the price book that it is made from. The discount of a line is what it comes to less than at list
 * prices over the whole term, trials, ramps and custom prices included, with its share of the discounts and maximums over
 * several lines, which would be a way around the book otherwise. Of usage nobody knows how much there will be: its discount is
 * what is taken off in percent, and a custom price for it cannot be measured, so that somebody has to approve of it where
 * the book limits discounts.
 */
export function guardRailViolations(facts: GuardRailFacts): GuardRailViolation[] {
  return facts.terms.phases.flatMap(({ lines }, phase) =>
    lines.flatMap((line, place) => lineViolations(line, ["phases", String(phase), "lines", String(place)], facts)),
  );
}

function lineViolations(line: QuoteLine, path: readonly string[], facts: GuardRailFacts): GuardRailViolation[] {
  const strangers = pricesOf(line, path).flatMap(({ priceId, path: place }) => {
    const price = facts.priceOf(priceId);
    if (price === null || facts.rails.has(price.lineageId)) return [];
    const stranger = { code: "PRICE_NOT_IN_PRICE_BOOK", lineId: line.id, path: place, severity: "refused" } as const;
    return [{ ...stranger, limit: null, actual: null }];
  });
  const listed = facts.priceOf(line.priceId);
  const rail = listed && facts.rails.get(listed.lineageId);
  if (!listed || !rail) return strangers;
  return [
    ...strangers,
    ...discountViolations(line, path, { ...facts, listed, rail }),
    ...quantityViolations(line, path, listed, rail),
    ...floorViolations(line, path, facts, rail),
  ];
}

type Priced = { readonly priceId: string; readonly customPrice: CustomPrice | null; readonly path: readonly string[] };

/** The price of a line and those of the steps of its ramp. */
const pricesOf = (line: QuoteLine, path: readonly string[]): Priced[] => [
  { priceId: line.priceId, customPrice: line.customPrice, path: [...path, "priceId"] },
  ...line.ramp.flatMap(({ priceId, customPrice }, index) =>
    priceId === null ? [] : [{ priceId, customPrice, path: [...path, "ramp", String(index), "priceId"] }],
  ),
];

type OfLine = GuardRailFacts & { readonly listed: ListedPrice; readonly rail: GuardRail };

function discountViolations(line: QuoteLine, path: readonly string[], facts: OfLine): GuardRailViolation[] {
  const { discountLimitPercent: limit, discountMaximumPercent: maximum } = facts.rail;
  if (limit === null && maximum === null) return [];
  const isMetered = facts.listed.metricId !== null;
  const actual = (isMetered ? null : figuredPercent(line, facts)) ?? statedPercent(line, facts);
  const of = { lineId: line.id, path: placeOfDiscount(line, path, facts), actual };
  if (maximum !== null && actual.gt(maximum)) {
    return [{ ...of, code: "DISCOUNT_ABOVE_MAXIMUM", limit: maximum, severity: "refused" }];
  }
  if (limit !== null && actual.gt(limit)) {
    return [{ ...of, code: "DISCOUNT_ABOVE_LIMIT", limit, severity: "approval" }];
  }
  if (!isMetered || !hasCustomPrice(line)) return [];
  return [{ ...of, code: "DISCOUNT_NOT_MEASURABLE", limit: limit ?? maximum, actual: null, severity: "approval" }];
}

const hasCustomPrice = ({ customPrice, ramp }: QuoteLine): boolean =>
  customPrice !== null || ramp.some((step) => step.customPrice !== null);

/** Where somebody would look for what takes the most off. */
function placeOfDiscount(line: QuoteLine, path: readonly string[], facts: GuardRailFacts): readonly string[] {
  if (line.discounts.length > 0) return [...path, "discounts"];
  if (hasCustomPrice(line)) return [...path, "customTerms"];
  if (line.trial !== null) return [...path, "trial"];
  if (discountsOver(line, facts).length > 0) return ["discounts"];
  return facts.terms.maximums.some((bound) => isCovered(line, bound, facts)) ? ["maximums"] : [...path, "discounts"];
}

/** Of list, to two decimals, by the figures; null where they say nothing of the line. */
function figuredPercent(line: QuoteLine, facts: GuardRailFacts): Decimal | null {
  const { figures, terms } = facts;
  const own = figures?.lines.find(({ lineId }) => lineId === line.id);
  if (!figures || !own || own.discountPercent === null) return null;
  const lines = terms.phases.flatMap((phase) => phase.lines);
  const overLines = [...terms.maximums, ...terms.discounts].filter((part) => isCovered(line, part, facts));
  if (overLines.length === 0) return own.discountPercent;
  const shares = overLines.map((part) => {
    const amount = figures.overLines.find(({ id }) => id === part.id)?.net.neg() ?? ZERO;
    const covered = new Set(lines.filter((one) => isCovered(one, part, facts)).map(({ id }) => id));
    const base = Decimal.sum(ZERO, ...figures.lines.filter(({ lineId }) => covered.has(lineId)).map(({ net }) => net));
    return base.isZero() ? ZERO : amount.times(own.net).div(base);
  });
  const net = own.net.minus(Decimal.sum(...shares));
  return own.list.minus(net).div(own.list).times(100).toDecimalPlaces(2);
}

const discountsOver = (line: QuoteLine, facts: GuardRailFacts): QuoteDiscount[] =>
  facts.terms.discounts.filter((discount) => isCovered(line, discount, facts));

function isCovered({ priceId }: QuoteLine, part: QuoteDiscount | QuoteBound, facts: GuardRailFacts): boolean {
  const lineageIds = "scope" in part ? lineagesOf(part.scope, facts.terms) : part.lineageIds;
  return lineageIds === null || lineageIds.includes(facts.priceOf(priceId)?.lineageId ?? "");
}

/** null: all */
function lineagesOf(scope: QuoteDiscountScope, { minimums }: SaleTerms): readonly string[] | null {
  switch (scope.kind) {
    case "invoice":
      return null;
    case "group":
      return scope.lineageIds;
    case "commitment":
      return minimums.find(({ id }) => id === scope.boundId)?.lineageIds ?? null;
  }
}

/** What is taken off a line in percent, by itself and with others: 10 % then 5 % are 14.5 %. */
function statedPercent(line: QuoteLine, facts: GuardRailFacts): Decimal {
  const left = [...line.discounts, ...discountsOver(line, facts)].reduce(
    (rest, { percent }) => (percent === null ? rest : rest.times(ONE.minus(new Decimal(percent).div(100)))),
    ONE,
  );
  return ONE.minus(left).times(100);
}

/** Of what is contracted; usage is not. */
function quantityViolations(
  line: QuoteLine,
  path: readonly string[],
  { price, metricId }: ListedPrice,
  { minimumQuantity, maximumQuantity }: GuardRail,
): GuardRailViolation[] {
  if (metricId !== null) return [];
  const own = line.quantity === null ? (price.model === "seat" ? ZERO : ONE) : new Decimal(line.quantity);
  const quantities = [
    { actual: own, path: [...path, "quantity"] },
    ...line.ramp.flatMap(({ quantity }, index) =>
      quantity === null ? [] : [{ actual: new Decimal(quantity), path: [...path, "ramp", String(index), "quantity"] }],
    ),
  ];
  return quantities.flatMap((quantity): GuardRailViolation[] => {
    const of = { ...quantity, lineId: line.id, severity: "refused" } as const;
    if (minimumQuantity !== null && quantity.actual.lt(minimumQuantity)) {
      return [{ ...of, code: "QUANTITY_BELOW_MINIMUM", limit: minimumQuantity }];
    }
    if (maximumQuantity !== null && quantity.actual.gt(maximumQuantity)) {
      return [{ ...of, code: "QUANTITY_ABOVE_MAXIMUM", limit: maximumQuantity }];
    }
    return [];
  });
}

/**
 * The lowest amount of a price, less what is taken off it in percent, per period of the listed cadence: 9,000 a year are
 * 750 a month. What falls due once where the list recurs, or the other way round, cannot be held against the floor, so
 * that somebody has to approve of it.
 */
function floorViolations(
  line: QuoteLine,
  path: readonly string[],
  facts: GuardRailFacts,
  { floorUnitAmount: limit }: GuardRail,
): GuardRailViolation[] {
  if (limit === null) return [];
  const left = ONE.minus(statedPercent(line, facts).div(100));
  return pricesOf(line, path).flatMap(({ priceId, customPrice, path: place }): GuardRailViolation[] => {
    const listed = facts.priceOf(priceId);
    const price = customPrice ? priceFromTerms(customPrice.model, customPrice.terms) : listed?.price;
    const amount = price && lowestUnitAmount(price)?.times(left);
    if (!listed || !amount) return [];
    // What a unit of usage costs is for the unit, whatever the period.
    const cadence = (listed.metricId === null && customPrice?.cadence) || listed.cadence;
    const actual = amountPer(listed.cadence, { amount, cadence });
    if (actual?.gte(limit)) return [];
    const of = { lineId: line.id, path: place, limit, actual };
    if (actual === null) return [{ ...of, code: "FLOOR_NOT_COMPARABLE", severity: "approval" }];
    return [{ ...of, code: "UNIT_AMOUNT_BELOW_FLOOR", severity: "refused" }];
  });
}

/** Of a unit, a package or a fee; null where the price is a percentage of something. */
function lowestUnitAmount(price: Price | Extract<Price, { model: "seat" }>["perSeat"]): Decimal | null {
  switch (price.model) {
    case "flat":
    case "one_time":
      return price.fee;
    case "per_unit":
      return price.unitPrice;
    case "package":
      return price.packagePrice;
    case "seat":
      return lowestUnitAmount(price.perSeat);
    case "graduated":
    case "volume":
      return Decimal.min(...price.tiers.map(({ unitPrice }) => unitPrice));
    case "matrix":
      return Decimal.min(price.defaultUnitPrice, ...price.rows.map(({ unitPrice }) => unitPrice));
    case "percentage":
    case "graduated_percentage":
      return null;
    default:
      return unreachable(price);
  }
}
