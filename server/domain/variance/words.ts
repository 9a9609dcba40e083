import { inOrder } from "../in-order";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { type Money, money, moneyText } from "../money/money";
import type { Price } from "../pricing/price";
import type { Comparison, ItemComparison, SettledItem } from "./compare-items";
import { leftByPercent } from "./discount-terms";
import { bySize, type Driver, type Drivers } from "./driver";
import type { Pricing, Side } from "./side";

/** A part of a sentence about an item, and the amount that it stands for. */
type Clause = { readonly words: string; readonly amount: Decimal };

/** What is said of one item, the largest first. */
type Told = { readonly name: string; readonly isNamed: boolean; readonly clauses: readonly Clause[] };

/** The currency of the amounts, and which month they are compared with: "last month", "in Oct 2025". */
export type Wording = { readonly currency: Currency; readonly baseline: string };

const CLAUSES_AT_MOST = 3;

/**
 * What moved a bill, as a person would say it, the largest first; what is left out is added up at the end: "API calls
 * 0.9 M → 1.5 M, second tier reached: +360.00; unit price 0.0010 → 0.0011: +90.00". Null: nothing moved.
 */
export function driversInWords(
  { items, settled, change }: Pick<Comparison, "items" | "settled" | "change">,
  words: Wording,
): string | null {
  const told = [...items.flatMap((item) => tellItem(item, words) ?? []), ...settled.map(tellSettled)].sort(
    (a, b) => largest(b).comparedTo(largest(a)) || inOrder(textOf(a), textOf(b)),
  );
  return say(told, change.amount, words.currency);
}

/** Of equal ones by what is said, so that it does not depend on the order of lines. */
const textOf = ({ name, clauses }: Told): string => `${name} ${clauses[0]?.words ?? ""}`;

const tellSettled = ({ description, from, to, change }: SettledItem): Told => {
  const [before, now] = [new Decimal(from), new Decimal(to)];
  const words = `${shortNumber(before, now)} → ${shortNumber(now, before)}`;
  return { name: description, isNamed: false, clauses: [{ words, amount: change }] };
};

/** What is not said is the rest of the change. */
function say(told: readonly Told[], change: Decimal, currency: Currency): string | null {
  const said: string[] = [];
  let rest = change;
  for (const { name, isNamed, clauses } of told) {
    for (const [index, { words, amount }] of clauses.entries()) {
      if (said.length === CLAUSES_AT_MOST) break;
      const named = isNamed || index > 0 ? words : words === "" ? name : `${name} ${words}`;
      const text = `${named}: ${signed(amount, currency)}`;
      // What begins with a name is written as the name is.
      said.push(isNamed && said.length === 0 ? capitalized(text) : text);
      rest = rest.minus(amount);
    }
  }
  if (said.length === 0) return null;
  return `${[...said, ...(rest.isZero() ? [] : [`the rest: ${signed(rest, currency)}`])].join("; ")}.`;
}

const DRIVER_NAMES: { readonly [D in Driver]: string } = {
  new: "new",
  lost: "ended",
  timing: "not due every month",
  volume: "volume",
  mix: "tiers",
  price: "price",
  proration: "part of a period",
  discount: "discount",
  minimum: "minimums and maximums",
  credit: "credits",
  manual: "by hand",
  tax: "tax",
};

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Where no items are at hand: "Volume: +33.00; price: +5.00." */
export function totalsInWords(drivers: Drivers, currency: Currency): string | null {
  const said = bySize(drivers)
    .slice(0, CLAUSES_AT_MOST)
    .map(({ driver, amount }) => `${DRIVER_NAMES[driver]}: ${signed(amount, currency)}`)
    .join("; ");
  return said === "" ? null : `${capitalized(said)}.`;
}

/** What moved one item; null: nothing. */
export const itemInWords = (item: ItemComparison, words: Wording): string | null =>
  driversInWords({ items: [item], settled: [], change: item.change }, words);

const largest = ({ clauses }: Told): Decimal => clauses[0]?.amount.abs() ?? ZERO;

function tellItem(item: ItemComparison, words: Wording): Told | null {
  const all = clausesOf(item, words).filter(({ amount }) => !amount.isZero());
  if (all.length === 0) return null;
  const clauses = all.sort((a, b) => b.amount.abs().comparedTo(a.amount.abs()));
  return { name: item.description, isNamed: item.layer === "credit", clauses };
}

function clausesOf(item: ItemComparison, { currency, baseline }: Wording): Clause[] {
  const amount = item.change.amount;
  switch (item.driver) {
    case "new":
      return [{ words: "is new", amount }];
    case "lost":
      return [{ words: "ended", amount }];
    case "timing":
      return [{ words: `${item.current === null ? "was" : "was not"} billed ${baseline}`, amount }];
    case null:
      break;
  }
  if (item.layer === "credit") return [{ words: "credits", amount }];
  if (item.layer === "manual") return [{ words: "set by hand", amount }];
  if (item.layer !== null || item.sides === null) return [{ words: "", amount }];
  const { drivers, sides } = item;
  const { volume = ZERO, mix = ZERO, price = ZERO, proration = ZERO, discount = ZERO } = drivers;
  return [
    { words: quantityWords(sides.baseline, sides.current), amount: volume.plus(mix) },
    { words: priceWords(sides.baseline.g, sides.current.g, currency), amount: price },
    { words: daysWords(sides.baseline, sides.current), amount: proration },
    { words: discountWords(sides.baseline, sides.current), amount: discount },
  ];
}

