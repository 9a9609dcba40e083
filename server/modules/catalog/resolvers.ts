import {
  CreatePriceSuccessResolver,
  CreateProductSuccessResolver,
  PriceResolver,
  ProductResolver,
  SetTaxRateSuccessResolver,
  TaxRateResolver,
  UpdateProductSuccessResolver,
} from "./catalog.resolver";
import { UnattributedMetricValueResolver, UnattributedUsageValueResolver } from "./unattributed-value.resolver";

export const resolvers = [
  ProductResolver,
  PriceResolver,
  TaxRateResolver,
  CreateProductSuccessResolver,
  UpdateProductSuccessResolver,
  CreatePriceSuccessResolver,
  SetTaxRateSuccessResolver,
  UnattributedMetricValueResolver,
  UnattributedUsageValueResolver,
] as const;
