import type { ProviderEvent } from "../../integrations/dropbox-sign/signature-provider";
import type { Clock } from "../../platform/clock";
import { inTransaction, runAs } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import { enqueueDropboxSign, insertProviderEvent } from "./dropbox-sign.store";
import { ORGANIZATION } from "./dropbox-sign-send";
import { signatureRequestsById } from "./signature-request.store";

/** Dropbox Sign tries for about three days. */
const OLDEST_MILLISECONDS = 7 * 24 * 3_600_000;

/**
 * Keeps an event and leaves it to a worker to ask how the request stands. The request names its organization, so that it
 * is looked up inside that organization and nowhere else. What is about nothing of ours, told before, or old is dropped.
 */
export async function receiveProviderEvent(clock: Clock, event: ProviderEvent): Promise<void> {
  const { requestId, reference, at, metadata } = event;
  const organizationId = metadata[ORGANIZATION] ?? "";
  if (requestId === null || reference === null || !isId(organizationId) || !isId(reference)) return;
  const now = clock.now();
  if (now.getTime() - at.getTime() > OLDEST_MILLISECONDS) return;
  await runAs(organizationId, () =>
    inTransaction(async () => {
      const request = (await signatureRequestsById([reference])).get(reference);
      if (request?.provider !== "dropbox_sign") return;
      const isNew = await insertProviderEvent(reference, { ...event, requestId }, now);
      if (!isNew) return;
      const payload = { signatureRequestId: reference, providerRequestId: requestId };
      await enqueueDropboxSign("follow_signature_request", payload);
    }),
  );
}
