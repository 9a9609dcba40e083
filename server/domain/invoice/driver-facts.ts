import { Decimal, ZERO } from "../money/decimal";
import type { DiscountTaken } from "../pricing/discount";
import { includedIn } from "../pricing/included";
import type { Price, PriceModelName } from "../pricing/price";
import { type StoredTerms, termsFromPrice } from "../pricing/price-terms";
import type { Ratio } from "../pricing/prorate";
import { type RatedUsage, usageAsked } from "../pricing/rate";
import { type SeatDays, totalDays } from "../pricing/seats";
import type { DecimalText } from "./explanation";
import type { SharedDiscount } from "./shared-discount";

/**
 * What a comparison with another month needs of a line: its price, what it was taken times, and the terms of the discounts
 * before the minimum. Plain data, stored with the line, so that nobody has to ask what the contract said back then. The
 * limits of the price are not in it: what they make stands on lines of its own.
 */
export type DriverFacts = MeasuredFacts & {
  /** Of the charge itself, in the order they are taken; a fixed one is given once over the lines of a full period. */
  readonly discounts?: readonly DiscountFact[];
  /** Of the contract, after those: a percent, or the share of a fixed amount that fell on this line. */
  readonly shared?: readonly DiscountFact[];
};

export type MeasuredFacts = {
  readonly price: readonly [model: PriceModelName, terms: StoredTerms];
  /** Not metered: for so much of the full period, so many units. Left out: one unit for the whole period. */
  readonly parts?: readonly PartFact[];
  /** Metered. */
  readonly usage?: UsageFact;
  /** Metered, and part of a full period: the share that the price includes units for. */
  readonly served?: readonly [numerator: number, denominator: number];
};

/** Share of the full period as numerator and denominator, and the quantity before included units. */
export type PartFact = readonly [numerator: number, denominator: number, quantity: DecimalText];

export type UsageFact = {
  readonly quantity: DecimalText;
  /** Only what the price asks for. */
  readonly events?: DecimalText;
  readonly amounts?: readonly (readonly [amount: DecimalText, count: DecimalText])[];
  readonly groups?: readonly (readonly [values: { readonly [property: string]: string }, quantity: DecimalText])[];
  /** The precise amount, where amounts or groups were too many to be kept one by one. */
  readonly precise?: DecimalText;
};

/** `p` percent, `f` fixed amount; the id says that two lines have the same one. */
export type DiscountFact = readonly [kind: "p" | "f", value: DecimalText, id: string];

const WHOLE_UNIT: PartFact = [1, 1, "1"];

/** Of a charge whose terms alone tell its quantity. A flat fee is one unit at its price. */
export function factsOfContracted(price: Price, quantity: Decimal, ratio: Ratio): MeasuredFacts {
  const units = price.model === "flat" ? "1" : quantity.toFixed();
  return { price: storedPrice(price), ...partsOf([[ratio.numerator, ratio.denominator, units]]) };
}

/** Of seats counted for runs of days. */
export function factsOfSeats(price: Price, counted: readonly SeatDays[], ratio: Ratio): MeasuredFacts {
  const days = totalDays(counted);
  const parts = counted.map(
    (run): PartFact => [ratio.numerator * run.days, ratio.denominator * days, run.seats.toFixed()],
  );
  return { price: storedPrice(price), ...partsOf(parts) };
}

/** What was known in the end less what was known at the beginning. */
export const lessFacts = (known: MeasuredFacts, before: MeasuredFacts): MeasuredFacts => ({
  price: known.price,
  parts: [
    ...(known.parts ?? [WHOLE_UNIT]),
    ...(before.parts ?? [WHOLE_UNIT]).map(([numerator, ...rest]): PartFact => [-numerator, ...rest]),
  ],
});

function partsOf(parts: readonly PartFact[]): Pick<MeasuredFacts, "parts"> {
  const simple = parts.map(([n, d, quantity]): PartFact => (n === d ? [1, 1, quantity] : [n, d, quantity]));
  const [first] = simple;
  const isWholeUnit = simple.length === 1 && first?.join() === WHOLE_UNIT.join();
  return isWholeUnit ? {} : { parts: simple };
}

/** More than these are told by as many that stand for them. */
const KEPT_MAXIMUM = 60;

