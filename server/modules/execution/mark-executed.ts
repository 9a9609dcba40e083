import type { QuoteTerms } from "../../domain/quote/quote-terms";
import type { CommandScope } from "../../platform/command";
import { insertQuoteEvent, saveQuote } from "../quote";
import type { AliasAsked, SignedVersion } from "./execution";

type Made = {
  readonly customerId: string;
  readonly contractId: string;
  readonly amendmentId: string | null;
  readonly aliases: readonly AliasAsked[];
};

/** Ends the life of a quote: it is to a customer now, and names what it became. */
export async function markExecuted(
  { quote, version }: Pick<SignedVersion<QuoteTerms>, "quote" | "version">,
  { customerId, contractId, amendmentId, aliases }: Made,
  { caller, now, note }: CommandScope,
): Promise<void> {
  await saveQuote({ ...quote, status: "executed", customerId, prospect: null, contractId }, now);
  await insertQuoteEvent({
    quoteId: quote.id,
    versionOrdinal: version.ordinal,
    kind: "executed",
    actor: caller.actor.name,
    reason: null,
    facts: { contractId, ...(amendmentId !== null && { amendmentId }) },
    happenedAt: now,
  });
  note({
    action: "quote.executed",
    subjectType: "quote",
    subjectId: quote.id,
    before: { status: quote.status, customerId: quote.customerId, prospect: quote.prospect },
    after: { status: "executed", customerId, contractId, amendmentId, version: version.ordinal, aliases },
  });
}
