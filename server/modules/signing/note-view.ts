import { inTransaction } from "../../platform/database/transaction";
import { insertQuoteEvent } from "../quote";
import type { OpenedLink } from "./open-link";
import { countRecentViews, insertView } from "./quote-link.store";
import type { ViewedWhat } from "./signing";

/** Whoever holds a link, as far as the request tells. */
export type Visitor = { readonly ip: string | null; readonly browser: string | null };

const LOOKS: readonly ViewedWhat[] = ["page", "offer", "signed"];
const ACTS: readonly ViewedWhat[] = ["sign", "decline"];
const LOOKS_PER_MINUTE = 60;
const ACTS_PER_MINUTE = 10;

/**
 * Notes that somebody looked, or tried to sign, and tells of the first look. False: too often within a minute; then
 * nothing is noted either, so that a stream of requests does not fill the log.
 */
export async function noteView(
  { link, signing, now }: OpenedLink,
  what: ViewedWhat,
  visitor: Visitor,
): Promise<boolean> {
  const isAct = ACTS.includes(what);
  const recent = await countRecentViews(link.id, isAct ? ACTS : LOOKS);
  if (recent >= (isAct ? ACTS_PER_MINUTE : LOOKS_PER_MINUTE)) return false;
  await inTransaction(async () => {
    const { isFirst } = await insertView({ linkId: link.id, what, viewedAt: now, ...visitor });
    if (!isFirst || what !== "page") return;
    const signer = signing.signers.find(({ id }) => id === link.signerId);
    await insertQuoteEvent({
      quoteId: link.quoteId,
      versionOrdinal: signing.version.ordinal,
      kind: "viewed",
      actor: signer?.name ?? "Whoever holds the link",
      reason: null,
      facts: { linkId: link.id, signer: signer?.name ?? null },
      happenedAt: now,
    });
  });
  return true;
}
