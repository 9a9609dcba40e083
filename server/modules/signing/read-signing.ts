import { signersOnTurn } from "../../domain/quote/signing";
import type { RequestContext } from "../../platform/request-context";
import { currentVersionsByQuote, type Quote, type QuoteVersion } from "../quote";
import { linksByQuote, quoteLinksById, viewCountsByLink, viewsByLink } from "./quote-link.store";
import {
  signatureRequestsById,
  signatureRequestsByQuote,
  signersById,
  signersByRequest,
} from "./signature-request.store";
import type { QuoteLink, QuoteView, SignatureRequest, Signer, SigningMail } from "./signing";
import { mailsBySigner } from "./signing-mail.store";

export async function requestsOfQuote(
  context: RequestContext,
  { id }: Pick<Quote, "id">,
): Promise<readonly SignatureRequest[]> {
  return (await context.load(signatureRequestsByQuote, id)) ?? [];
}

/** The latest of the current version. */
export async function currentRequestOf(context: RequestContext, quote: Pick<Quote, "id">) {
  const version: QuoteVersion = await context.mustLoad(currentVersionsByQuote, quote.id);
  const requests = await requestsOfQuote(context, quote);
  return requests.findLast(({ versionId }) => versionId === version.id) ?? null;
}

export const requestOf = (context: RequestContext, id: string): Promise<SignatureRequest> =>
  context.mustLoad(signatureRequestsById, id);

export async function signersOf(context: RequestContext, { id }: SignatureRequest): Promise<readonly Signer[]> {
  return (await context.load(signersByRequest, id)) ?? [];
}

export const signerOf = (context: RequestContext, id: string): Promise<Signer> => context.mustLoad(signersById, id);

/** Whether it is for this signer to sign now. */
export async function isOnTurn(context: RequestContext, { id, requestId }: Signer): Promise<boolean> {
  const request = await requestOf(context, requestId);
  if (request.status !== "sent" && request.status !== "queued") return false;
  return signersOnTurn(await signersOf(context, request)).some((signer) => signer.id === id);
}

export async function mailsOf(context: RequestContext, { id }: Signer): Promise<readonly SigningMail[]> {
  return (await context.load(mailsBySigner, id)) ?? [];
}

export async function linksOf(context: RequestContext, { id }: Pick<Quote, "id">): Promise<readonly QuoteLink[]> {
  return (await context.load(linksByQuote, id)) ?? [];
}

export const linkOf = (context: RequestContext, id: string): Promise<QuoteLink> => context.mustLoad(quoteLinksById, id);

export async function viewsOf(context: RequestContext, { id }: QuoteLink): Promise<readonly QuoteView[]> {
  return (await context.load(viewsByLink, id)) ?? [];
}

export async function viewCountOf(context: RequestContext, { id }: QuoteLink): Promise<number> {
  return (await context.load(viewCountsByLink, id)) ?? 0;
}
