import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import type { Quote, QuoteDocument, QuoteEdit, QuoteEvent, QuoteVersion } from "./quote";
import {
  currentVersionsByQuote,
  editsByVersion,
  listQuotes,
  type QuoteFilter,
  quotesByCustomer,
  quotesByExternalId,
  quotesById,
  versionsByQuote,
} from "./quote.store";
import { documentsByQuote } from "./quote-document.store";
import { eventsByQuote } from "./quote-event.store";

export async function findQuote(
  context: RequestContext,
  { id, externalId }: { readonly id: string | null; readonly externalId: string | null },
): Promise<Quote | null> {
  context.require("read");
  if (id !== null) return context.load(quotesById, id);
  return externalId === null ? null : context.load(quotesByExternalId, externalId);
}

/** A quote that something else names, so that it must exist. */
export const quoteOf = (context: RequestContext, { quoteId }: { readonly quoteId: string }): Promise<Quote> =>
  context.mustLoad(quotesById, quoteId);

export async function readQuotes(context: RequestContext, args: PageArgs, filter: QuoteFilter) {
  const { today } = context.require("read");
  const page = toPage(args, ["text"]);
  const ids = [filter.customerId, filter.contractId, filter.ownerId];
  const isNobody = ids.some((id) => id !== null && !isId(id));
  return toConnection(page, isNobody ? [] : await listQuotes(page, filter, today), ({ number }) => [number]);
}

export async function quotesOf(context: RequestContext, { id }: { readonly id: string }): Promise<readonly Quote[]> {
  return (await context.load(quotesByCustomer, id)) ?? [];
}

export const currentVersionOf = (context: RequestContext, { id }: Pick<Quote, "id">): Promise<QuoteVersion> =>
  context.mustLoad(currentVersionsByQuote, id);

export async function versionsOf(context: RequestContext, { id }: Pick<Quote, "id">): Promise<readonly QuoteVersion[]> {
  return (await context.load(versionsByQuote, id)) ?? [];
}

export async function editsOf(context: RequestContext, { id }: QuoteVersion): Promise<readonly QuoteEdit[]> {
  return (await context.load(editsByVersion, id)) ?? [];
}

export async function historyOf(context: RequestContext, { id }: Quote): Promise<readonly QuoteEvent[]> {
  return (await context.load(eventsByQuote, id)) ?? [];
}

export async function documentsOf(context: RequestContext, { id }: Quote): Promise<readonly QuoteDocument[]> {
  return (await context.load(documentsByQuote, id)) ?? [];
}
