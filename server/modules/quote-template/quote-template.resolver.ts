import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Result } from "../../domain/result";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { PriceBookType, priceBooksById } from "../price-book";
import { answerWithQuote, QuoteTermsType, quoteHeadOf, toShownTerms } from "../quote";
import { createQuoteFromTemplate } from "./create-quote-from-template";
import { deleteQuoteTemplate } from "./delete-quote-template";
import type { QuoteTemplate } from "./quote-template";
import {
  CreateQuoteFromTemplateInput,
  DeleteQuoteTemplateInput,
  SaveQuoteAsTemplateInput,
  UpdateQuoteTemplateInput,
} from "./quote-template.inputs";
import {
  CreateQuoteFromTemplateResult,
  DeleteQuoteTemplateResult,
  QuoteTemplateConnection,
  QuoteTemplateType,
  SaveQuoteAsTemplateResult,
  UpdateQuoteTemplateResult,
} from "./quote-template.types";
import { readQuoteTemplate, readQuoteTemplates, templateOf } from "./read-quote-templates";
import { saveQuoteAsTemplate } from "./save-quote-as-template";
import { updateQuoteTemplate } from "./update-quote-template";

@Resolver(() => QuoteTemplateType)
export class QuoteTemplateResolver {
  @Query(() => QuoteTemplateType, {
    nullable: true,
    description: "Also one that was deleted. null: there is none in this organization.",
  })
  quoteTemplate(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return readQuoteTemplate(context, id);
  }

  @Query(() => QuoteTemplateConnection, { description: "Templates that are in use, by name." })
  quoteTemplates(@Args(() => PageArgs) page: PageArgs, @Ctx() context: RequestContext) {
    return readQuoteTemplates(context, page);
  }

  @FieldResolver(() => QuoteTermsType, { description: "What a quote begins with, on the days of where it comes from." })
  terms(@Root() { terms }: QuoteTemplate) {
    return toShownTerms(terms);
  }

  @FieldResolver(() => PriceBookType, {
    nullable: true,
    description: "What quotes are made from; null: the whole catalog.",
  })
  priceBook(@Root() { priceBookId }: QuoteTemplate, @Ctx() context: RequestContext) {
    return priceBookId === null ? null : context.mustLoad(priceBooksById, priceBookId);
  }

  @Mutation(() => SaveQuoteAsTemplateResult, {
    description: "Keeps the terms of a quote, so that others can begin with them; without the purchase order.",
  })
  async saveQuoteAsTemplate(
    @Arg("input", () => SaveQuoteAsTemplateInput) input: SaveQuoteAsTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    const asked = { ...input, versionOrdinal: input.versionOrdinal ?? null, description: input.description ?? null };
    return answered(context, "SaveQuoteAsTemplateSuccess", await saveQuoteAsTemplate(context, asked));
  }

  @Mutation(() => CreateQuoteFromTemplateResult, {
    description: "Starts a quote with the terms of a template, as a draft.",
  })
  async createQuoteFromTemplate(
    @Arg("input", () => CreateQuoteFromTemplateInput) input: CreateQuoteFromTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    const { templateId, startsOn, name, priceBookId, idempotencyKey } = input;
    const asked = { ...quoteHeadOf(input), priceBookId, templateId, startsOn, name: name ?? null, idempotencyKey };
    return answerWithQuote(context, "CreateQuoteFromTemplateSuccess", await createQuoteFromTemplate(context, asked));
  }

  @Mutation(() => UpdateQuoteTemplateResult, { description: "Changes the name or the description of a template." })
  async updateQuoteTemplate(
    @Arg("input", () => UpdateQuoteTemplateInput) input: UpdateQuoteTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, ...changes } = input;
    const result = await updateQuoteTemplate(context, { id, version, changes, idempotencyKey });
    return answered(context, "UpdateQuoteTemplateSuccess", result);
  }

  @Mutation(() => DeleteQuoteTemplateResult, {
    description: "Takes a template out of use. Quotes that were made from it stay as they are.",
  })
  async deleteQuoteTemplate(
    @Arg("input", () => DeleteQuoteTemplateInput) input: DeleteQuoteTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    return answered(context, "DeleteQuoteTemplateSuccess", await deleteQuoteTemplate(context, { ...input }));
  }
}

/** A change's answer: the template as it is now, or why nothing was changed. */
async function answered(
  context: RequestContext,
  success: string,
  result: Result<{ readonly templateId: string }, Refusal>,
): Promise<object> {
  if (!result.ok) return toUnion(success, result);
  return { __typename: success, template: await templateOf(context, result.value.templateId) };
}
