import type { Agreement, Conditions } from "../../domain/contract/agreement";
import type { Charge, Contract, Phase, SpendBound } from "../../domain/contract/contract";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { percent } from "../../domain/money/percent";
import type { PriceModelName } from "../../domain/pricing/price";
import { priceFromTerms, type StoredTerms, termsFromPrice } from "../../domain/pricing/price-terms";
import {
  contractDiscountFrom,
  discountFrom,
  type StoredContractDiscount,
  type StoredDiscount,
  storedContractDiscount,
  storedDiscount,
} from "./stored-discounts";

/**
 * An agreement as plain data, prices and all: it stays what it was, whatever becomes of the tables that billing reads.
 * Decimals are text.
 */
export type StoredAgreement = {
  readonly contract: Omit<Contract, "currency" | "phases" | "minimums" | "maximums" | "discounts"> & {
    readonly currency: CurrencyCode;
    readonly phases: readonly StoredPhase[];
    readonly minimums: readonly StoredBound[];
    readonly maximums: readonly StoredBound[];
    readonly discounts: readonly StoredContractDiscount[];
  };
  readonly conditions: Omit<Conditions, "renewal"> & { readonly renewal: StoredRenewal | null };
};

type StoredPhase = Omit<Phase, "charges"> & { readonly charges: readonly StoredCharge[] };
type StoredCharge = Omit<Charge, "price" | "quantity" | "discounts"> & {
  readonly price: { readonly model: PriceModelName; readonly terms: StoredTerms };
  readonly quantity: string;
  readonly discounts: readonly StoredDiscount[];
};
type StoredBound = Omit<SpendBound, "amount"> & { readonly amount: string; readonly productId: string };
type StoredRenewal = { readonly months: number; readonly noticeDays: number; readonly upliftPercent: string | null };

export function storedAgreement({ contract, productOfBound, conditions }: Agreement): StoredAgreement {
  const bound = (own: SpendBound): StoredBound => {
    const productId = productOfBound.get(own.id);
    if (productId === undefined) throw new Error(`the bound ${own.id} has no product`);
    return { ...own, amount: own.amount.toFixed(), productId };
  };
  const { renewal } = conditions;
  return {
    contract: {
      ...contract,
      currency: contract.currency.code,
      phases: contract.phases.map((phase) => ({ ...phase, charges: phase.charges.map(storedCharge) })),
      minimums: contract.minimums.map(bound),
      maximums: contract.maximums.map(bound),
      discounts: contract.discounts.map(storedContractDiscount),
    },
    conditions: {
      ...conditions,
      renewal:
        renewal.kind === "none"
          ? null
          : {
              months: renewal.months,
              noticeDays: renewal.noticeDays,
              upliftPercent: renewal.upliftPercent?.toFixed() ?? null,
            },
    },
  };
}

const storedCharge = (charge: Charge): StoredCharge => ({
  ...charge,
  price: { model: charge.price.model, terms: termsFromPrice(charge.price) },
  quantity: charge.quantity.toFixed(),
  discounts: charge.discounts.map(storedDiscount),
});

/** The agreement as it was stored. */
export function agreementFrom({ contract, conditions }: StoredAgreement): Agreement {
  const bounds = [...contract.minimums, ...contract.maximums];
  return {
    contract: {
      ...contract,
      currency: currency(contract.currency),
      phases: contract.phases.map((phase) => ({ ...phase, charges: phase.charges.map(chargeFrom) })),
      minimums: contract.minimums.map(boundFrom),
      maximums: contract.maximums.map(boundFrom),
      discounts: contract.discounts.map(contractDiscountFrom),
    },
    productOfBound: new Map(bounds.map(({ id, productId }) => [id, productId])),
    conditions: { ...conditions, renewal: renewalFrom(conditions.renewal) },
  };
}

const chargeFrom = ({ price, quantity, discounts, ...charge }: StoredCharge): Charge => ({
  ...charge,
  price: priceFromTerms(price.model, price.terms),
  quantity: new Decimal(quantity),
  discounts: discounts.map(discountFrom),
});

const boundFrom = ({ amount, productId: _, ...bound }: StoredBound): SpendBound => ({
  ...bound,
  amount: new Decimal(amount),
});

const renewalFrom = (renewal: StoredRenewal | null): Conditions["renewal"] =>
  renewal === null
    ? { kind: "none" }
    : {
        kind: "automatic",
        months: renewal.months,
        noticeDays: renewal.noticeDays,
        upliftPercent: renewal.upliftPercent === null ? null : percent(renewal.upliftPercent),
      };
