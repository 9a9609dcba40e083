import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { newLinkToken } from "../../platform/link-token";
import { conflict, invalid, notFound, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { loadCurrentVersion, lockQuote } from "../quote";
import { addressOfLink } from "./link-address";
import { insertLink } from "./quote-link.store";

export type NewQuoteLink = { readonly quoteId: string; readonly expiresAt: Date | null };

const LINK_DAYS = 90;
const LINK_DAYS_MOST = 366;
const DAY_MILLISECONDS = 86_400_000;

/** So long a link leads to its version: through the signing, and to the signed document afterwards. */
export const linkExpiryFrom = (now: Date): Date => new Date(now.getTime() + LINK_DAYS * DAY_MILLISECONDS);

/**
 * Makes a link by which the customer sees the version that was sent, and shows it. The answer that is kept for a
 * repetition of the command does not have it: the secret is stored nowhere, so a repetition answers null.
 */
export async function createQuoteLink(
  context: RequestContext,
  input: NewQuoteLink & { readonly idempotencyKey: string },
): Promise<Result<{ readonly quoteId: string; readonly linkId: string; readonly url: string | null }, Refusal>> {
  let shown: string | null = null;
  const create = command({
    name: "createQuoteLink",
    permission: "change_quotes",
    run: async ({ quoteId, expiresAt: asked }: NewQuoteLink, { caller, now, note }) => {
      const latest = new Date(now.getTime() + LINK_DAYS_MOST * DAY_MILLISECONDS);
      if (asked !== null && (asked <= now || asked > latest)) {
        const message = `A link leads somewhere until an instant after now, and not after ${latest.toISOString()}.`;
        return invalid("EXPIRY_OUT_OF_RANGE", message, ["expiresAt"]);
      }
      const quote = await lockQuote(quoteId);
      if (!quote) return notFound("quote", quoteId, ["quoteId"]);
      const version = await loadCurrentVersion(quote);
      if (version.sentAt === null) {
        const message = `Version ${version.ordinal} of ${quote.number} was not sent yet. Send it with sendQuote first.`;
        return conflict("QUOTE_NOT_SENT", message, ["quoteId"]);
      }
      const expiresAt = asked ?? linkExpiryFrom(now);
      const { token, hash: tokenHash } = newLinkToken(caller.organizationId);
      const link = { quoteId, versionId: version.id, purpose: "view", signerId: null, expiresAt } as const;
      const linkId = await insertLink({ ...link, tokenHash, createdBy: caller.actor.name }, now);
      note({ action: "quote.link_created", subjectType: "quote", subjectId: quoteId, after: { linkId, ...link } });
      shown = addressOfLink(context.services.publicUrl, token);
      return ok({ quoteId, linkId });
    },
  });
  const result = await create(context, input);
  return result.ok ? ok({ ...result.value, url: shown }) : result;
}
