import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { compareMoney, compareQuoteVersions, type VersionComparison } from "./compare-quote-versions";
import { QuoteVersionComparisonType, QuoteVersionMoneyType, toVersionMoney } from "./compare-quote-versions.types";

@Resolver(() => QuoteVersionComparisonType)
export class CompareQuoteVersionsResolver {
  @Query(() => QuoteVersionComparisonType, {
    nullable: true,
    description: "Every difference between two versions in terms and money. null: there is no such quote or version.",
  })
  compareQuoteVersions(
    @Arg("quoteId", () => ID, { description: "The quote." }) quoteId: string,
    @Arg("from", () => Int, { description: "The ordinal of the version that is compared." }) from: number,
    @Arg("to", () => Int, { description: "The ordinal of the version that it is compared with." }) to: number,
    @Ctx() context: RequestContext,
  ) {
    return compareQuoteVersions(context, { quoteId, from, to });
  }

  @FieldResolver(() => QuoteVersionMoneyType, { description: "What both come to, by the engine that will bill them." })
  async money(@Root() comparison: VersionComparison, @Ctx() context: RequestContext) {
    return toVersionMoney(await compareMoney(context, comparison));
  }
}
