import { inOrder } from "../in-order";
import type { DriverFacts } from "../invoice/driver-facts";
import type { Currency } from "../money/currency";
import { Decimal, ONE, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { withIncludedOf } from "../pricing/included";
import type { Price } from "../pricing/price";
import { priceFromTerms } from "../pricing/price-terms";
import { amountOf, type RatedUsage, rateUsage } from "../pricing/rate";
import { type DiscountTerms, discountTermsOf } from "./discount-terms";
import { metered, type Quantity, shareOf, units, usageFrom } from "./quantity";

/** A line of an item as the engine billed it. */
export type ItemLine = {
  /** Lines of different streams serve at the same time; those of one stream one after the other. */
  readonly stream: string;
  /** Driver facts as they are stored; null: nothing but the amount is known. */
  readonly facts: string | null;
  /** What the engine came to, net of tax; what people set instead is another driver's. */
  readonly net: Decimal;
  /** The tax in the price, where it includes tax; else nothing. */
  readonly taxInPrice: Decimal;
  /** Before discounts, where it is known and something came off; else it is net and tax in the price. */
  readonly charge?: Decimal | null;
};

/**
 * One side of a matched item (variance, step 2), so that n(f, g, q, d) = a − disc(d, a) with a = R(f · g(q)) can take each
 * of the four from either side.
 */
export type Side = {
  /** Days covered ÷ full period, 1 for metered. */
  readonly f: Decimal;
  readonly g: Pricing;
  readonly q: Quantity;
  readonly d: DiscountTerms;
  /** What was billed before discounts. */
  readonly charge: Decimal;
  /** Of it, the cents beyond R(f · g(q)): several full periods, or parts of one, were rounded each for itself. */
  readonly leftover: Decimal;
  readonly net: Decimal;
};

export type Pricing = {
  readonly segments: readonly Segment[];
  /** Of the side it comes from: the sum of all segments over this share of the full period. */
  readonly billed: { readonly sum: Decimal; readonly share: Decimal; readonly quantity: Quantity };
  /** What is left of an amount that includes tax; null: it is net. */
  readonly netOf: { readonly net: Decimal; readonly gross: Decimal } | null;
  /** Says whether two sides have the same prices. */
  readonly key: string;
  /** The prices that were agreed, whatever part of a month they were taken for. */
  readonly terms: string;
  readonly isLinear: boolean;
  readonly isMetered: boolean;
};

export type Segment = {
  readonly price: Price;
  /** Share of the full period; 1 for metered. */
  readonly weight: Decimal;
  /** Of all units of the side. */
  readonly share: Decimal;
  readonly usage: RatedUsage | null;
};

type Part = {
  readonly stream: string;
  readonly price: Price;
  readonly priceKey: string;
  readonly weight: Decimal;
  readonly units: Decimal;
  readonly usage: RatedUsage | null;
  readonly amount: Decimal;
};

/** Null where one line does not say what it was made of: then nothing but the amount can be compared. */
export function sideOf(lines: readonly ItemLine[], currency: Currency): Side | null {
  const measured: { readonly line: ItemLine; readonly facts: DriverFacts; readonly parts: readonly Part[] }[] = [];
  for (const line of inOrderOfStreams(lines)) {
    if (line.facts === null) return null;
    const facts = JSON.parse(line.facts) as DriverFacts;
    measured.push({ line, facts, parts: partsOf(line.stream, facts) });
  }
  const parts = measured.flatMap((each) => each.parts);
  const isMetered = parts.some(({ usage }) => usage !== null);
  const share = isMetered ? ONE : shareCovered(parts);
  const q = spread(isMetered ? metered(parts.map(usageOf)) : units(meanUnits(parts, share)), parts);
  const sum = parts.reduce((total, { amount }) => total.plus(amount), ZERO);
  const net = lines.reduce((total, line) => total.plus(line.net), ZERO);
  const taxInPrice = lines.reduce((total, line) => total.plus(line.taxInPrice), ZERO);
  const gross = net.plus(taxInPrice);

  const terms = discountTermsOf(
    measured.map(({ line, facts, parts: own }) => ({ stream: line.stream, facts, weight: sumOf(own) })),
  );
  const isDiscounted = terms.groups.length > 0;
  const rounded = round(sum, currency);
  const charge = (isDiscounted ? chargeOf(measured) : gross) ?? rounded;
  return {
    f: share,
    g: {
      segments: segmentsOf(parts, q, isMetered, share),
      billed: { sum, share, quantity: q },
      netOf: taxInPrice.isZero() ? null : { net, gross },
      key: JSON.stringify(
        parts.map(({ priceKey, weight }) => [priceKey, isMetered ? "1" : weight.div(share).toFixed()]),
      ),
      terms: [...new Set(measured.map(({ facts }) => JSON.stringify(facts.price)))].sort().join(),
      isLinear: parts.every(({ price }) => isLinear(price)),
      isMetered,
    },
    q,
    d: isDiscounted ? { ...terms, billed: { amount: charge, discount: charge.minus(gross) } } : terms,
    charge,
    leftover: charge.minus(rounded),
    net,
  };
}

/** So that the same prices are the same, whichever contract was billed first. */
const inOrderOfStreams = (lines: readonly ItemLine[]): readonly ItemLine[] =>
  lines.length === 1 ? lines : lines.toSorted((a, b) => inOrder(a.stream, b.stream));

/** Null where one of the lines does not say. */
function chargeOf(measured: readonly { readonly line: ItemLine; readonly facts: DriverFacts }[]): Decimal | null {
  let total = ZERO;
  for (const { line, facts } of measured) {
    const isDiscounted = facts.discounts !== undefined || facts.shared !== undefined;
    if (isDiscounted && !line.charge) return null;
    total = total.plus(line.charge ?? line.net.plus(line.taxInPrice));
  }
  return total;
}

/** Where only amounts are known: so many units at one, so that what changes is how much was billed. */
export const sideOfAmount = (lines: readonly ItemLine[]): Side => {
  const net = lines.reduce((total, line) => total.plus(line.net), ZERO);
  const q = units(net);
  return {
    f: ONE,
    g: {
      segments: [{ price: { model: "per_unit", unitPrice: ONE }, weight: ONE, share: ONE, usage: null }],
      billed: { sum: net, share: ONE, quantity: q },
      netOf: null,
      key: "amount",
      terms: "amount",
      isLinear: true,
      isMetered: false,
    },
    q,
    d: discountTermsOf([]),
    charge: net,
    leftover: ZERO,
    net,
  };
};

/** R(f · g(q)). `twin` is the pricing of the other side: equal prices come to what was billed by them. */
export function chargeBy({ f, g, q }: Pick<Side, "f" | "g" | "q">, twin: Pricing, currency: Currency): Decimal {
  const { sum, share } = ratedBy(g, q, twin);
  return round(share.equals(f) ? sum : sum.times(f).div(share), currency);
}

/** True where what stays of amounts that include tax is the same, but for the rounding of the tax. */
export function isTaxedAlike({ netOf: a }: Pricing, { netOf: b }: Pricing, { minorUnits }: Currency): boolean {
  if (a === null || b === null || a.gross.isZero() || b.gross.isZero()) return a === b;
  const difference = b.gross.times(a.net).div(a.gross).minus(b.net).abs();
  return difference.lte(new Decimal(10).pow(-minorUnits));
}

export function netOf(amount: Decimal, { netOf: taxed }: Pricing, currency: Currency): Decimal {
  if (taxed === null || taxed.gross.isZero() || amount.equals(taxed.gross)) return taxed?.net ?? amount;
  return round(amount.times(taxed.net).div(taxed.gross), currency);
}

/** g(x) times its share of the full period, and that share. */
export function ratedBy(g: Pricing, x: Quantity, twin: Pricing): { readonly sum: Decimal; readonly share: Decimal } {
  if (x.key === g.billed.quantity.key) return g.billed;
  if (g.key === twin.key && x.key === twin.billed.quantity.key) return twin.billed;
  const sum = g.segments.reduce((total, segment) => total.plus(rateSegment(segment, x, g)), ZERO);
  return { sum, share: g.billed.share };
}

function rateSegment({ price, weight, share, usage }: Segment, x: Quantity, { billed }: Pricing): Decimal {
  const asked = shareOf(x, share, usage, billed.quantity.usage);
  return amountOf(rateUsage(price, asked)).times(weight);
}

function segmentsOf(parts: readonly Part[], q: Quantity, isMetered: boolean, share: Decimal): Segment[] {
  const total = isMetered ? q.total : q.total.times(share);
  return parts.map(({ price, weight, units: own, usage }, index) => ({
    price,
    weight: isMetered && usage ? ONE : weight,
    share: total.isZero()
      ? isMetered
        ? index === parts.length - 1
          ? ONE
          : ZERO
        : ONE
      : isMetered
        ? own.div(total)
        : own.times(share).div(total),
    usage,
  }));
}

function partsOf(stream: string, facts: DriverFacts): Part[] {
  const priceText = JSON.stringify(facts.price);
  const agreed = rememberedPrice(priceText, facts);
  const [numerator, denominator] = facts.served ?? [1, 1];
  const price = withIncludedOf(agreed, { numerator, denominator });
  const priceKey = facts.served ? `${priceText}${facts.served.join("/")}` : priceText;
  if (facts.usage) {
    const usage = usageFrom(facts.usage);
    const amount = facts.usage.precise ? new Decimal(facts.usage.precise) : amountOf(rateUsage(price, usage));
    return [{ stream, price, priceKey, weight: ONE, units: usage.quantity, usage, amount }];
  }
  return (facts.parts ?? [[1, 1, "1"]]).map(([numerator, denominator, quantity]) => {
    const own = new Decimal(quantity);
    const rated = amountOf(rateUsage(byUnit(price), { quantity: own }));
    const isWhole = numerator === denominator;
    return {
      stream,
      price: byUnit(price),
      priceKey,
      weight: isWhole ? ONE : new Decimal(numerator).div(denominator),
      units: own,
      usage: null,
      amount: isWhole ? rated : rated.times(numerator).div(denominator),
    };
  });
}

/** Few prices bill most lines; the map is emptied before it grows. */
const remembered = new Map<string, Price>();
const REMEMBERED_MAXIMUM = 5_000;

function rememberedPrice(text: string, { price: [model, terms] }: DriverFacts): Price {
  const known = remembered.get(text);
  if (known) return known;
  if (remembered.size >= REMEMBERED_MAXIMUM) remembered.clear();
  const price = priceFromTerms(model, terms);
  remembered.set(text, price);
  return price;
}

/** A flat fee is one unit at its price: twice the same fee is two of them. */
const byUnit = (price: Price): Price => (price.model === "flat" ? { model: "per_unit", unitPrice: price.fee } : price);

/** As long as the longest stream: what is served at the same time adds units, not days. */
function shareCovered(parts: readonly Part[]): Decimal {
  const byStream = new Map<string, Decimal>();
  for (const { stream, weight } of parts) byStream.set(stream, weight.plus(byStream.get(stream) ?? ZERO));
  const longest = Decimal.max(...byStream.values());
  return longest.gt(0) ? longest : ONE;
}

const meanUnits = (parts: readonly Part[], share: Decimal): Decimal =>
  parts.reduce((total, { weight, units: own }) => total.plus(own.times(weight)), ZERO).div(share);

/** As much, used elsewhere, is another quantity. */
const spread = (q: Quantity, parts: readonly Part[]): Quantity =>
  parts.length === 1 ? q : { ...q, key: `${q.key} ${parts.map(({ units: own }) => own.toFixed()).join()}` };

const usageOf = ({ usage, units: own }: Part): RatedUsage => usage ?? { quantity: own };

/** By the design: flat, per unit, seats without tiers; and a plain percent, which is so much per unit of an amount. */
function isLinear(price: Price): boolean {
  switch (price.model) {
    case "flat":
    case "per_unit":
      return true;
    case "seat":
      return price.perSeat.model === "per_unit";
    case "percentage":
      return (
        !price.fixedPerEvent &&
        !price.minimumPerEvent &&
        !price.maximumPerEvent &&
        !price.includedEvents &&
        !price.includedAmount
      );
    default:
      return false;
  }
}

const sumOf = (parts: readonly Part[]): Decimal => parts.reduce((total, { amount }) => total.plus(amount), ZERO);
const round = (precise: Decimal, currency: Currency): Decimal => roundToMinorUnit(money(precise, currency)).amount;
