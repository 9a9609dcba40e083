import { renderOfferPdf } from "../../integrations/pdf/render-offer-pdf";
import { documentsByQuote, insertQuoteDocument, type Quote, type QuoteDocument, type QuoteVersion } from "../quote";
import { type AskedSigner, offerDocumentOf } from "./offer-document";

/**
 * The offer of a version as PDF, kept for good: rendered once, then always the same bytes, whoever is asked to sign. The
 * quote is locked (lockQuote), so that two do not render at once.
 */
export async function keepOffer(
  quote: Quote,
  version: QuoteVersion,
  signers: readonly AskedSigner[],
  now: Date,
): Promise<QuoteDocument> {
  const kept = await offerOf(version);
  if (kept) return kept;
  return insertQuoteDocument(
    {
      quoteId: quote.id,
      versionOrdinal: version.ordinal,
      kind: "offer",
      fileName: `${quote.number}-v${version.ordinal}.pdf`,
      contentType: "application/pdf",
      content: await renderOfferPdf(await offerDocumentOf(quote, version, now, { signers })),
      createdBy: version.createdBy,
    },
    now,
  );
}

/** The offer that a version was sent with; null: it was not sent. */
export async function offerOf({ quoteId, ordinal }: QuoteVersion): Promise<QuoteDocument | null> {
  const offers = (await offersByQuote([quoteId])).get(quoteId) ?? [];
  return offers.find(({ versionOrdinal }) => versionOrdinal === ordinal) ?? null;
}

/** A batch: the offers of quotes, by version. */
export async function offersByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteDocument[]>> {
  const documents = await documentsByQuote(ids);
  return new Map([...documents].map(([id, own]) => [id, own.filter(({ kind }) => kind === "offer")]));
}

/** As it would be sent now, marked as a draft; nothing is kept. */
export async function renderDraftOffer(quote: Quote, version: QuoteVersion, now: Date): Promise<Buffer> {
  return renderOfferPdf(await offerDocumentOf(quote, version, now, { isDraft: true }));
}
