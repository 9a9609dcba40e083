import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { notFound } from "../../platform/refusal";
import { lockQuote } from "../quote";
import { markLinkRevoked, quoteLinksById } from "./quote-link.store";

/** Takes a link back at once; it stays in the list, and leads nowhere. */
export const revokeQuoteLink = command({
  name: "revokeQuoteLink",
  permission: "change_quotes",
  run: async ({ linkId }: { readonly linkId: string }, { now, note }) => {
    const link = (await quoteLinksById([linkId])).get(linkId);
    if (!link) return notFound("link", linkId, ["linkId"]);
    await lockQuote(link.quoteId);
    await markLinkRevoked(linkId, now);
    note({
      action: "quote.link_revoked",
      subjectType: "quote",
      subjectId: link.quoteId,
      before: { linkId, revokedAt: link.revokedAt },
      after: { linkId, revokedAt: link.revokedAt ?? now },
    });
    return ok({ quoteId: link.quoteId, linkId });
  },
});
