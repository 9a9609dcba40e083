import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { DecimalScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { metricsById, UsageMetricType } from "../usage";
import { askFor } from "./asked-cadence";
import { CreatePriceInput, CreateProductInput, SetTaxRateInput, UpdateProductInput } from "./catalog.inputs";
import {
  CadenceEnum,
  CreatePriceResult,
  CreatePriceSuccess,
  CreateProductResult,
  CreateProductSuccess,
  PriceConnection,
  PriceModelEnum,
  PriceType,
  ProductConnection,
  ProductType,
  SetTaxRateResult,
  SetTaxRateSuccess,
  TaxRateType,
  UpdateProductResult,
  UpdateProductSuccess,
} from "./catalog.types";
import { createPrice } from "./create-price";
import { createProduct } from "./create-product";
import { previewPrice } from "./preview-price";
import { PreviewPriceInput, usageTried } from "./preview-price.inputs";
import { PricePreviewType, toPricePreview } from "./preview-price.types";
import type { Price } from "./price";
import { askedTerms } from "./price-terms.inputs";
import { PriceTermsUnion, toPriceTerms } from "./price-terms.types";
import { findProduct, priceOf, productOf, readPrices, readProducts, readTaxRates, taxRateOf } from "./read-catalog";
import { setTaxRate } from "./set-tax-rate";
import type { StoredTaxRate } from "./tax-rate";
import { updateProduct } from "./update-product";

@Resolver(() => ProductType)
export class ProductResolver {
  @Query(() => ProductConnection, { description: "Products by name." })
  products(@Args(() => PageArgs) page: PageArgs, @Ctx() context: RequestContext) {
    return readProducts(context, page);
  }

  @Query(() => ProductType, { nullable: true, description: "null: there is none in this organization." })
  product(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findProduct(context, id);
  }

  @Mutation(() => CreateProductResult, { description: "Adds a product." })
  async createProduct(
    @Arg("input", () => CreateProductInput) input: CreateProductInput,
    @Ctx() context: RequestContext,
  ) {
    const { description = null, unit = null, ledgerAccount = null, ...rest } = input;
    return toUnion("CreateProductSuccess", await createProduct(context, { ...rest, description, unit, ledgerAccount }));
  }

  @Mutation(() => UpdateProductResult, { description: "Changes a product." })
  async updateProduct(
    @Arg("input", () => UpdateProductInput) input: UpdateProductInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, ...changes } = input;
    return toUnion("UpdateProductSuccess", await updateProduct(context, { id, version, changes, idempotencyKey }));
  }
}

@Resolver(() => PriceType)
export class PriceResolver {
  @Query(() => PriceConnection, { description: "Prices, the oldest first: all versions in all currencies." })
  prices(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("productId", () => ID, { nullable: true }) productId: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return readPrices(context, page, productId ?? null);
  }

  @Query(() => PricePreviewType, {
    description: "Rates one full period of a price that is not saved, by the same engine that bills.",
  })
  previewPrice(@Arg("input", () => PreviewPriceInput) input: PreviewPriceInput, @Ctx() context: RequestContext) {
    return toPricePreview(
      previewPrice(context, { currency: input.currency, ...askedTerms(input), ...usageTried(input) }),
    );
  }

  @FieldResolver(() => ProductType, { description: "What is sold at this price." })
  product(@Root() price: Price, @Ctx() context: RequestContext) {
    return productOf(context, price);
  }

  @FieldResolver(() => PriceModelEnum, { description: "How a quantity becomes an amount." })
  model(@Root() { price }: Price) {
    return price.model;
  }

  @FieldResolver(() => CadenceEnum, { description: "How often it falls due." })
  cadence(@Root() { cadence }: Price) {
    return askFor(cadence).cadence;
  }

  @FieldResolver(() => Int, { nullable: true, description: "Of the cadence CUSTOM, and null with any other." })
  cadenceMonths(@Root() { cadence }: Price) {
    return askFor(cadence).months;
  }

  @FieldResolver(() => PriceTermsUnion, { description: "The numbers of the model." })
  terms(@Root() { price }: Price) {
    return toPriceTerms(price);
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: "Units of each full period that cost nothing." })
  includedUnits(@Root() { price }: Price) {
    return price.includedUnits;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: "At least this much for each full period, after discounts.",
  })
  minimum(@Root() { price }: Price) {
    return price.minimum;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: "At most this much for each full period, after discounts.",
  })
  maximum(@Root() { price }: Price) {
    return price.maximum;
  }

  @FieldResolver(() => UsageMetricType, {
    nullable: true,
    description: "The usage that is rated; null: the contracted quantity, or the seats.",
  })
  metric(@Root() { metricId }: Price, @Ctx() context: RequestContext) {
    return metricId && context.mustLoad(metricsById, metricId);
  }

  @Mutation(() => CreatePriceResult, { description: "Adds a price, or a further version of one." })
  async createPrice(@Arg("input", () => CreatePriceInput) input: CreatePriceInput, @Ctx() context: RequestContext) {
    const { lineageId = null, metricId = null, cadenceMonths = null, ...rest } = input;
    const price = { ...rest, ...askedTerms(input), lineageId, metricId, cadenceMonths };
    return toUnion("CreatePriceSuccess", await createPrice(context, price));
  }
}

@Resolver(() => TaxRateType)
export class TaxRateResolver {
  @Query(() => [TaxRateType], { description: "All rates that were ever set, by code, the earliest first." })
  taxRates(@Ctx() context: RequestContext) {
    return readTaxRates(context);
  }

  @FieldResolver(() => PlainDateScalar, { description: "By tax point." })
  validFromOn(@Root() { validFrom }: StoredTaxRate) {
    return validFrom;
  }

  @Mutation(() => SetTaxRateResult, { description: "Adds a tax rate, which follows the earlier ones of its code." })
  async setTaxRate(@Arg("input", () => SetTaxRateInput) input: SetTaxRateInput, @Ctx() context: RequestContext) {
    const { validFromOn, exemptionText, ...rest } = input;
    const rate = { ...rest, exemptionText: exemptionText ?? null, validFrom: validFromOn };
    return toUnion("SetTaxRateSuccess", await setTaxRate(context, rate));
  }
}

@Resolver(() => CreateProductSuccess)
export class CreateProductSuccessResolver {
  @FieldResolver(() => ProductType, { description: "As it was added." })
  product(@Root() success: CreateProductSuccess, @Ctx() context: RequestContext) {
    return productOf(context, success);
  }
}

@Resolver(() => UpdateProductSuccess)
export class UpdateProductSuccessResolver {
  @FieldResolver(() => ProductType, { description: "As it is now." })
  product(@Root() success: UpdateProductSuccess, @Ctx() context: RequestContext) {
    return productOf(context, success);
  }
}

@Resolver(() => CreatePriceSuccess)
export class CreatePriceSuccessResolver {
  @FieldResolver(() => PriceType, { description: "As it was added." })
  price(@Root() success: CreatePriceSuccess, @Ctx() context: RequestContext) {
    return priceOf(context, success);
  }
}

@Resolver(() => SetTaxRateSuccess)
export class SetTaxRateSuccessResolver {
  @FieldResolver(() => TaxRateType, { description: "As it was added." })
  taxRate(@Root() success: SetTaxRateSuccess, @Ctx() context: RequestContext) {
    return taxRateOf(context, success);
  }
}
