import type { PlainDate } from "../../domain/calendar/plain-date";
import { isExpired } from "../../domain/quote/quote-life";
import type { ProviderRequest, ProviderSignature } from "../../integrations/dropbox-sign/signature-provider";
import type { Clock } from "../../platform/clock";
import { insertQuoteEvent } from "../quote";
import { completeRequest, completeSigner, declineRequest, signatureElsewhere } from "./complete-signature";
import { asDropboxSign, findDropboxSign, type ProviderScope } from "./dropbox-sign";
import { enqueueDropboxSign, processEvents, requestsAtProvider, wasCancelled } from "./dropbox-sign.store";
import { endWithout } from "./dropbox-sign-end";
import { followLater, pauseAfter, recordArrival } from "./dropbox-sign-send";
import { dayOf, lockRequest, type RequestedSigning } from "./lock-signing";
import { sameAddress } from "./send-quote";
import { saveProviderOutcome, signatureRequestsById } from "./signature-request.store";
import type { Signer } from "./signing";
import { wordsOfRefusal } from "./signing-words";

export type ToFollow = {
  readonly signatureRequestId: string;
  /** Which the provider spoke of; it may be one that we do not know yet. */
  readonly providerRequestId?: string;
  readonly tries?: number;
};

const TRIES_MOST = 8;
const UNKNOWN = "Dropbox Sign does not know this request. Is the API key that of the account by which it was sent?";

/**
 * Asks Dropbox Sign how a request stands and moves ours there: forward only, so that it does not matter in which order,
 * how often, or whether at all events arrived.
 */
export async function followSignatureRequest(clock: Clock, asked: ToFollow): Promise<void> {
  const { signatureRequestId, providerRequestId } = asked;
  const request = (await signatureRequestsById([signatureRequestId])).get(signatureRequestId);
  const provider = findDropboxSign();
  if (!provider || request?.provider !== "dropbox_sign") return;
  const id = providerRequestId ?? request.providerRequestId;
  if (id === null) return;
  const askedAt = clock.now();
  const known = await provider.status(id);
  if (known.outcome !== "done") {
    const tries = asked.tries ?? 1;
    // The hourly look goes on asking.
    if (known.outcome === "permanent" || tries >= TRIES_MOST) {
      return sayTrouble(clock, signatureRequestId, known.reason);
    }
    const at = new Date(clock.now().getTime() + pauseAfter(known, tries) * 1000);
    return enqueueDropboxSign("follow_signature_request", { ...asked, tries: tries + 1 }, at);
  }
  const found = typeof known.value === "object" ? known.value : null;
  if (found && found.reference !== signatureRequestId) return;
  await asDropboxSign(clock, async (scope) => {
    if (found) await recordArrival(signatureRequestId, found, scope);
    const signing = await lockRequest(signatureRequestId);
    if (signing?.request.providerRequestId !== id) return;
    const seen = await processEvents(signatureRequestId, { receivedUntil: askedAt, at: clock.now() });
    if (signing.request.status !== "sent") return;
    if (found) {
      await saveTrouble(signing, null, scope);
      return moveForward(signing, { known: found, seen, asOf: dayOf(scope.timeOf(askedAt), scope) }, scope);
    }
    // Unknown is also what another account says: only with the news that it was cancelled it is over.
    if (known.value === "unknown" && !(await wasCancelled(id))) return saveTrouble(signing, UNKNOWN, scope);
    return endWithout(signing, { status: "withdrawn", reason: "It was taken back at Dropbox Sign." }, scope);
  });
}

/** Says on the request why nothing is known of it at present; it goes on all the same. */
async function sayTrouble(clock: Clock, requestId: string, reason: string): Promise<void> {
  await asDropboxSign(clock, async (scope) => {
    const signing = await lockRequest(requestId);
    if (signing?.request.status === "sent") await saveTrouble(signing, reason, scope);
  });
}

async function saveTrouble(
  { request: { id, status, providerRequestId, failure } }: RequestedSigning,
  reason: string | null,
  { now }: ProviderScope,
): Promise<void> {
  if (failure !== reason) await saveProviderOutcome(id, { status, providerRequestId, failure: reason }, now);
}

type Told = {
  readonly known: ProviderRequest;
  /** The signatures that are seen for the first time. */
  readonly seen: readonly string[];
  /** The day on which the provider was asked. */
  readonly asOf: PlainDate;
};

