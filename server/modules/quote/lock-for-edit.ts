import type { PlainDate } from "../../domain/calendar/plain-date";
import { statusAfter, statusOn } from "../../domain/quote/quote-life";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import type { Quote, QuoteVersion } from "./quote";
import { loadCurrentVersion, lockQuote } from "./quote.store";

/** A quote that nobody else changes until the transaction ends, with its current version, which may be edited. */
export type LockedQuote = { readonly quote: Quote; readonly version: QuoteVersion };
export type LockedSale = LockedQuote & { readonly terms: SaleTerms };

/** The version that an edit is made on: null for whichever is current, a revision where it must not have moved on. */
export type EditedVersion = {
  readonly quoteId: string;
  readonly version: number | null;
  readonly revision: number | null;
};

/** Locks a quote to change its terms. Refused: what was sent, what is over, and a version that is not the current one. */
export async function lockForEdit(
  { quoteId, version: ordinal, revision }: EditedVersion,
  today: PlainDate,
): Promise<Result<LockedQuote, Refusal>> {
  const quote = await lockQuote(quoteId);
  if (!quote) return notFound("quote", quoteId, ["quoteId"]);
  if (ordinal !== null && (ordinal < 1 || ordinal > quote.currentVersion)) {
    return notFound("quote version", `${quote.number}, version ${ordinal}`, ["version"]);
  }
  if (ordinal !== null && ordinal < quote.currentVersion) {
    const message = `Version ${ordinal} of ${quote.number} was superseded; version ${quote.currentVersion} is the current one. Edit that.`;
    return conflict("QUOTE_VERSION_SUPERSEDED", message, ["version"]);
  }
  const after = statusAfter(quote, "edit", today);
  if (!after.ok) return notEditable(quote, today);
  const version = await loadCurrentVersion(quote);
  if (revision !== null && revision !== version.revision) {
    return staleVersion("quote version", version.revision, ["revision"]);
  }
  return ok({ quote, version });
}

/** Like lockForEdit, for a quote that makes a new contract. */
export async function lockSaleForEdit(edited: EditedVersion, today: PlainDate): Promise<Result<LockedSale, Refusal>> {
  const locked = await lockForEdit(edited, today);
  if (!locked.ok) return locked;
  const { terms } = locked.value.version;
  return terms.kind === "sale" ? ok({ ...locked.value, terms }) : notASale(locked.value.quote);
}

export const notASale = ({ number }: Pick<Quote, "number">) =>
  conflict("QUOTE_NOT_A_SALE", `${number} amends a running contract: its changes are edited one by one.`, ["quoteId"]);

/** Why the terms of a quote stay as they are, and what to do instead. */
export function notEditable(quote: Quote, today: PlainDate): ReturnType<typeof conflict> {
  const { number, currentVersion } = quote;
  const status = statusOn(quote, today);
  const mayFollow = statusAfter(quote, "start_version", today).ok;
  if (status === "sent" || status === "signed") {
    const message = `Version ${currentVersion} of ${number} was sent and does not change. Call startQuoteVersion to make its successor.`;
    return conflict("QUOTE_SENT", message, ["quoteId"]);
  }
  const next = mayFollow ? " Call startQuoteVersion to make its successor." : " Clone it to offer the same again.";
  return conflict(
    "QUOTE_NOT_IN_STATE",
    `${number} is ${status.replaceAll("_", " ")}, so its terms do not change.${next}`,
    ["quoteId"],
  );
}
