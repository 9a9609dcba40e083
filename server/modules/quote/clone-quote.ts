import type { SaleTerms } from "../../domain/quote/quote-terms";
import { command } from "../../platform/command";
import { notFound } from "../../platform/refusal";
import type { QuoteHead } from "./check-quote-head";
import { notASale } from "./lock-for-edit";
import type { Party } from "./party";
import type { Quote } from "./quote";
import { quotesById, versionsByQuote } from "./quote.store";
import { type CopyChanges, startQuoteFrom } from "./start-quote-from";

export type QuoteClone = CopyChanges &
  Party &
  Pick<QuoteHead, "expiresOn" | "ownerId" | "externalId" | "deal"> & {
    readonly quoteId: string;
    /** Which version is copied; null: the current one. */
    readonly versionOrdinal: number | null;
    /** undefined: the quote's; null: none */
    readonly priceBookId: string | null | undefined;
  };

export const cloneQuote = command({
  name: "cloneQuote",
  permission: "change_quotes",
  run: async (asked: QuoteClone, scope) => {
    const { quoteId, versionOrdinal: ordinal, name, startsOn, priceBookId, customerId, prospect, ...rest } = asked;
    const quote = (await quotesById([quoteId])).get(quoteId);
    if (!quote) return notFound("quote", quoteId, ["quoteId"]);
    const versions = (await versionsByQuote([quoteId])).get(quoteId) ?? [];
    const version = versions.find((one) => one.ordinal === (ordinal ?? quote.currentVersion));
    if (!version) return notFound("quote version", `${quote.number}, version ${ordinal}`, ["versionOrdinal"]);
    if (version.terms.kind !== "sale") return notASale(quote, "Make another with createAmendmentQuote.");

    const party = customerId === null && prospect === null ? partyOf(quote) : { customerId, prospect };
    const head = { ...rest, ...party, priceBookId: priceBookId === undefined ? quote.priceBookId : priceBookId };
    const terms = isSameParty(quote, party) ? version.terms : withoutPurchaseOrder(version.terms);
    const facts = { clonedFrom: quote.number, versionOrdinal: version.ordinal };
    return startQuoteFrom({ terms, facts }, { head, changes: { name, startsOn } }, scope);
  },
});

const partyOf = ({ customerId, prospect }: Quote): Party => ({ customerId, prospect });

const isSameParty = (quote: Quote, { customerId, prospect }: Party): boolean =>
  quote.customerId === customerId && quote.prospect === prospect;

/** It was given by somebody else. */
const withoutPurchaseOrder = (terms: SaleTerms): SaleTerms => ({ ...terms, poNumber: null });