function quantityWords(before: Side, now: Side): string {
  const [from, to] = [before.q.total, now.q.total];
  if (from.equals(to)) return "used elsewhere";
  const tier = tierWords(before, now);
  return `${shortNumber(from, to)} → ${shortNumber(to, from)}${tier === null ? "" : `, ${tier}`}`;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** The tiers of the baseline's price, which mix is told by. */
function tierWords(before: Side, now: Side): string | null {
  const [segment] = before.g.segments;
  const [from, to] = [before.q, now.q].map(({ total }) => segment && tierAt(segment.price, total));
  if (from === undefined || to === undefined || from === null || to === null || from === to) return null;
  const tier = ORDINALS[to] ?? `tier ${to + 1}`;
  return to > from ? `${tier}${to < ORDINALS.length ? " tier" : ""} reached` : `back in the ${tier} tier`;
}

function tierAt(price: Price, quantity: Decimal): number | null {
  const rated = price.model === "seat" ? price.perSeat : price;
  if (rated.model !== "graduated" && rated.model !== "volume" && rated.model !== "graduated_percentage") return null;
  const units = price.includedUnits ? Decimal.max(ZERO, quantity.minus(price.includedUnits)) : quantity;
  return rated.tiers.findIndex(({ upTo }) => upTo === null || units.lte(upTo));
}

function priceWords(before: Pricing, now: Pricing, currency: Currency): string {
  if (before.terms === now.terms) return "counted over other days";
  const [from, to] = [before.segments.at(-1)?.price, now.segments.at(-1)?.price];
  const moved = from && to && from.model === to.model ? movedPrice(from, to) : null;
  if (moved === null) return "other price";
  const places = Math.max(moved.from.decimalPlaces(), moved.to.decimalPlaces(), currency.minorUnits);
  return `${moved.name} ${moved.from.toFixed(places)} → ${moved.to.toFixed(places)}`;
}

type MovedPrice = { readonly name: string; readonly from: Decimal; readonly to: Decimal };

/** The first figure of the price that is another one. */
function movedPrice(from: Price, to: Price): MovedPrice | null {
  const figures = (price: Price): readonly (readonly [string, Decimal])[] => {
    switch (price.model) {
      case "flat":
      case "one_time":
        return [["fee", price.fee]];
      case "per_unit":
        return [["unit price", price.unitPrice]];
      case "package":
        return [
          ["package price", price.packagePrice],
          ["package size", price.packageSize],
        ];
      case "graduated":
      case "volume":
        return price.tiers.flatMap(({ unitPrice, flatFee }) => [
          ["unit price", unitPrice] as const,
          ["flat fee", flatFee ?? ZERO] as const,
        ]);
      case "graduated_percentage":
        return price.tiers.map(({ percent }) => ["percent", percent] as const);
      case "percentage":
        return [
          ["percent", price.percent],
          ["fee per event", price.fixedPerEvent ?? ZERO],
        ];
      case "matrix":
        return [
          ...price.rows.map(({ unitPrice }) => ["unit price", unitPrice] as const),
          ["unit price", price.defaultUnitPrice],
        ];
      case "seat":
        return figures(price.perSeat);
    }
  };
  const included = ["included units", from.includedUnits ?? ZERO] as const;
  const [before, now] = [
    [...figures(from), included],
    [...figures(to), [included[0], to.includedUnits ?? ZERO] as const],
  ];
  const index = before.findIndex(([, value], place) => !value.equals(now[place]?.[1] ?? value));
  const [was, is] = [before[index], now[index]];
  return was && is ? { name: was[0], from: was[1], to: is[1] } : null;
}

function daysWords({ f: from }: Side, { f: to }: Side): string {
  if (from.equals(to)) return "rounding of parts";
  if (to.equals(1)) return "whole period after a part of one";
  return from.equals(1) ? "part of a period after a whole one" : "another part of the period";
}

function discountWords({ d: from }: Side, { d: to }: Side): string {
  const [before, now] = [from, to].map((terms) => new Decimal(100).minus(leftByPercent(terms).times(100)));
  if (!before || !now || before.equals(now)) return "discount";
  const text = (percent: Decimal) => `${percent.toDecimalPlaces(2).toFixed()} %`;
  return `discount ${text(before)} → ${text(now)}`;
}

/** "0.9 M" beside "1.5 M"; "8,000"; "12.5". */
function shortNumber(value: Decimal, beside: Decimal): string {
  const largest = Decimal.max(value.abs(), beside.abs());
  if (largest.lt(1_000_000)) return grouped(value.toDecimalPlaces(2).toFixed());
  const millions = (each: Decimal) => each.div(1_000_000).toDecimalPlaces(each.abs().gte(100_000) ? 1 : 3);
  const short = millions(value);
  return short.equals(millions(beside)) ? grouped(value.toFixed()) : `${short.toFixed()} M`;
}

const grouped = (text: string): string => text.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");

/** "+360.00", "−1,200.00" */
export function signed(amount: Decimal, currency: Currency): string {
  const text = grouped(moneyText(money(amount, currency)));
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}

/** "12,345.60" */
export const groupedAmount = (amount: Money): string => grouped(moneyText(amount));
