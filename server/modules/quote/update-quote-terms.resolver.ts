import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { answerWithQuote } from "./answer-with-quote";
import { moveQuote } from "./move-quote";
import type { QuoteVersion } from "./quote";
import { QuoteVersionType } from "./quote.types";
import { QuoteCellType } from "./quote-cells.types";
import { readCellsOf } from "./read-quote-cells";
import { updateQuoteTerms } from "./update-quote-terms";
import { MoveQuoteInput, moveOf, termsUpdateOf, UpdateQuoteTermsInput } from "./update-quote-terms.inputs";
import { MoveQuoteResult, UpdateQuoteTermsResult } from "./update-quote-terms.types";

@Resolver()
export class UpdateQuoteTermsResolver {
  @Mutation(() => UpdateQuoteTermsResult, {
    description:
      "Makes edits of cells, all or none. Each says what its cell showed, so that people who edit at once clash only where they edited the same cell; an edit that is true already is no conflict.",
  })
  async updateQuoteTerms(
    @Arg("input", () => UpdateQuoteTermsInput) input: UpdateQuoteTermsInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey } = input;
    const result = await updateQuoteTerms(context, { ...termsUpdateOf(input), idempotencyKey });
    return answerWithQuote(context, "UpdateQuoteTermsSuccess", result);
  }

  @Mutation(() => MoveQuoteResult, {
    description:
      "Offers the same from another first day: the term, its phases and everything that has a day moves along.",
  })
  async moveQuote(@Arg("input", () => MoveQuoteInput) input: MoveQuoteInput, @Ctx() context: RequestContext) {
    const { idempotencyKey } = input;
    return answerWithQuote(context, "MoveQuoteSuccess", await moveQuote(context, { ...moveOf(input), idempotencyKey }));
  }
}

@Resolver(() => QuoteVersionType)
export class QuoteVersionCellsResolver {
  @FieldResolver(() => [QuoteCellType], {
    description:
      "All that can be edited by updateQuoteTerms, in the order in which people read it. Empty for an amendment.",
  })
  cells(@Root() version: QuoteVersion, @Ctx() context: RequestContext) {
    return readCellsOf(context, version);
  }
}
