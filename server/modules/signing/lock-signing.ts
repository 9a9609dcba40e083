import { localDayOf } from "../../domain/calendar/local-day";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { SigningState } from "../../domain/quote/signing";
import type { Actor } from "../../platform/access";
import type { Change } from "../../platform/audit.store";
import { lockQuote, type Quote, type QuoteVersion, quotesById, quoteVersionsById } from "../quote";
import { latestRequestOf, signatureRequestsById, signersByRequest } from "./signature-request.store";
import type { SignatureRequest, Signer } from "./signing";

/** A version with everybody who signs it. */
export type Signing = {
  readonly quote: Quote;
  readonly version: QuoteVersion;
  /** The latest of the version; null: it was never sent to be signed */
  readonly request: SignatureRequest | null;
  readonly signers: readonly Signer[];
};

export type RequestedSigning = Signing & { readonly request: SignatureRequest };

/** On whose behalf something is done, when, and where to note it for the audit trail. */
export type SigningScope = {
  readonly actor: Pick<Actor, "kind" | "id" | "name">;
  readonly now: Date;
  readonly timeZone: string;
  note(change: Change): void;
};

/** The day on which an instant falls for the seller: it decides what is still within the last day of a quote. */
export const dayOf = (instant: Date, { timeZone }: Pick<SigningScope, "timeZone">): PlainDate =>
  localDayOf(instant, timeZone);

/** What the domain decides by. */
export const stateOf = ({ quote, version, request, signers }: Signing): SigningState => ({
  quote,
  isSuperseded: version.supersededAt !== null,
  request,
  signers,
});

/** A version as it stands, locking nothing: for pages. */
export async function loadSigning(versionId: string): Promise<Signing> {
  const version = (await quoteVersionsById([versionId])).get(versionId);
  const quote = version && (await quotesById([version.quoteId])).get(version.quoteId);
  if (!quote) throw new Error(`the version ${versionId} is of no quote`);
  return withSigners(quote, version);
}

/**
 * A request, which nobody else signs, withdraws, voids or supersedes until the transaction ends. null: there is none. It
 * need not be the latest of its version.
 */
export async function lockRequest(requestId: string): Promise<RequestedSigning | null> {
  const found = (await signatureRequestsById([requestId])).get(requestId);
  if (!found) return null;
  const quote = await lockQuote(found.quoteId);
  // Read again: it may have changed while this waited for the lock.
  const request = (await signatureRequestsById([requestId])).get(requestId);
  const version = (await quoteVersionsById([found.versionId])).get(found.versionId);
  if (!quote || !request || !version) throw new Error(`the signature request ${requestId} is of no quote`);
  return { quote, version, request, signers: (await signersByRequest([requestId])).get(requestId) ?? [] };
}

/** A version with its latest request; whoever changes something has locked the quote. */
export async function withSigners(quote: Quote, version: QuoteVersion): Promise<Signing> {
  const request = await latestRequestOf(version.id);
  const signers = request ? ((await signersByRequest([request.id])).get(request.id) ?? []) : [];
  return { quote, version, request, signers };
}
