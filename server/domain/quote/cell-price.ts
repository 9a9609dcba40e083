import { textOf } from "../contract/charge-runs";
import { priceFromTerms, type StoredTerms, termsFromPrice } from "../pricing/price-terms";
import type { QuotedPrices } from "./cell";
import { type PriceScalar, readScalar, scalarsOfPrice, writeScalar } from "./cells-of-price";
import type { CustomPrice, QuoteLine } from "./quote-terms";

export type Priced = Pick<QuoteLine, "priceId" | "customPrice">;
/** With the cadence and the timing said, whether they are listed or not. */
export type FullPrice = { readonly [Term in keyof CustomPrice]-?: NonNullable<CustomPrice[Term]> };
type PricedAs = { readonly listed: FullPrice; readonly agreed: FullPrice };

/** The terms that a line is billed by, and those that are listed; null: nobody knows the price. */
export function pricedAs({ priceId, customPrice }: Priced, prices: QuotedPrices): PricedAs | null {
  const known = prices.get(priceId);
  if (!known) return null;
  const { price, cadence, timing } = known;
  const listed = { model: price.model, terms: termsFromPrice(price), cadence, timing };
  if (customPrice === null) return { listed, agreed: listed };
  const due = { cadence: customPrice.cadence ?? cadence, timing: customPrice.timing ?? timing };
  return { listed, agreed: { ...customPrice, ...due } };
}

/** The listed text there; null where it would be for something else: another model, another cadence. */
export const listedScalar = ({ listed, agreed }: PricedAs, at: PriceScalar["at"]): string | null =>
  agreed.model === listed.model && agreed.cadence === listed.cadence ? readScalar(listed.terms, at) : null;

/** Terms of its own where they are others than the listed ones. */
export function customPriceOf(agreed: FullPrice, listed: FullPrice): CustomPrice | null {
  if (textOf(agreed) === textOf(listed)) return null;
  const { cadence, timing, ...rated } = agreed;
  return {
    ...rated,
    ...(cadence !== listed.cadence && { cadence }),
    ...(timing !== listed.timing && { timing }),
  };
}

/** The same at other terms; as it is where nobody knows its price. */
export function repriced<Part extends Priced>(
  part: Part,
  prices: QuotedPrices,
  change: (agreed: FullPrice) => FullPrice,
): Part {
  const priced = pricedAs(part, prices);
  return priced ? { ...part, customPrice: customPriceOf(change(priced.agreed), priced.listed) } : part;
}

export const scalarsOf = ({ model, terms }: CustomPrice): PriceScalar[] => scalarsOfPrice(priceFromTerms(model, terms));

/** The names of those scalars that say something. */
export const valuedNames = (price: CustomPrice): string[] =>
  scalarsOf(price).flatMap(({ name, at }) => (readScalar(price.terms, at) === null ? [] : [name]));

export const withScalar = (price: FullPrice, at: PriceScalar["at"], text: string | null): FullPrice => ({
  ...price,
  terms: writeScalar(price.terms, at, text),
});

/** Whether two prices differ in that one scalar at the most. */
export const isSameBut = (at: PriceScalar["at"], a: FullPrice, b: FullPrice): boolean =>
  textOf(withScalar(a, at, "")) === textOf(withScalar(b, at, ""));

/** What no cell of a price says, such as the dimensions of a matrix. */
export function restOfPrice(price: CustomPrice): StoredTerms {
  return scalarsOf(price).reduce((terms, { at }) => writeScalar(terms, at, null), price.terms);
}
