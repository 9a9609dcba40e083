import type { RequestContext } from "../../platform/request-context";
import {
  type Quote,
  type QuoteVersion,
  quoteDocumentContent,
  quoteDocumentsById,
  quotesById,
  quoteVersionsById,
} from "../quote";
import { offersByQuote, renderDraftOffer } from "./keep-offer";
import type { OfferTemplate } from "./offer-template";
import { loadOfferTemplate } from "./offer-template.store";

export type QuoteFile = { readonly fileName: string; readonly contentType: string; readonly content: Buffer };

/** A kept file of a quote, whatever it is. */
export async function quoteFile(context: RequestContext, id: string): Promise<QuoteFile | null> {
  context.require("read");
  const document = await context.load(quoteDocumentsById, id);
  const content = document && (await quoteDocumentContent(document.id));
  return document && content ? { ...document, content } : null;
}

/** The offer of a version as it would be sent now, marked as a draft; nothing is kept. */
export async function draftOfVersion(context: RequestContext, versionId: string): Promise<QuoteFile | null> {
  const caller = context.require("read");
  const version = await context.load(quoteVersionsById, versionId);
  if (!version) return null;
  const quote = await context.mustLoad(quotesById, version.quoteId);
  return {
    fileName: `${quote.number}-v${version.ordinal}-draft.pdf`,
    contentType: "application/pdf",
    content: await renderDraftOffer(quote, version, caller.now),
  };
}

/** The offer that a version was sent with; null: it was not sent. */
export async function sentOfferOf(context: RequestContext, version: Pick<QuoteVersion, "quoteId" | "ordinal">) {
  const offers = (await context.load(offersByQuote, version.quoteId)) ?? [];
  return offers.find(({ versionOrdinal }) => versionOrdinal === version.ordinal) ?? null;
}

export const currentOfferOf = (context: RequestContext, { id, currentVersion }: Quote) =>
  sentOfferOf(context, { quoteId: id, ordinal: currentVersion });

export function readOfferTemplate(context: RequestContext): Promise<OfferTemplate> {
  context.require("read");
  return loadOfferTemplate();
}
