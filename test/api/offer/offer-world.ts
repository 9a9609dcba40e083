import type { OfferDocument } from "../../../server/integrations/pdf/offer-document";
import { offerDocumentOf } from "../../../server/modules/offer";
import { currentVersionsByQuote, type Quote, type QuoteVersion, quotesById } from "../../../server/modules/quote";
import { runAs } from "../../../server/platform/database/tenant-pool";
import type { QuoteWorld } from "../quote/quote-world";

export const NOW = new Date("2026-11-03T09:00:00Z");

/** Does something with a quote and its current version, as the server does inside their organization. */
export function withVersion<T>(
  { organization }: QuoteWorld,
  quoteId: string,
  work: (quote: Quote, version: QuoteVersion) => Promise<T>,
): Promise<T> {
  return runAs(organization.id, async () => {
    const quote = (await quotesById([quoteId])).get(quoteId);
    const version = (await currentVersionsByQuote([quoteId])).get(quoteId);
    if (!quote || !version) throw new Error(`there is no quote ${quoteId}`);
    return work(quote, version);
  });
}

export const offerOfQuote = (world: QuoteWorld, quoteId: string): Promise<OfferDocument> =>
  withVersion(world, quoteId, (quote, version) => offerDocumentOf(quote, version, NOW));
