import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { QuoteLine, QuoteRampStep } from "../../domain/quote/quote-terms";
import type { RequestContext } from "../../platform/request-context";
import { PriceType, ProductType, pricesById, productsById } from "../catalog";
import { QuoteLineType, QuoteRampStepType } from "./quote-terms.types";

@Resolver(() => QuoteLineType)
export class QuoteLineResolver {
  @FieldResolver(() => PriceType, { description: "As it is listed." })
  price(@Root() { priceId }: QuoteLine, @Ctx() context: RequestContext) {
    return context.mustLoad(pricesById, priceId);
  }

  @FieldResolver(() => ProductType, { description: "The product of the price." })
  async product(@Root() { priceId }: QuoteLine, @Ctx() context: RequestContext) {
    const { productId } = await context.mustLoad(pricesById, priceId);
    return context.mustLoad(productsById, productId);
  }
}

@Resolver(() => QuoteRampStepType)
export class QuoteRampStepResolver {
  @FieldResolver(() => PriceType, { nullable: true, description: "null: the price stays." })
  price(@Root() { priceId }: QuoteRampStep, @Ctx() context: RequestContext) {
    return priceId === null ? null : context.mustLoad(pricesById, priceId);
  }
}
