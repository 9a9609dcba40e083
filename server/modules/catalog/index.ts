export { askFor, type CadenceAsked, type CadenceName, readCadence, readOptionalCadence } from "./asked-cadence";
export {
  BillingTimingEnum,
  CadenceEnum,
  PriceModelEnum,
  PriceType,
  ProductType,
  ProrationRuleEnum,
} from "./catalog.types";
export { type PriceMetric, readCustomTerms } from "./check-new-price";
export { estimatedTotals, estimatedValues } from "./estimate-unattributed";
export { type CustomTerms, customTermsOf, readPriceTerms } from "./new-price";
export { UsageGroupInput } from "./preview-price.inputs";
export type { AgreedTerms, Price } from "./price";
export {
  catalogPricesByLineage,
  insertContractPrice,
  PRICE_COLUMNS,
  type PriceRow,
  priceFromRow,
  pricesById,
} from "./price.store";
export { CustomTermsInput, customTerms } from "./price-terms.inputs";
export { PriceTermsUnion, toPriceTerms } from "./price-terms.types";
export type { Product } from "./product";
export { productsById } from "./product.store";
export type { StoredTaxRate, TaxCategory } from "./tax-rate";
export { taxRates } from "./tax-rate.store";
