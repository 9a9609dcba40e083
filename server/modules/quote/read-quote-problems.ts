import type { SaleTerms } from "../../domain/quote/quote-terms";
import type { Problem } from "../../platform/refusal";
import type { Batch, RequestContext } from "../../platform/request-context";
import { pricesById, productsById } from "../catalog";
import { contractsById } from "../contract";
import { customersById } from "../customer";
import { entriesByPriceBook, type GuardRailViolation, toGuardRailProblem } from "../price-book";
import { metricsById } from "../usage";
import { checkAmendmentTerms } from "./check-amendment-terms";
import { type CheckedTerms, checkTermsNaming } from "./check-quote-terms";
import { priceIdsIn } from "./find-in-terms";
import { violationsOfChecked } from "./guard-rails-held";
import { customerOfProspect } from "./party";
import type { Quote, QuoteVersion } from "./quote";
import { quotesById, quoteVersionsById } from "./quote.store";

// Everything is read by loaders, so that the problems of fifty quotes take as many statements as those of one.

/** What keeps a version from being submitted, at its place in the terms. */
export async function problemsOf(context: RequestContext, version: QuoteVersion): Promise<readonly Problem[]> {
  const { terms } = version;
  switch (terms.kind) {
    case "sale": {
      const { checked, quote } = await checkedSale(context, version, terms);
      const violations = await violationsIn(context, quote, checked);
      const refused = violations.filter(({ severity }) => severity === "refused");
      return [...checked.problems, ...refused.map(toGuardRailProblem)];
    }
    case "amendment": {
      const checked = await checkedAmendment(context, version);
      return checked === null || checked.ok ? [] : checked.error;
    }
  }
}

/** What is taken as it is and may yet be a slip. */
export async function warningsOf(context: RequestContext, version: QuoteVersion): Promise<readonly Problem[]> {
  const { terms } = version;
  switch (terms.kind) {
    case "sale":
      return (await checkedSale(context, version, terms)).checked.warnings;
    case "amendment": {
      const checked = await checkedAmendment(context, version);
      return checked?.ok ? checked.value.warnings : [];
    }
  }
}

/** Where a version leaves the price book that its quote is made from. */
export async function guardRailViolationsOf(
  context: RequestContext,
  version: QuoteVersion,
): Promise<readonly GuardRailViolation[]> {
  const { terms } = version;
  if (terms.kind === "amendment") return [];
  const { checked, quote } = await checkedSale(context, version, terms);
  return violationsIn(context, quote, checked);
}

async function violationsIn(context: RequestContext, { priceBookId }: Quote, checked: CheckedTerms) {
  const entries = priceBookId === null ? null : ((await context.load(entriesByPriceBook, priceBookId)) ?? []);
  return violationsOfChecked(entries, checked);
}

type CheckedSale = { readonly quote: Quote; readonly checked: CheckedTerms };

export async function checkedSale(
  context: RequestContext,
  version: QuoteVersion,
  terms: SaleTerms,
): Promise<CheckedSale> {
  const quote = await context.mustLoad(quotesById, version.quoteId);
  const [customer, prices, products] = await Promise.all([
    quote.prospect
      ? customerOfProspect(quote.prospect, terms.currency as Currency, version.createdAt)
      : context.mustLoad(customersById, quote.customerId ?? ""),
    loadAll(context, pricesById, priceIdsIn(terms)),
    loadAll(
      context,
      productsById,
      [...terms.minimums, ...terms.maximums].map(({ productId }) => productId),
    ),
  ]);
  const metrics = await loadAll(
    context,
    metricsById,
    [...prices.values()].map(({ metricId }) => metricId),
  );
  return { quote, checked: checkTermsNaming(terms, { customer, prices, products, metrics }) };
}
type Currency = Parameters<typeof customerOfProspect>[1];

/** Those of the ids that exist, each once, by their ids. */
async function loadAll<Value>(
  context: RequestContext,
  batch: Batch<string, Value>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, Value>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const values = await Promise.all(known.map((id) => context.load(batch, id)));
  return new Map(known.flatMap((id, index): [string, Value][] => entry(id, values[index] ?? null)));
}

const entry = <Value>(id: string, value: Value | null): [string, Value][] => (value === null ? [] : [[id, value]]);

/** Null: it is history, and what it was to change has changed or never will. */
async function checkedAmendment(context: RequestContext, version: QuoteVersion) {
  const quote = await context.mustLoad(quotesById, version.quoteId);
  if (version.supersededAt !== null || quote.status === "executed") return null;
  return context.mustLoad(checkedAmendments, version.id);
}

/** A batch, so that whoever asks for the problems and the warnings of a version has its contract amended once. */
async function checkedAmendments(versionIds: readonly string[]) {
  const versions = await quoteVersionsById(versionIds);
  const quotes = await quotesById([...new Set([...versions.values()].map(({ quoteId }) => quoteId))]);
  const contractIds = [...quotes.values()].flatMap(({ contractId }) => (contractId === null ? [] : [contractId]));
  const contracts = await contractsById([...new Set(contractIds)]);
  const checked = new Map<string, Awaited<ReturnType<typeof checkAmendmentTerms>>>();
  for (const { id, quoteId, terms } of versions.values()) {
    const contract = contracts.get(quotes.get(quoteId)?.contractId ?? "");
    if (terms.kind !== "amendment" || !contract) throw new Error(`the version ${id} amends no contract that is there`);
    checked.set(id, await checkAmendmentTerms(terms, contract));
  }
  return checked;
}
