import { insertQuoteEvent } from "../quote";
import type { RequestedSigning, SigningScope } from "./lock-signing";
import { saveProviderOutcome, saveRequestStatus } from "./signature-request.store";

/**
 * Ends a request without its signatures: `failed` where the provider did not take it or could not go on with it,
 * `withdrawn` where it was taken back. The quote stays sent, says why, and can be sent again. Its quote is locked.
 */
export async function endWithout(
  { quote, version, request }: RequestedSigning,
  { status, reason }: { readonly status: "failed" | "withdrawn"; readonly reason: string },
  { actor, now, note }: SigningScope,
): Promise<void> {
  const { providerRequestId } = request;
  if (status === "failed") {
    await saveProviderOutcome(request.id, { status, providerRequestId, failure: reason }, now);
  } else {
    await saveRequestStatus(request.id, { status, statusReason: reason }, now);
  }
  await insertQuoteEvent({
    quoteId: quote.id,
    versionOrdinal: version.ordinal,
    kind: "signature_cancelled",
    actor: actor.name,
    reason,
    facts: { signatureRequestId: request.id, provider: request.provider, status },
    happenedAt: now,
  });
  note({
    action: `quote.signature_request_${status}`,
    subjectType: "quote",
    subjectId: quote.id,
    before: { status: request.status },
    after: { signatureRequestId: request.id, status, reason },
  });
}
