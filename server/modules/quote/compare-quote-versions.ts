import { compareAmendments } from "../../domain/quote/compare-amendments";
import type { TermsDifference } from "../../domain/quote/compare-difference";
import { compareFigures, type FiguresComparison } from "../../domain/quote/compare-figures";
import { compareTerms } from "../../domain/quote/compare-terms";
import type { QuoteTerms } from "../../domain/quote/quote-terms";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { pricesById } from "../catalog";
import { figuresOfVersion } from "./figures-of-terms";
import { priceIdsOf } from "./prices-of-terms";
import type { Quote, QuoteVersion } from "./quote";
import { quotesById, versionsByQuote } from "./quote.store";

export type VersionComparison = {
  readonly from: QuoteVersion;
  readonly to: QuoteVersion;
  readonly differences: readonly TermsDifference[];
};

export type MoneyComparison = {
  /** null: one of the versions cannot be billed, or they are in two currencies. */
  readonly money: FiguresComparison | null;
  readonly problems: readonly Problem[];
};

type Compared = { readonly quoteId: string; readonly from: number; readonly to: number };

/** Two versions of a quote side by side; null: there is no such quote, or no such version of it. */
export async function compareQuoteVersions(
  context: RequestContext,
  { quoteId, from, to }: Compared,
): Promise<VersionComparison | null> {
  context.require("read");
  const versions = (await context.load(versionsByQuote, quoteId)) ?? [];
  const [before, after] = [from, to].map((ordinal) => versions.find((version) => version.ordinal === ordinal));
  if (!before || !after) return null;
  return { from: before, to: after, differences: await differencesOf(before.terms, after.terms) };
}

async function differencesOf(before: QuoteTerms, after: QuoteTerms): Promise<readonly TermsDifference[]> {
  if (before.kind === "sale" && after.kind === "sale") {
    return compareTerms(before, after, await pricesById(priceIdsOf(before, after)));
  }
  return before.kind === "amendment" && after.kind === "amendment" ? compareAmendments(before, after) : [];
}

/** What both come to, by the engine that will bill them. */
export async function compareMoney(
  context: RequestContext,
  { from, to }: Pick<VersionComparison, "from" | "to">,
): Promise<MoneyComparison> {
  const quote: Quote = await context.mustLoad(quotesById, to.quoteId);
  const { now } = context.caller;
  const [before, after] = [await figuresOfVersion(quote, from, now), await figuresOfVersion(quote, to, now)];
  if (before.ok && after.ok) return { money: compareFigures(before.value, after.value), problems: [] };
  const problems = [...(before.ok ? [] : before.error), ...(after.ok ? [] : after.error)];
  return { money: null, problems };
}
