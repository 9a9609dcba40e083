import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { QuoteFiguresType, QuotePreviewType, toFigures, toQuotePreview } from "./figures.types";
import { findFigures, previewQuote } from "./preview-quote";
import { PreviewQuoteInput, quotePreviewAsked } from "./preview-quote.inputs";
import type { QuoteVersion } from "./quote";
import { QuoteVersionType } from "./quote.types";

@Resolver()
export class QuotePreviewResolver {
  @Query(() => QuotePreviewType, {
    description:
      "What a quote comes to: a saved one, or terms to try, with what is supposed to be used. By the engine that bills; nothing is saved.",
  })
  async previewQuote(
    @Arg("input", () => PreviewQuoteInput) input: PreviewQuoteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return toQuotePreview(await previewQuote(context, quotePreviewAsked(input)));
  }
}

@Resolver(() => QuoteVersionType)
export class QuoteVersionFiguresResolver {
  @FieldResolver(() => QuoteFiguresType, {
    nullable: true,
    description: "What it comes to without usage; null: its terms cannot be billed, previewQuote says why.",
  })
  async figures(@Root() version: QuoteVersion, @Ctx() context: RequestContext): Promise<object | null> {
    const figures = await findFigures(context, version);
    return figures && toFigures(figures);
  }
}
