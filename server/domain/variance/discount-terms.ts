import type { DiscountFact, DriverFacts } from "../invoice/driver-facts";
import type { Currency } from "../money/currency";
import { Decimal, ONE, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { percent, percentOf } from "../money/percent";
import { type Discount, type FixedDiscountToDate, takeDiscounts } from "../pricing/discount";

/** The discounts before the minimum of one side of an item. */
export type DiscountTerms = {
  /** Lines with the same terms together; each is taken from its share of the amount. */
  readonly groups: readonly DiscountGroup[];
  /** Says whether two sides have the same terms, whatever part of the amount each is taken from. */
  readonly key: string;
  /** What was billed: at this amount this much came off, to the cent that several lines shared. */
  readonly billed: { readonly amount: Decimal; readonly discount: Decimal } | null;
};

type DiscountGroup = {
  /** A fixed discount is given once to each. */
  readonly stream: string;
  readonly weight: Decimal;
  readonly own: readonly Discount[];
  readonly shared: readonly DiscountFact[];
};

type DiscountedLine = {
  readonly stream: string;
  readonly facts: Pick<DriverFacts, "discounts" | "shared">;
  readonly weight: Decimal;
};

const NO_TERMS: DiscountTerms = { groups: [], key: "", billed: null };

/** The terms of the lines of an item; the weight of a line is its precise amount. */
export function discountTermsOf(lines: readonly DiscountedLine[]): DiscountTerms {
  if (lines.every(({ facts }) => !facts.discounts && !facts.shared)) return NO_TERMS;
  const groups = new Map<string, DiscountGroup>();
  for (const { stream, facts, weight } of lines) {
    const { discounts = [], shared = [] } = facts;
    const given = discounts.some(([kind]) => kind === "f") ? stream : "";
    const key = JSON.stringify([
      given,
      discounts,
      shared.map(([kind, value, id]) => (kind === "p" ? [value, id] : [id])),
    ]);
    const known = groups.get(key);
    groups.set(
      key,
      known
        ? { ...known, weight: known.weight.plus(weight), shared: addShares(known.shared, shared) }
        : { stream: given, weight, own: discounts.map(toDiscount), shared },
    );
  }
  return { groups: [...groups.values()], key: keyOf([...groups.values()]), billed: null };
}

const keyOf = (groups: readonly DiscountGroup[]): string =>
  groups
    .map(({ own, shared }) =>
      JSON.stringify([
        own.map((each) => [each.kind, (each.kind === "percent" ? each.percent : each.amount).toFixed()]),
        shared.map(([kind, value]) => [kind, value]),
      ]),
    )
    .sort()
    .join();

const addShares = (known: readonly DiscountFact[], more: readonly DiscountFact[]): DiscountFact[] =>
  known.map(([kind, value, id], index) =>
    kind === "p" ? [kind, value, id] : [kind, new Decimal(value).plus(more[index]?.[1] ?? ZERO).toFixed(), id],
  );

const toDiscount = ([kind, value, id]: DiscountFact): Discount => ({
  id,
  description: id,
  endsBefore: null,
  position: "before_minimum",
  ...(kind === "p" ? { kind: "percent", percent: percent(value) } : { kind: "fixed", amount: new Decimal(value) }),
});

/** disc(d, a): what the terms take off an amount, as the engine takes it, between nothing and all of it. */
export function discountOn({ groups, billed }: DiscountTerms, amount: Decimal, currency: Currency): Decimal {
  if (billed?.amount.equals(amount)) return billed.discount;
  const [only] = groups;
  if (only === undefined) return ZERO;
  const weights = groups.reduce((total, { weight }) => total.plus(weight), ZERO);
  const given = new Map<string, Map<string, FixedDiscountToDate>>();
  const taken = groups.reduce((total, group, index) => {
    const own = weights.isZero() ? (index === 0 ? amount : ZERO) : amount.times(group.weight).div(weights);
    const toDate = given.get(group.stream) ?? new Map<string, FixedDiscountToDate>();
    given.set(group.stream, toDate);
    return total.plus(takenFrom(groups.length === 1 ? amount : own, group, { toDate, currency }));
  }, ZERO);
  return within(taken, amount);
}

type Taking = { readonly toDate: Map<string, FixedDiscountToDate>; readonly currency: Currency };

/** Notes what was given, as lines with other terms may have the same fixed discount. */
function takenFrom(amount: Decimal, { own, shared }: DiscountGroup, { toDate, currency }: Taking): Decimal {
  const round = (precise: Decimal) => roundToMinorUnit(money(precise, currency)).amount;
  const all = takeDiscounts(amount, own, toDate);
  for (const { discount, base, taken } of all) {
    const { base: baseBefore, given } = toDate.get(discount.id) ?? { base: ZERO, given: ZERO };
    toDate.set(discount.id, { base: baseBefore.plus(base), given: given.plus(taken) });
  }
  let taken = round(all.reduce((total, each) => total.plus(each.taken), ZERO));
  for (const [kind, value] of shared) {
    const left = amount.minus(taken);
    const share = kind === "p" ? round(percentOf(left, percent(value))) : new Decimal(value);
    taken = taken.plus(within(share, left));
  }
  return taken;
}

const within = (discount: Decimal, amount: Decimal): Decimal =>
  amount.isNegative()
    ? Decimal.max(amount, Decimal.min(discount, ZERO))
    : Decimal.min(amount, Decimal.max(discount, ZERO));

/** 1 − percent: what the percentages leave of an amount; fixed discounts are no part of it. */
export function leftByPercent({ groups }: DiscountTerms): Decimal {
  if (groups.length === 0) return ONE;
  const weights = groups.reduce((total, { weight }) => total.plus(weight), ZERO);
  const leftOf = ({ own, shared }: DiscountGroup) =>
    [
      ...own.flatMap((each) => (each.kind === "percent" ? [each.percent as Decimal] : [])),
      ...shared.flatMap(([kind, value]) => (kind === "p" ? [new Decimal(value)] : [])),
    ].reduce((left, off) => left.times(ONE.minus(off.div(100))), ONE);
  if (weights.isZero()) return leftOf(groups[0] as DiscountGroup);
  return groups.reduce((total, group) => total.plus(leftOf(group).times(group.weight)), ZERO).div(weights);
}
