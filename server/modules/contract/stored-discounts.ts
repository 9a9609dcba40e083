import type { Cadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { ContractDiscount, DiscountScope } from "../../domain/contract/contract";
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

/** How a revision keeps the discounts of the contract. */
export type StoredContractDiscount = StoredDiscount & {
  readonly scope: DiscountScope;
  readonly startsOn: PlainDate | null;
  /** Of a fixed discount; null of a percent. */
  readonly cadence: Cadence | null;
};

export const storedContractDiscount = (discount: ContractDiscount): StoredContractDiscount => ({
  id: discount.id,
  description: discount.description,
  kind: discount.kind,
  value: (discount.kind === "percent" ? discount.percent : discount.amount).toFixed(),
  cadence: discount.kind === "fixed" ? discount.cadence : null,
  scope: discount.scope,
  startsOn: discount.startsOn,
  endsBefore: discount.endsBefore,
  position: discount.position,
});

export function contractDiscountFrom({ kind, value, cadence, ...terms }: StoredContractDiscount): ContractDiscount {
  if (kind === "percent") return { ...terms, kind, percent: percent(value) };
  if (cadence === null) throw new Error(`the stored discount ${terms.id} is fixed and has no cadence`);
  return { ...terms, kind, amount: new Decimal(value), cadence };
}
