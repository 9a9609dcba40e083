import type { Outcome, SignatureProvider } from "../../integrations/dropbox-sign/signature-provider";
import type { Clock } from "../../platform/clock";
import { asDropboxSign, findDropboxSign, NOT_SET_UP } from "./dropbox-sign";
import { attemptsOf, enqueueDropboxSign } from "./dropbox-sign.store";
import { mayHaveArrived, pauseAfter, SETTLED_MILLISECONDS } from "./dropbox-sign-send";
import { saveProviderOutcome, signatureRequestsById } from "./signature-request.store";
import type { SignatureRequest } from "./signing";

export type ToWithdraw = {
  readonly signatureRequestId: string;
  /** One that the provider has beside ours, of an attempt that was believed lost. */
  readonly providerRequestId?: string;
  readonly tries?: number;
};

const TRIES_MOST = 12;

/** Takes back at Dropbox Sign what is withdrawn here, so that nobody signs what is worth nothing. */
export async function withdrawSignatureRequest(clock: Clock, asked: ToWithdraw): Promise<void> {
  const request = (await signatureRequestsById([asked.signatureRequestId])).get(asked.signatureRequestId);
  if (!request || !mayBeTakenBack(request, asked.providerRequestId)) return;
  const provider = findDropboxSign();
  const outcome: Outcome<string | null> = provider
    ? await takeBack(provider, request, asked.providerRequestId)
    : { outcome: "permanent", reason: NOT_SET_UP };
  const tries = asked.tries ?? 1;
  if (outcome.outcome === "temporary" && tries < TRIES_MOST) {
    const at = new Date(clock.now().getTime() + pauseAfter(outcome, tries) * 1000);
    return enqueueDropboxSign("withdraw_signature_request", { ...asked, tries: tries + 1 }, at);
  }
  if (outcome.outcome === "done" && outcome.value === null) return;
  await asDropboxSign(clock, async ({ now, note }) => {
    const { id, quoteId: subjectId, status, failure } = request;
    const isDone = outcome.outcome === "done";
    if (isDone && request.providerRequestId === null) {
      await saveProviderOutcome(id, { status, providerRequestId: outcome.value, failure }, now);
    }
    note({
      action: isDone ? "quote.signature_request_taken_back" : "quote.signature_request_not_taken_back",
      subjectType: "quote",
      subjectId,
      after: {
        signatureRequestId: id,
        ...(isDone ? { providerRequestId: outcome.value } : { reason: outcome.reason }),
      },
    });
  });
}

function mayBeTakenBack(request: SignatureRequest, stray: string | undefined): boolean {
  if (request.provider !== "dropbox_sign") return false;
  if (stray !== undefined) return request.providerRequestId !== null && request.providerRequestId !== stray;
  return request.status !== "queued" && request.status !== "sent" && request.status !== "completed";
}

/** The provider's id of what was taken back; null: it never had it. */
async function takeBack(
  provider: SignatureProvider,
  request: SignatureRequest,
  stray: string | undefined,
): Promise<Outcome<string | null>> {
  const found = await idToTakeBack(provider, request, stray);
  if (found.outcome !== "done" || found.value === null) return found;
  const cancelled = await provider.cancel(found.value);
  return cancelled.outcome === "done" ? found : cancelled;
}

async function idToTakeBack(
  provider: SignatureProvider,
  request: SignatureRequest,
  stray: string | undefined,
): Promise<Outcome<string | null>> {
  if (stray !== undefined) {
    const known = await provider.status(stray);
    if (known.outcome !== "done") return known;
    // Whatever an event says: what does not carry our reference is not ours to take back.
    const isOurs = typeof known.value === "object" && known.value.reference === request.id;
    return { outcome: "done", value: isOurs ? stray : null };
  }
  if (request.providerRequestId !== null) return { outcome: "done", value: request.providerRequestId };
  const attempts = await attemptsOf(request.id);
  if (!attempts.some(mayHaveArrived)) return { outcome: "done", value: null };
  const isUnderWay = attempts.some(({ endedAt }) => endedAt === null);
  const found = await provider.find(request.id);
  if (found.outcome !== "done") return found;
  if (found.value) return { outcome: "done", value: found.value.id };
  if (!isUnderWay) return { outcome: "done", value: null };
  const retryAfterSeconds = SETTLED_MILLISECONDS / 1000;
  return { outcome: "temporary", reason: "It is on its way.", retryAfterSeconds, mayHaveHappened: false };
}