/** Of usage; a part of the full period includes its share of units. */
export function factsOfUsage(price: Price, usage: RatedUsage, ratio: Ratio, precise: () => Decimal): MeasuredFacts {
  const included = includedIn(price);
  const isPart = ratio.numerator !== ratio.denominator && !(included.quantity.isZero() && included.events.isZero());
  const asked = usageAsked(price);
  const amounts = asked === "event_amounts" ? tally(usage.eventAmounts ?? []) : null;
  const groups = asked === "groups" ? gather(price, usage.groups ?? []) : null;
  const isAbridged = (amounts?.isAbridged ?? false) || (groups?.isAbridged ?? false);
  return {
    price: storedPrice(price),
    ...(isPart && { served: [ratio.numerator, ratio.denominator] as const }),
    usage: {
      quantity: usage.quantity.toFixed(),
      ...((asked === "events" || asked === "event_amounts") && usage.events ? { events: usage.events.toFixed() } : {}),
      ...(amounts
        ? { amounts: amounts.kept.map(({ amount, count }) => [amount.toFixed(), count.toFixed()] as const) }
        : {}),
      ...(groups ? { groups: groups.kept.map(({ values, quantity }) => [values, quantity.toFixed()] as const) } : {}),
      ...(isAbridged ? { precise: precise().toFixed() } : {}),
    },
  };
}

type Kept<T> = { readonly kept: readonly T[]; readonly isAbridged: boolean };

/** Equal neighbours together; of too many the neighbours by their mean, so that sum and number stay. */
function tally(runs: NonNullable<RatedUsage["eventAmounts"]>): Kept<{ amount: Decimal; count: Decimal }> {
  const merged: { amount: Decimal; count: Decimal }[] = [];
  for (const { amount, count } of runs) {
    const last = merged.at(-1);
    if (last?.amount.equals(amount)) last.count = last.count.plus(count);
    else merged.push({ amount, count });
  }
  if (merged.length <= KEPT_MAXIMUM) return { kept: merged, isAbridged: false };
  const size = Math.ceil(merged.length / KEPT_MAXIMUM);
  const ascending = merged.toSorted((a, b) => a.amount.comparedTo(b.amount));
  const kept = Array.from({ length: Math.ceil(ascending.length / size) }, (_, index) => {
    const some = ascending.slice(index * size, (index + 1) * size);
    const count = some.reduce((total, each) => total.plus(each.count), ZERO);
    const sum = some.reduce((total, each) => total.plus(each.amount.times(each.count)), ZERO);
    return { amount: sum.div(count).toDecimalPlaces(12), count };
  });
  return { kept, isAbridged: true };
}

/** By what the dimensions of the price say; of too many those that use most, and the rest as usage that says nothing. */
function gather(
  price: Price,
  groups: NonNullable<RatedUsage["groups"]>,
): Kept<{ values: { [property: string]: string }; quantity: Decimal }> {
  const dimensions = price.model === "matrix" ? price.dimensions : [];
  const byValues = new Map<string, { values: { [property: string]: string }; quantity: Decimal }>();
  for (const { values, quantity } of groups) {
    const own = Object.fromEntries(
      dimensions.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
    );
    const key = JSON.stringify(own);
    const known = byValues.get(key);
    if (known) known.quantity = known.quantity.plus(quantity);
    else byValues.set(key, { values: own, quantity });
  }
  const all = [...byValues.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  if (all.length <= KEPT_MAXIMUM) return { kept: all, isAbridged: false };
  const largest = new Set(
    all.toSorted((a, b) => b.quantity.abs().comparedTo(a.quantity.abs())).slice(0, KEPT_MAXIMUM - 1),
  );
  const rest = all.filter((group) => !largest.has(group)).reduce((total, each) => total.plus(each.quantity), ZERO);
  return { kept: [...all.filter((group) => largest.has(group)), { values: {}, quantity: rest }], isAbridged: true };
}

function storedPrice(price: Price): DriverFacts["price"] {
  const { minimum: _, maximum: __, ...rest } = price;
  return [price.model, termsFromPrice(rest)];
}

/** With the discounts before the minimum, its own and the contract's. */
export function withDiscountFacts(
  facts: MeasuredFacts,
  taken: readonly DiscountTaken[],
  shares: readonly SharedDiscount[],
): DriverFacts {
  const discounts = taken.map(
    ({ discount }): DiscountFact =>
      discount.kind === "percent"
        ? ["p", discount.percent.toFixed(), discount.id]
        : ["f", discount.amount.toFixed(), discount.id],
  );
  const shared = shares.map(
    ({ discount, share }): DiscountFact =>
      discount.kind === "percent"
        ? ["p", discount.percent.toFixed(), discount.id]
        : ["f", share.toFixed(), discount.id],
  );
  return { ...facts, ...(discounts.length > 0 && { discounts }), ...(shared.length > 0 && { shared }) };
}
