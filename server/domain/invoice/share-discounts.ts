import type { PlainDate } from "../calendar/plain-date";
import type { Contract, ContractDiscount } from "../contract/contract";
import { groupBy } from "../group-by";
import { allocate, roundTogether } from "../money/allocate";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { percentOf } from "../money/percent";
import type { DiscountPosition } from "../pricing/discount";
import { cellOf, type Discountable } from "./discount-cells";
import type { SharedDiscountExplained } from "./explanation";
import type { SharedDiscount } from "./line";

/** Something to discount: what is left of it goes down with every share. */
export type Discounted = Discountable & { readonly key: string; readonly left: Decimal };

export type DiscountShare = SharedDiscount & { readonly explain: () => SharedDiscountExplained };

export const sharedDiscount = ({ discount, share }: DiscountShare): SharedDiscount => ({ discount, share });

/**
 * Takes the contract's discounts of one position in their order and tells each item its shares, whole minor units, by
 * key. What is below zero, such as seats given back, gives back what was taken from it: a percent its percent, a fixed
 * amount what is more than there was to discount.
 */
export function shareDiscounts(
  contract: Contract,
  position: DiscountPosition,
  items: readonly Discounted[],
): ReadonlyMap<string, readonly DiscountShare[]> {
  const shares = new Map<string, DiscountShare[]>();
  const left = new Map(items.map((item) => [item.key, item.left]));
  for (const discount of contract.discounts.filter((each) => each.position === position)) {
    const cells = groupBy(items, (item) => cellOf(contract, discount, item));
    const spread = rememberSpread(discount, contract.currency);
    for (const [cell, members] of cells) {
      if (cell === null) continue;
      for (const taken of takeFromCell(discount, members, { left, spread, currency: contract.currency })) {
        const { key, share } = taken;
        left.set(key, (left.get(key) ?? ZERO).minus(share));
        const own = shares.get(key) ?? [];
        own.push({ discount, share, explain: taken.explain });
        shares.set(key, own);
      }
    }
  }
  return shares;
}

type Taken = { readonly key: string } & Pick<DiscountShare, "share" | "explain">;

/** A fixed amount goes to what falls due first; what falls due together shares it by what is left. */
function takeFromCell(
  discount: ContractDiscount,
  members: readonly Discounted[],
  {
    left,
    spread,
    currency,
  }: { readonly left: ReadonlyMap<string, Decimal>; readonly spread: Spread; readonly currency: Currency },
): Taken[] {
  const byDay = [...groupBy(members, ({ dueOn }) => dueOn)].sort(([a], [b]) => comparedDays(a, b));
  const round = (amount: Decimal) => roundToMinorUnit(money(amount, currency)).amount;
  let [baseToDate, givenToDate] = [ZERO, ZERO];
  return byDay.flatMap(([, together]) => {
    const amounts = together.map(({ key }) => left.get(key) ?? ZERO);
    const base = amounts.reduce((total, amount) => total.plus(amount), ZERO);
    baseToDate = baseToDate.plus(base);
    const given =
      discount.kind === "percent"
        ? round(percentOf(base, discount.percent))
        : fixedGiven(round(discount.amount), { base, baseToDate, givenToDate });
    if (given.isZero()) return [];
    givenToDate = givenToDate.plus(given);
    const shares = spread(given, amounts);
    return together.flatMap(({ key }, index) => {
      const share = shares[index] ?? ZERO;
      if (share.isZero()) return [];
      const left = amounts[index] ?? ZERO;
      return [{ key, share, explain: () => explainShare(discount, { base, given, left, share }) }];
    });
  });
}

/** No more than there was to discount so far, so that seats given back give back what was taken off them. */
function fixedGiven(
  amount: Decimal,
  { base, baseToDate, givenToDate }: { readonly [Part in "base" | "baseToDate" | "givenToDate"]: Decimal },
): Decimal {
  const due = Decimal.max(ZERO, Decimal.min(baseToDate, amount)).minus(givenToDate);
  return base.isNegative() ? Decimal.min(ZERO, due) : Decimal.max(ZERO, Decimal.min(due, base));
}

type Spread = (given: Decimal, amounts: readonly Decimal[]) => readonly Decimal[];

/** Whole periods leave the same amounts, month after month: what was spread over them last is spread again. */
function rememberSpread(discount: ContractDiscount, currency: Currency): Spread {
  let last: {
    readonly given: Decimal;
    readonly amounts: readonly Decimal[];
    readonly shares: readonly Decimal[];
  } | null = null;
  return (given, amounts) => {
    if (last?.given.equals(given) && isSame(last.amounts, amounts)) return last.shares;
    const shares = spreadOver(discount, given, amounts, currency);
    last = { given, amounts, shares };
    return shares;
  };
}

const isSame = (a: readonly Decimal[], b: readonly Decimal[]): boolean =>
  a.length === b.length && a.every((amount, index) => amount.equals(b[index] ?? ZERO));

/** A percent spreads by its exact shares; a fixed amount over what it is taken from, or was taken from. */
function spreadOver(
  discount: ContractDiscount,
  given: Decimal,
  amounts: readonly Decimal[],
  currency: Currency,
): readonly Decimal[] {
  if (discount.kind === "percent") {
    const exact = amounts.map((amount) => money(percentOf(amount, discount.percent), currency));
    return roundTogether(exact, currency).map(({ amount }) => amount);
  }
  const weights = amounts.map((amount) => Decimal.max(given.isNegative() ? ZERO.minus(amount) : amount, ZERO));
  const shares = allocate(money(given, currency), weights);
  if (!shares.ok) throw new Error("a discount is spread over amounts that are not nothing");
  return shares.value.map(({ amount }) => amount);
}

function explainShare(
  discount: ContractDiscount,
  amounts: { readonly [Part in "base" | "given" | "left" | "share"]: Decimal },
): SharedDiscountExplained {
  return {
    description: discount.description,
    scope: discount.scope.kind,
    percent: discount.kind === "percent" ? discount.percent.toFixed() : null,
    fixed: discount.kind === "fixed" ? discount.amount.toFixed() : null,
    base: amounts.base.toFixed(),
    given: amounts.given.toFixed(),
    left: amounts.left.toFixed(),
    share: amounts.share.toFixed(),
  };
}

const comparedDays = (a: PlainDate, b: PlainDate): number => (a < b ? -1 : a > b ? 1 : 0);
