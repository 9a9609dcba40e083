import type { Contract, ContractDiscount } from "../contract/contract";
import { groupBy } from "../group-by";
import { inOrder } from "../in-order";
import { allocate, roundTogether } from "../money/allocate";
import type { Currency } from "../money/currency";
import { addUp, Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { percentOf } from "../money/percent";
import type { DiscountPosition } from "../pricing/discount";
import { cellsOf, type Discountable } from "./discount-cells";
import type { SharedDiscountExplained } from "./explanation";
import type { SharedDiscount } from "./shared-discount";

/** Something to discount, and what there is of it. */
export type Discounted = Discountable & { readonly left: Decimal };

/** How much of a discount falls on one item, and what made it so much. */
export type DiscountShare = SharedDiscount & {
  /** Of all that share it: what there was to discount, and what came off. */
  readonly base: Decimal;
  readonly given: Decimal;
  /** Of this one, after the discounts before. */
  readonly left: Decimal;
};

export const sharedDiscount = ({ discount, share }: DiscountShare): SharedDiscount => ({ discount, share });

/**
 * Takes the contract's discounts of one position in their order and tells each item, by its place, its shares in whole
 * minor units. What is below zero, such as seats given back, gives back what was taken from it: a percent its percent, a
 * fixed amount what is more than there was to discount.
 */
export function shareDiscounts(
  contract: Contract,
  position: DiscountPosition,
  items: readonly Discounted[],
): readonly (readonly DiscountShare[])[] {
  const shares = items.map((): DiscountShare[] => []);
  for (const discount of contract.discounts.filter((each) => each.position === position)) {
    const cellOf = cellsOf(contract, discount);
    const cells = groupBy(
      items.map(
        (item, place): Sharing => ({ item, left: leftAfter(item, shares[place]), shares: shares[place] ?? [] }),
      ),
      ({ item }) => cellOf(item),
    );
    const spread = rememberSpread(discount, contract.currency);
    for (const [cell, members] of cells) {
      if (cell !== null) takeFromCell(discount, members, spread, contract.currency);
    }
  }
  return shares;
}

/** An item before a discount is taken from it, and where its share is written. */
type Sharing = { readonly item: Discounted; readonly left: Decimal; readonly shares: DiscountShare[] };

const leftAfter = ({ left }: Discounted, shares: readonly DiscountShare[] = []): Decimal =>
  shares.reduce((rest, { share }) => rest.minus(share), left);

/** A fixed amount goes to what falls due first; what falls due together shares it by what is left. */
function takeFromCell(
  discount: ContractDiscount,
  members: readonly Sharing[],
  spread: Spread,
  currency: Currency,
): void {
  const byDay = [...groupBy(members, ({ item }) => item.dueOn)].sort(([a], [b]) => inOrder(a, b));
  const round = (amount: Decimal) => roundToMinorUnit(money(amount, currency)).amount;
  let [baseToDate, givenToDate] = [ZERO, ZERO];
  for (const [, together] of byDay) {
    const amounts = together.map(({ left }) => left);
    const base = addUp(amounts);
    baseToDate = baseToDate.plus(base);
    const given =
      discount.kind === "percent"
        ? round(percentOf(base, discount.percent))
        : fixedGiven(round(discount.amount), { base, baseToDate, givenToDate });
    if (given.isZero()) continue;
    givenToDate = givenToDate.plus(given);
    const spreadOut = spread(given, amounts);
    together.forEach(({ left, shares }, index) => {
      const share = spreadOut[index] ?? ZERO;
      if (!share.isZero()) shares.push({ discount, share, base, given, left });
    });
  }
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
  a.length === b.length && a.every((amount, index) => amount === b[index] || amount.equals(b[index] ?? ZERO));

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

export const explainShare = ({ discount, base, given, left, share }: DiscountShare): SharedDiscountExplained => ({
  description: discount.description,
  scope: discount.scope.kind,
  percent: discount.kind === "percent" ? discount.percent.toFixed() : null,
  fixed: discount.kind === "fixed" ? discount.amount.toFixed() : null,
  base: base.toFixed(),
  given: given.toFixed(),
  left: left.toFixed(),
  share: share.toFixed(),
});
