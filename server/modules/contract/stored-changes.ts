import type { PlainDate } from "../../domain/calendar/plain-date";
import type { AmendmentChange, AmendmentChangeOf } from "../../domain/contract/amendment";
import type { Charge, SpendBound } from "../../domain/contract/contract";
import { Decimal } from "../../domain/money/decimal";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { unreachable } from "../../domain/unreachable";
import type { Price } from "../catalog";
import {
  contractDiscountFrom,
  discountFrom,
  type StoredContractDiscount,
  type StoredDiscount,
  storedContractDiscount,
  storedDiscount,
} from "./stored-discounts";

/** A change as an amendment keeps it: plain data, prices by their ids, decimals as text. */
export type StoredChange =
  | { readonly kind: "add_charge"; readonly charge: StoredCharge; readonly endsBefore: PlainDate | null }
  | { readonly kind: "replace_charge"; readonly lineageId: string; readonly charge: StoredCharge }
  | (OfLineage<"change_quantity"> & { readonly quantity: string })
  | (OfLineage<"change_price"> & { readonly priceId: string })
  | (OfLineage<"change_discounts"> & { readonly discounts: readonly StoredDiscount[] })
  | {
      readonly kind: "add_bound";
      readonly bound: "minimum" | "maximum";
      readonly terms: StoredBound;
      readonly productId: string;
    }
  | { readonly kind: "add_discount"; readonly discount: StoredContractDiscount }
  | AmendmentChangeOf<"remove_charge" | "end_bound" | "end_discount" | "extend" | "cancel" | "resume">;

type OfLineage<Kind extends string> = {
  readonly kind: Kind;
  readonly lineageId: string;
  readonly endsBefore: PlainDate | null;
};

type StoredCharge = Pick<Charge, "id" | "lineageId" | "description"> & {
  readonly priceId: string;
  readonly quantity: string;
  readonly discounts: readonly StoredDiscount[];
};
type StoredBound = Omit<SpendBound, "amount"> & { readonly amount: string };

/** What a change takes from beside the contract. */
export type StoredBeside = {
  readonly priceIdOf: (price: RatedPrice) => string;
  readonly productOfBound: ReadonlyMap<string, string>;
};

export function storedChange(change: AmendmentChange, beside: StoredBeside): StoredChange {
  switch (change.kind) {
    case "add_charge":
    case "replace_charge":
      return { ...change, charge: storedCharge(change.charge, beside) };
    case "change_quantity":
      return { ...change, quantity: change.quantity.toFixed(), endsBefore: change.endsBefore ?? null };
    case "change_price": {
      const { kind, lineageId, price, endsBefore = null } = change;
      return { kind, lineageId, priceId: beside.priceIdOf(price), endsBefore };
    }
    case "change_discounts":
      return { ...change, discounts: change.discounts.map(storedDiscount), endsBefore: change.endsBefore ?? null };
    case "add_bound": {
      const productId = beside.productOfBound.get(change.terms.id);
      if (productId === undefined) throw new Error(`the bound ${change.terms.id} has no product`);
      return { ...change, terms: { ...change.terms, amount: change.terms.amount.toFixed() }, productId };
    }
    case "add_discount":
      return { ...change, discount: storedContractDiscount(change.discount) };
    case "remove_charge":
    case "end_bound":
    case "end_discount":
    case "extend":
    case "cancel":
    case "resume":
      return change;
    default:
      return unreachable(change);
  }
}

function storedCharge({ id, lineageId, description, price, quantity, discounts }: Charge, beside: StoredBeside) {
  return {
    id,
    lineageId,
    description,
    priceId: beside.priceIdOf(price),
    quantity: quantity.toFixed(),
    discounts: discounts.map(storedDiscount),
  };
}

/** The ids of the prices that changes name. */
export function pricesNamedBy(changes: readonly StoredChange[]): string[] {
  return changes.flatMap((change) => {
    if (change.kind === "change_price") return [change.priceId];
    return "charge" in change ? [change.charge.priceId] : [];
  });
}

/** The change exactly as it was made. */
export function changeFrom(stored: StoredChange, priceOf: (id: string) => Price): AmendmentChange {
  switch (stored.kind) {
    case "add_charge":
    case "replace_charge":
      return { ...stored, charge: chargeFrom(stored.charge, priceOf) };
    case "change_quantity":
      return { ...stored, quantity: new Decimal(stored.quantity) };
    case "change_price": {
      const { kind, lineageId, priceId, endsBefore } = stored;
      return { kind, lineageId, price: priceOf(priceId).price, endsBefore };
    }
    case "change_discounts":
      return { ...stored, discounts: stored.discounts.map(discountFrom) };
    case "add_bound": {
      const { kind, bound, terms } = stored;
      return { kind, bound, terms: { ...terms, amount: new Decimal(terms.amount) } };
    }
    case "add_discount":
      return { ...stored, discount: contractDiscountFrom(stored.discount) };
    case "remove_charge":
    case "end_bound":
    case "end_discount":
    case "extend":
    case "cancel":
    case "resume":
      return stored;
    default:
      return unreachable(stored);
  }
}

function chargeFrom({ priceId, quantity, discounts, ...stored }: StoredCharge, priceOf: (id: string) => Price): Charge {
  const { price, productId, metricId, cadence, timing, proration } = priceOf(priceId);
  return {
    ...stored,
    price,
    productId,
    metricId,
    cadence,
    timing,
    proration,
    quantity: new Decimal(quantity),
    discounts: discounts.map(discountFrom),
    isFreeTrial: false,
  };
}
