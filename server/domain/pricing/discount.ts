import type { PlainDate } from "../calendar/plain-date";
import { Decimal, ZERO } from "../money/decimal";
import { type Percent, percentOf } from "../money/percent";

/** Before the minimum the discount lowers what the minimum compares; after it, it comes off in any case. */
export type DiscountPosition = "before_minimum" | "after_minimum";

export type DiscountTerms = {
  /** Says that two phases carry the same discount: a fixed one is then given once over both. */
  readonly id: string;
  readonly description: string;
  /** Applies to service periods that begin before this day; null: as long as the charge. */
  readonly endsBefore: PlainDate | null;
  readonly position: DiscountPosition;
};

/** Percent discounts stack: 10 % then 5 % take 14.5 %. A fixed one is given in full once per full period. */
export type Discount = DiscountTerms &
  ({ readonly kind: "percent"; readonly percent: Percent } | { readonly kind: "fixed"; readonly amount: Decimal });

export type DiscountTaken = {
  readonly discount: Discount;
  /** What was left to discount, and how much came off, not rounded. */
  readonly base: Decimal;
  readonly taken: Decimal;
};

/** What earlier segments of the same full period left to a fixed discount, and what it gave them. */
export type FixedDiscountToDate = { readonly base: Decimal; readonly given: Decimal };

/** By discount id. */
export type FixedDiscountsToDate = ReadonlyMap<string, FixedDiscountToDate>;

export function discountsFor(
  discounts: readonly Discount[],
  position: DiscountPosition,
  serviceStartsOn: PlainDate,
): Discount[] {
  return discounts.filter(
    (discount) =>
      discount.position === position && (discount.endsBefore === null || serviceStartsOn < discount.endsBefore),
  );
}

/**
 * Takes percentages one after the other, then fixed amounts, never below zero. A fixed amount is given over the running
 * total of a full period, so that a negative amount (seats given back, a cap) takes back what it no longer has to come
 * off; percentages do so by themselves.
 */
export function takeDiscounts(
  amount: Decimal,
  discounts: readonly Discount[],
  toDate: FixedDiscountsToDate = new Map(),
): DiscountTaken[] {
  const taken: DiscountTaken[] = [];
  let left = amount;
  for (const discount of [...discounts].sort(percentFirst)) {
    const share =
      discount.kind === "percent"
        ? percentOf(left, discount.percent)
        : fixedShare(left, discount.amount, toDate.get(discount.id));
    taken.push({ discount, base: left, taken: share });
    left = left.minus(share);
  }
  return taken;
}

/** What is to be given to date, less what was given before; only what is given back itself gives back. */
function fixedShare(left: Decimal, amount: Decimal, before: FixedDiscountToDate | undefined): Decimal {
  const base = left.plus(before?.base ?? ZERO);
  const due = Decimal.max(ZERO, Decimal.min(base, amount)).minus(before?.given ?? ZERO);
  return left.isNegative() ? Decimal.min(ZERO, due) : Decimal.max(ZERO, Decimal.min(due, left));
}

const percentFirst = (a: Discount, b: Discount): number => Number(a.kind === "fixed") - Number(b.kind === "fixed");
