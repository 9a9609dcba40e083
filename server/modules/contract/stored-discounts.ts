import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import { percent } from "../../domain/money/percent";
import type { Discount, DiscountPosition } from "../../domain/pricing/discount";

/** How a charge keeps its discounts; percent or amount as decimal text. */
export type StoredDiscount = {
  readonly id: string;
  readonly description: string;
  readonly kind: "percent" | "fixed";
  readonly value: string;
  readonly endsBefore: PlainDate | null;
  readonly position: DiscountPosition;
};

export const storedDiscount = (discount: Discount): StoredDiscount => ({
  id: discount.id,
  description: discount.description,
  kind: discount.kind,
  value: (discount.kind === "percent" ? discount.percent : discount.amount).toFixed(),
  endsBefore: discount.endsBefore,
  position: discount.position,
});

export function discountFrom({ kind, value, id, description, endsBefore, position }: StoredDiscount): Discount {
  const terms = { id, description, endsBefore, position };
  return kind === "percent"
    ? { ...terms, kind, percent: percent(value) }
    : { ...terms, kind, amount: new Decimal(value) };
}
