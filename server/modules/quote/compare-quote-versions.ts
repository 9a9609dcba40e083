import { compareAmendments, type NamesById } from "../../domain/quote/compare-amendments";
import type { TermsDifference } from "../../domain/quote/compare-difference";
import { compareFigures, type FiguresComparison } from "../../domain/quote/compare-figures";
import { compareTerms } from "../../domain/quote/compare-terms";
import type { AmendmentTerms, QuoteTerms, SaleTerms } from "../../domain/quote/quote-terms";
import type { Problem } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { pricesById, productsById } from "../catalog";
import { contractsById, loadAmendable } from "../contract";
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
  const { contractId } = await context.mustLoad(quotesById, quoteId);
  return { from: before, to: after, differences: await differencesOf(before.terms, after.terms, contractId) };
}

async function differencesOf(
  before: QuoteTerms,
  after: QuoteTerms,
  contractId: string | null,
): Promise<readonly TermsDifference[]> {
  if (before.kind === "sale" && after.kind === "sale") {
    const prices = await pricesById(priceIdsOf(before, after));
    return compareTerms(before, after, prices, await productNames(before, after));
  }
  if (before.kind !== "amendment" || after.kind !== "amendment") return [];
  return compareAmendments(before, after, await namesForChanges([before, after], contractId));
}

async function productNames(...terms: readonly SaleTerms[]): Promise<NamesById> {
  const bounds = terms.flatMap(({ minimums, maximums }) => [...minimums, ...maximums]);
  const products = await productsById([...new Set(bounds.map(({ productId }) => productId))]);
  return new Map([...products].map(([id, { name }]) => [id, name]));
}

/** What changes speak of by id: what the contract has, and what they bring. */
async function namesForChanges(terms: readonly AmendmentTerms[], contractId: string | null): Promise<NamesById> {
  const head = contractId === null ? undefined : (await contractsById([contractId])).get(contractId);
  const contract = head && (await loadAmendable(head)).current.contract;
  const bounds = contract ? [...contract.minimums, ...contract.maximums, ...contract.discounts] : [];
  const changes = terms.flatMap((each) => each.changes);
  const prices = await pricesById([...new Set(changes.flatMap(pricesOf))]);
  const products = await productsById([
    ...new Set(changes.flatMap((change) => ("bound" in change ? [change.bound.productId] : []))),
  ]);
  return new Map([
    ...[...products].map(([id, { name }]) => [id, name] as const),
    ...[...prices].flatMap(([id, { name, lineageId }]) => [[id, name] as const, [lineageId, name] as const]),
    ...(contract?.phases ?? []).flatMap(({ charges }) =>
      charges.map(({ lineageId, description }) => [lineageId, description] as const),
    ),
    ...bounds.map(({ id, description }) => [id, description] as const),
  ]);
}

function pricesOf(change: AmendmentTerms["changes"][number]): string[] {
  if ("line" in change) return [change.line.priceId];
  return change.kind === "change_price" && change.priceId !== null ? [change.priceId] : [];
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
