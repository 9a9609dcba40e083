import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { AmendmentTerms } from "../../domain/quote/quote-terms";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { PriceType, pricesById } from "../catalog";
import { UnusedTimeEnum } from "../contract";
import {
  amendmentEditOf,
  amendmentPreviewAsked,
  CreateAmendmentQuoteInput,
  newAmendmentQuoteOf,
  PreviewAmendmentQuoteInput,
  UpdateAmendmentQuoteInput,
} from "./amendment-quote.inputs";
import {
  AmendmentQuotePreviewType,
  CreateAmendmentQuoteResult,
  CreateAmendmentQuoteSuccess,
  QuoteChangeType,
  shownChanges,
  toAmendmentQuotePreview,
  UpdateAmendmentQuoteResult,
  UpdateAmendmentQuoteSuccess,
} from "./amendment-quote.types";
import { createAmendmentQuote } from "./create-amendment-quote";
import { previewAmendmentQuote } from "./preview-amendment-quote";
import { QuoteType } from "./quote.types";
import { QuoteAmendmentTermsType } from "./quote-terms.types";
import { quoteOf } from "./read-quotes";
import { updateAmendmentQuote } from "./update-amendment-quote";

@Resolver()
export class AmendmentQuoteResolver {
  @Query(() => AmendmentQuotePreviewType, {
    description:
      "What an amendment quote would change: on which days, for how much, on which invoices, by the engine that bills. Nothing is saved.",
  })
  async previewAmendmentQuote(
    @Arg("input", () => PreviewAmendmentQuoteInput) input: PreviewAmendmentQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    return toAmendmentQuotePreview(await previewAmendmentQuote(context, amendmentPreviewAsked(input)));
  }

  @Mutation(() => CreateAmendmentQuoteResult, {
    description: "Starts a quote for a change of a running contract, as a draft: an upgrade, a renewal, an extension.",
  })
  async createAmendmentQuote(
    @Arg("input", () => CreateAmendmentQuoteInput) input: CreateAmendmentQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    const asked = { ...newAmendmentQuoteOf(input), idempotencyKey: input.idempotencyKey };
    return toUnion("CreateAmendmentQuoteSuccess", await createAmendmentQuote(context, asked));
  }

  @Mutation(() => UpdateAmendmentQuoteResult, {
    description:
      "Puts other changes in the place of all that an amendment quote has, agreed on the contract as it is now.",
  })
  async updateAmendmentQuote(
    @Arg("input", () => UpdateAmendmentQuoteInput) input: UpdateAmendmentQuoteInput,
    @Ctx() context: RequestContext,
  ) {
    const edit = { ...amendmentEditOf(input), idempotencyKey: input.idempotencyKey };
    return toUnion("UpdateAmendmentQuoteSuccess", await updateAmendmentQuote(context, edit));
  }
}

@Resolver(() => QuoteAmendmentTermsType)
export class QuoteAmendmentTermsResolver {
  @FieldResolver(() => UnusedTimeEnum, { description: "What becomes of time that was billed in advance." })
  unusedTime(@Root() { unusedTime }: AmendmentTerms) {
    return unusedTime;
  }

  @FieldResolver(() => Int, { description: "The revision of the billing schedule that the changes were agreed on." })
  contractRevision(@Root() { contractRevision }: AmendmentTerms) {
    return contractRevision;
  }

  @FieldResolver(() => [QuoteChangeType], { description: "Made in this order." })
  changes(@Root() terms: AmendmentTerms) {
    return shownChanges(terms);
  }
}

@Resolver(() => QuoteChangeType)
export class QuoteChangeResolver {
  @FieldResolver(() => PriceType, { nullable: true, description: "Another listed price from then on." })
  price(@Root() { priceId }: QuoteChangeType, @Ctx() context: RequestContext) {
    return priceId === null ? null : context.mustLoad(pricesById, priceId);
  }
}

@Resolver(() => CreateAmendmentQuoteSuccess)
export class CreateAmendmentQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: CreateAmendmentQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }
}

@Resolver(() => UpdateAmendmentQuoteSuccess)
export class UpdateAmendmentQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: UpdateAmendmentQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }
}