async function moveForward(
  signing: RequestedSigning,
  { known, seen, asOf }: Told,
  scope: ProviderScope,
): Promise<void> {
  const { request, signers } = signing;
  const pairs = signers.flatMap((signer) => {
    const signature = signatureFor(signer, known);
    return signature ? [{ signer, signature }] : [];
  });
  for (const { signer, signature } of pairs) {
    if (signature.viewedAt && seen.includes(signature.id)) await noteView(signing, signer, signature.viewedAt, scope);
  }
  for (const { signer, signature } of pairs) {
    if (signature.state !== "signed" || signer.status !== "waiting") continue;
    const given = signatureElsewhere("provider", signer.id, scope.timeOf(signature.signedAt ?? scope.now));
    const noted = await completeSigner(given, scope);
    if (!noted.ok) return takeBack(signing, `${signer.name} signed too late. ${wordsOfRefusal(noted.error)}`, scope);
  }
  const refuser = pairs.find(({ signature }) => signature.state === "declined");
  if (refuser) {
    const { id: signerId } = refuser.signer;
    const { reason } = refuser.signature;
    const declined = { signerId, reason, declinedAt: scope.now, ip: null, browser: null };
    const noted = await declineRequest(declined, scope);
    if (!noted.ok) await takeBack(signing, wordsOfRefusal(noted.error), scope);
    return;
  }
  switch (known.state) {
    case "signed":
      return enqueueDropboxSign("fetch_signed_document", { signatureRequestId: request.id });
    case "expired":
      return endWithout(signing, { status: "failed", reason: "Not all signed in time at Dropbox Sign." }, scope);
    case "failed": {
      const said = pairs.find(({ signature }) => signature.state === "failed")?.signature.reason;
      const reason = said ? `Dropbox Sign could not go on: ${said}` : "Dropbox Sign could not go on.";
      return endWithout(signing, { status: "failed", reason }, scope);
    }
    case "open":
      // Nobody signs in time any more.
      if (isExpired(signing.quote, asOf)) await takeBack(signing, wordsOfRefusal({ code: "QUOTE_EXPIRED" }), scope);
      return;
    case "declined":
      return;
  }
}

/** Of no use any more, here or there. */
async function takeBack(signing: RequestedSigning, reason: string, scope: ProviderScope): Promise<void> {
  await endWithout(signing, { status: "withdrawn", reason }, scope);
  await enqueueDropboxSign("withdraw_signature_request", { signatureRequestId: signing.request.id });
}

const signatureFor = (
  { providerSignatureId, email }: Signer,
  { signatures }: ProviderRequest,
): ProviderSignature | undefined =>
  signatures.find(({ id }) => id === providerSignatureId) ??
  signatures.find((signature) => sameAddress(signature.email, email ?? ""));

async function noteView(
  { quote, version, request }: RequestedSigning,
  { name }: Signer,
  viewedAt: Date,
  scope: ProviderScope,
): Promise<void> {
  await insertQuoteEvent({
    quoteId: quote.id,
    versionOrdinal: version.ordinal,
    kind: "viewed",
    actor: name,
    reason: null,
    facts: { signatureRequestId: request.id, signer: name, provider: request.provider },
    happenedAt: scope.timeOf(viewedAt),
  });
}

/** Between two requests that are asked for, so that many do not exceed what the provider allows in a minute. */
const APART_MILLISECONDS = 1_000;

/** Looks after all requests that are at Dropbox Sign, for events that never arrived, and again in an hour. */
export async function followSignatureRequests(clock: Clock): Promise<void> {
  const open = await requestsAtProvider();
  for (const [index, signatureRequestId] of open.entries()) {
    const at = new Date(clock.now().getTime() + index * APART_MILLISECONDS);
    await enqueueDropboxSign("follow_signature_request", { signatureRequestId }, at);
  }
  if (open.length > 0) await followLater(clock);
}

export type ToFetch = { readonly signatureRequestId: string; readonly tries?: number };

/** Fetches the document that all have signed. Only with it the request is completed, and the quote signed. */
export async function fetchSignedDocument(clock: Clock, asked: ToFetch): Promise<void> {
  const { signatureRequestId, tries = 1 } = asked;
  const request = (await signatureRequestsById([signatureRequestId])).get(signatureRequestId);
  const provider = findDropboxSign();
  if (!provider || request?.status !== "sent" || request.providerRequestId === null) return;
  const signedPdf = await provider.signedPdf(request.providerRequestId);
  if (signedPdf.outcome !== "done") {
    if (signedPdf.outcome === "permanent" || tries >= TRIES_MOST) {
      return sayTrouble(clock, signatureRequestId, signedPdf.reason);
    }
    const at = new Date(clock.now().getTime() + pauseAfter(signedPdf, tries) * 1000);
    return enqueueDropboxSign("fetch_signed_document", { signatureRequestId, tries: tries + 1 }, at);
  }
  await asDropboxSign(clock, async (scope) => {
    const completed = { signedPdf: signedPdf.value, completedAt: scope.now };
    const done = await completeRequest(signatureRequestId, completed, scope);
    const signing = done.ok ? null : await lockRequest(signatureRequestId);
    if (!done.ok && signing?.request.status === "sent") await takeBack(signing, wordsOfRefusal(done.error), scope);
  });
}
