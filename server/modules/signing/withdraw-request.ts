import { insertQuoteEvent } from "../quote";
import { tellItIsOff } from "./complete-signature";
import type { Signing, SigningScope } from "./lock-signing";
import { enqueueProviderJob, saveRequestStatus } from "./signature-request.store";

/**
 * Takes back the signatures that are asked for, because the quote is voided, declined or gets a new version, or is signed on
 * paper. What was completed stays. The quote is locked. Everybody who signed or was asked is told.
 */
export async function withdrawRequest(signing: Signing, reason: string, scope: SigningScope): Promise<void> {
  const { quote, version, request, signers } = signing;
  if (request?.status !== "queued" && request?.status !== "sent") return;
  const { actor, now, note } = scope;
  await saveRequestStatus(request.id, { status: "withdrawn", statusReason: reason }, now);
  await insertQuoteEvent({
    quoteId: quote.id,
    versionOrdinal: version.ordinal,
    kind: "signature_cancelled",
    actor: actor.name,
    reason,
    facts: {
      signatureRequestId: request.id,
      provider: request.provider,
      signers: signers.map(({ name, status, signedAt }) => ({ name, status, signedAt })),
    },
    happenedAt: now,
  });
  note({
    action: "quote.signature_request_withdrawn",
    subjectType: "quote",
    subjectId: quote.id,
    before: { signatureRequestId: request.id, status: request.status },
    after: { signatureRequestId: request.id, status: "withdrawn", reason },
  });
  if (request.provider === "embedded") await tellItIsOff(signing, now);
  if (request.provider === "dropbox_sign") await enqueueProviderJob("withdraw_signature_request", request.id);
}
