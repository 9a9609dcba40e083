import { textOf } from "../contract/charge-runs";
import { priceFromTerms, type StoredTerms, termsFromPrice } from "../pricing/price-terms";
import type { QuotedPrices } from "./cell";
import { type PriceScalar, scalarsOfPrice, writeScalar } from "./cells-of-price";
import type { CustomPrice, QuoteLine } from "./quote-terms";

export type Priced = Pick<QuoteLine, "priceId" | "customPrice">;
type PricedAs = { readonly listed: CustomPrice; readonly agreed: CustomPrice };

/** The terms that a line is rated by, and those that are listed; null: nobody knows the price. */
export function pricedAs({ priceId, customPrice }: Priced, prices: QuotedPrices): PricedAs | null {
  const known = prices.get(priceId);
  if (!known) return null;
  const listed = { model: known.price.model, terms: termsFromPrice(known.price) };
  return { listed, agreed: customPrice ?? listed };
}

/** Terms of its own where they are others than the listed ones. */
export const customPriceOf = (agreed: CustomPrice, listed: CustomPrice): CustomPrice | null =>
  textOf(agreed) === textOf(listed) ? null : agreed;

export const scalarsOf = ({ model, terms }: CustomPrice): PriceScalar[] => scalarsOfPrice(priceFromTerms(model, terms));

export const withScalar = ({ model, terms }: CustomPrice, at: PriceScalar["at"], text: string | null): CustomPrice => ({
  model,
  terms: writeScalar(terms, at, text),
});

/** Whether two prices differ in that one scalar at the most. */
export const isSameBut = (at: PriceScalar["at"], a: CustomPrice, b: CustomPrice): boolean =>
  textOf(withScalar(a, at, "")) === textOf(withScalar(b, at, ""));

/** What no cell of a price says, such as the dimensions of a matrix. */
export function restOfPrice(price: CustomPrice): StoredTerms {
  return scalarsOf(price).reduce((terms, { at }) => writeScalar(terms, at, null), price.terms);
}
