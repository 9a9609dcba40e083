import type { DiscountFact, DriverFacts } from "../invoice/driver-facts";
import type { Currency } from "../money/currency";
import { Decimal, ONE, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { percent, percentOf } from "../money/percent";
import { type Discount, takeDiscounts } from "../pricing/discount";

/** The discounts before the minimum of one side of an item. */
export type DiscountTerms = {
  /** Lines with the same terms together; each is taken from its share of the amount. */
  readonly groups: readonly DiscountGroup[];
  /** What was billed: at this amount this much came off, to the cent that several lines shared. */
  readonly billed: { readonly amount: Decimal; readonly discount: Decimal } | null;
};

type DiscountGroup = {
  readonly weight: Decimal;
  readonly own: readonly Discount[];
  readonly shared: readonly DiscountFact[];
};

const NO_TERMS: DiscountTerms = { groups: [], billed: null };

/** The terms of the lines of an item; the weight of a line is its precise amount. */
export function discountTermsOf(
  lines: readonly { readonly facts: Pick<DriverFacts, "discounts" | "shared">; readonly weight: Decimal }[],
): DiscountTerms {
  if (lines.every(({ facts }) => !facts.discounts && !facts.shared)) return NO_TERMS;
  const groups = new Map<string, DiscountGroup>();
  for (const { facts, weight } of lines) {
    const { discounts = [], shared = [] } = facts;
    const key = JSON.stringify([discounts, shared.map(([kind, value, id]) => (kind === "p" ? [value, id] : [id]))]);
    const known = groups.get(key);
    groups.set(
      key,
      known
        ? { ...known, weight: known.weight.plus(weight), shared: addShares(known.shared, shared) }
        : { weight, own: discounts.map(toDiscount), shared },
    );
  }
  return { groups: [...groups.values()], billed: null };
}

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
  const taken = groups.reduce((total, group, index) => {
    const own = weights.isZero() ? (index === 0 ? amount : ZERO) : amount.times(group.weight).div(weights);
    return total.plus(takenFrom(groups.length === 1 ? amount : own, group, currency));
  }, ZERO);
  return within(taken, amount);
}

function takenFrom(amount: Decimal, { own, shared }: DiscountGroup, currency: Currency): Decimal {
  const round = (precise: Decimal) => roundToMinorUnit(money(precise, currency)).amount;
  let taken = round(takeDiscounts(amount, own).reduce((total, each) => total.plus(each.taken), ZERO));
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
