import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { type QuoteAct, type QuoteStatus, statusAfter } from "../../domain/quote/quote-life";
import { ok, type Result } from "../../domain/result";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import { loadCurrentVersion, lockQuote, type Quote, type QuoteVersion } from "../quote";

/** What somebody looked at: null for whatever is current. */
export type QuoteAt = { readonly quoteId: string; readonly version: number | null; readonly revision: number | null };

export type LockedQuote = { readonly quote: Quote; readonly version: QuoteVersion };

/** Locks a quote for an act on just what was looked at. */
export async function lockQuoteAt({
  quoteId,
  version: ordinal,
  revision,
}: QuoteAt): Promise<Result<LockedQuote, Refusal>> {
  const quote = await lockQuote(quoteId);
  if (!quote) return notFound("quote", quoteId, ["quoteId"]);
  if (ordinal !== null && (ordinal < 1 || ordinal > quote.currentVersion)) {
    return notFound("quote version", `${quote.number}, version ${ordinal}`, ["version"]);
  }
  if (ordinal !== null && ordinal < quote.currentVersion) {
    const message = `Version ${ordinal} of ${quote.number} was superseded; look at version ${quote.currentVersion}.`;
    return conflict("QUOTE_VERSION_SUPERSEDED", message, ["version"]);
  }
  const version = await loadCurrentVersion(quote);
  if (revision !== null && revision !== version.revision) {
    return staleVersion("quote version", version.revision, ["revision"]);
  }
  return ok({ quote, version });
}

/** The status after an act, or why the quote does not allow it. */
export function statusAfterAct(quote: Quote, act: QuoteAct, today: PlainDate): Result<QuoteStatus, Refusal> {
  const after = statusAfter(quote, act, today);
  if (after.ok) return after;
  const { number } = quote;
  if (after.error.code === "QUOTE_EXPIRED") {
    const on = after.error.expiresOn;
    const message = `${number} expired${on ? ` on ${formatDay(on)}` : ""}. Give it a later day, in a new version if need be.`;
    return conflict("QUOTE_EXPIRED", message, ["quoteId"]);
  }
  const { status, from } = after.error;
  const message = `${number} is ${inWords(status)}; for this it has to be ${from.map(inWords).join(" or ")}.`;
  return conflict("QUOTE_NOT_IN_STATE", message, ["quoteId"]);
}

const inWords = (status: QuoteStatus): string => status.replace("_", " ");
