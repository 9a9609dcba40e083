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

/** How much of each fixed discount earlier segments of the same full period have used, by discount id. */
export type FixedDiscountsUsed = ReadonlyMap<string, Decimal>;

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
 * Takes percentages one after the other, then fixed amounts, never below zero. From a negative amount (seats given
 * back) percentages take back what they had given and fixed amounts nothing.
 */
export function takeDiscounts(
  amount: Decimal,
  discounts: readonly Discount[],
  fixedUsed: FixedDiscountsUsed = new Map(),
): DiscountTaken[] {
  const taken: DiscountTaken[] = [];
  let left = amount;
  for (const discount of [...discounts].sort(percentFirst)) {
    const share =
      discount.kind === "percent"
        ? percentOf(left, discount.percent)
        : Decimal.max(ZERO, Decimal.min(left, discount.amount.minus(fixedUsed.get(discount.id) ?? ZERO)));
    taken.push({ discount, base: left, taken: share });
    left = left.minus(share);
  }
  return taken;
}

const percentFirst = (a: Discount, b: Discount): number => Number(a.kind === "fixed") - Number(b.kind === "fixed");
