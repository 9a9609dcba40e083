export { BillingTimingEnum, CadenceEnum, PriceType, ProductType, ProrationRuleEnum } from "./catalog.types";
export { estimatedTotals } from "./estimate-unattributed";
export type { Price } from "./price";
export { PRICE_COLUMNS, type PriceRow, priceFromRow, pricesById } from "./price.store";
export { priceFromTerms, type StoredTerms } from "./price-terms";
export type { Product } from "./product";
export { productsById } from "./product.store";
export type { StoredTaxRate, TaxCategory } from "./tax-rate";
export { taxRates } from "./tax-rate.store";
