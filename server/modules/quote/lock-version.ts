import { ok, type Result } from "../../domain/result";
import { conflict, notFound, type Refusal, staleRevision } from "../../platform/refusal";
import type { Quote, QuoteVersion } from "./quote";
import { loadCurrentVersion, lockQuote } from "./quote.store";

/** The version of a quote that somebody looked at: null for whichever is current, and for whichever revision. */
export type SeenVersion = {
  readonly quoteId: string;
  readonly versionOrdinal: number | null;
  readonly revision: number | null;
};

/** A quote that nobody else changes until the transaction ends, with its current version. */
export type LockedQuote = { readonly quote: Quote; readonly version: QuoteVersion };

/** Locks a quote for an act on just what was looked at. Refused: a version or a revision that is not the current one. */
export async function lockVersion({
  quoteId,
  versionOrdinal,
  revision,
}: SeenVersion): Promise<Result<LockedQuote, Refusal>> {
  const quote = await lockQuote(quoteId);
  if (!quote) return notFound("quote", quoteId, ["quoteId"]);
  const { number, currentVersion } = quote;
  if (versionOrdinal !== null && (versionOrdinal < 1 || versionOrdinal > currentVersion)) {
    return notFound("quote version", `${number}, version ${versionOrdinal}`, ["versionOrdinal"]);
  }
  if (versionOrdinal !== null && versionOrdinal < currentVersion) {
    const message = `Version ${versionOrdinal} of ${number} was superseded. Read version ${currentVersion}, which is the current one, and repeat this on it.`;
    return conflict("QUOTE_VERSION_SUPERSEDED", message, ["versionOrdinal"]);
  }
  const version = await loadCurrentVersion(quote);
  if (revision !== null && revision !== version.revision) {
    return staleRevision(`version ${currentVersion} of ${number}`, version.revision);
  }
  return ok({ quote, version });
}
