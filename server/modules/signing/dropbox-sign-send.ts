import { startOfLocalDay } from "../../domain/calendar/local-day";
import { addDays } from "../../domain/calendar/plain-date";
import { signersOnTurn } from "../../domain/quote/signing";
import type {
  Outcome,
  ProviderRequest,
  SignatureOrder,
  SignatureProvider,
  Undone,
} from "../../integrations/dropbox-sign/signature-provider";
import type { Clock } from "../../platform/clock";
import { organizationId } from "../../platform/database/transaction";
import { quoteDocumentContent, sha256Of } from "../quote";
import { asDropboxSign, findDropboxSign, NOT_SET_UP, type ProviderScope } from "./dropbox-sign";
import {
  type Attempt,
  attemptsOf,
  endAttempt,
  enqueueDropboxSign,
  isEmbedded,
  startAttempt,
} from "./dropbox-sign.store";
import { endWithout } from "./dropbox-sign-end";
import { dayOf, lockRequest, type RequestedSigning } from "./lock-signing";
import { refusalToRecord } from "./refusal-to-record";
import { sameAddress } from "./send-quote";
import { saveProviderOutcome, saveProviderSignatureId, saveReminded } from "./signature-request.store";

/**
 * The provider's search finds what was sent after "a minor delay": before, that something is not found says nothing. An
 * attempt, which is a search and a request of a minute each at most, has ended by then, or its worker is dead.
 */
export const SETTLED_MILLISECONDS = 180_000;
const ATTEMPTS_MOST = 10;
const PAUSE_SECONDS = { first: 15, most: 3_600 };

/** Under which the organization stands in the metadata of its requests. */
export const ORGANIZATION = "billgrid_organization";

/**
 * Brings a queued request to Dropbox Sign, which has no idempotency keys: each attempt is noted before it is made, and
 * after one that may have arrived the request is looked for before it is sent again.
 */
export async function sendSignatureRequest(clock: Clock, requestId: string): Promise<void> {
  const begun = await asDropboxSign(clock, (scope) => begin(requestId, scope));
  if (!begun) return;
  const provider = findDropboxSign();
  const outcome: Outcome<ProviderRequest> = provider
    ? await carryOut(provider, begun)
    : { outcome: "permanent", reason: NOT_SET_UP };
  await asDropboxSign(clock, (scope) => end(begun, outcome, scope));
}

type Begun = {
  readonly requestId: string;
  readonly attemptId: string;
  /** Counted from 1. */
  readonly ordinal: number;
  /** An earlier attempt may have arrived. */
  readonly isUncertain: boolean;
  readonly order: SignatureOrder;
};

async function begin(requestId: string, scope: ProviderScope): Promise<Begun | null> {
  const { clock } = scope;
  const signing = await lockRequest(requestId);
  if (signing?.request.status !== "queued") return null;
  const closed = refusalToRecord(signing, dayOf(scope.now, scope));
  if (closed) {
    await endWithout(signing, { status: "failed", reason: closed.error.message }, scope);
    return null;
  }
  const attempts = await attemptsOf(requestId);
  const open = attempts.find(({ endedAt }) => endedAt === null);
  if (open) {
    const settledAt = new Date(open.startedAt.getTime() + SETTLED_MILLISECONDS);
    if (clock.now() < settledAt) {
      await enqueueDropboxSign("send_signature_request", { signatureRequestId: requestId }, settledAt);
      return null;
    }
    await endAttempt(open.id, { outcome: "unknown", reason: "The worker that made it stopped." }, clock.now());
  }
  const order = await orderOf(signing, scope);
  if (typeof order === "string") {
    await endWithout(signing, { status: "failed", reason: order }, scope);
    return null;
  }
  return {
    requestId,
    attemptId: await startAttempt(requestId, clock.now()),
    ordinal: attempts.length + 1,
    isUncertain: attempts.some(mayHaveArrived),
    order,
  };
}

/** An attempt whose end nobody saw may have arrived. */
export const mayHaveArrived = ({ outcome }: Pick<Attempt, "outcome">): boolean =>
  outcome === "unknown" || outcome === "sent" || outcome === null;

async function carryOut(provider: SignatureProvider, { order, isUncertain }: Begun): Promise<Outcome<ProviderRequest>> {
  if (isUncertain) {
    const found = await provider.find(order.reference);
    if (found.outcome === "temporary") return { ...found, mayHaveHappened: false };
    if (found.outcome === "permanent") return found;
    if (found.value) return { outcome: "done", value: found.value };
  }
  return provider.send(order);
}

async function end(begun: Begun, outcome: Outcome<ProviderRequest>, scope: ProviderScope): Promise<void> {
  const { clock } = scope;
  const { attemptId, requestId } = begun;
  if (outcome.outcome === "done") {
    await endAttempt(attemptId, { outcome: "sent", reason: null }, clock.now());
    return recordArrival(requestId, outcome.value, scope);
  }
  const { reason } = outcome;
  const ended = outcome.outcome === "permanent" ? "refused" : outcome.mayHaveHappened ? "unknown" : "not_sent";
  await endAttempt(attemptId, { outcome: ended, reason }, clock.now());
  const signing = await lockRequest(requestId);
  // Withdrawn meanwhile, or its arrival was told by an event before the answer came.
  if (signing?.request.status !== "queued") return;
  if (outcome.outcome === "temporary" && begun.ordinal < ATTEMPTS_MOST) {
    const at = new Date(clock.now().getTime() + pauseAfter(outcome, begun.ordinal) * 1000);
    return enqueueDropboxSign("send_signature_request", { signatureRequestId: requestId }, at);
  }
  const words = outcome.outcome === "temporary" ? `${reason} Given up after ${begun.ordinal} tries.` : reason;
  await endWithout(signing, { status: "failed", reason: words }, scope);
  if ((await attemptsOf(requestId)).some(mayHaveArrived)) {
    const at = new Date(clock.now().getTime() + SETTLED_MILLISECONDS);
    await enqueueDropboxSign("withdraw_signature_request", { signatureRequestId: requestId }, at);
  }
}

/** As the provider says, and longer each time; long enough that a search finds what may have arrived. */
export function pauseAfter(
  { retryAfterSeconds, mayHaveHappened }: Extract<Undone, { readonly outcome: "temporary" }>,
  ordinal: number,
): number {
  const growing = Math.min(PAUSE_SECONDS.first * 2 ** (ordinal - 1), PAUSE_SECONDS.most);
  return Math.max(retryAfterSeconds ?? 0, growing, mayHaveHappened ? SETTLED_MILLISECONDS / 1000 : 0);
}

/** Notes that the provider has the request; where nobody wants it any more there, it is taken back. */
export async function recordArrival(requestId: string, arrived: ProviderRequest, scope: ProviderScope): Promise<void> {
  const signing = await lockRequest(requestId);
  if (!signing || signing.request.providerRequestId === arrived.id) return;
  const { request, signers, quote } = signing;
  if (request.providerRequestId !== null || request.status === "completed") {
    const payload = { signatureRequestId: requestId, providerRequestId: arrived.id };
    return enqueueDropboxSign("withdraw_signature_request", payload);
  }
  const status = request.status === "queued" ? "sent" : request.status;
  await saveProviderOutcome(requestId, { status, providerRequestId: arrived.id, failure: request.failure }, scope.now);
  for (const { id, email } of signers) {
    const signature = arrived.signatures.find((one) => sameAddress(one.email, email ?? ""));
    if (signature) await saveProviderSignatureId(id, signature.id);
  }
  scope.note({
    action: "quote.signature_request_arrived",
    subjectType: "quote",
    subjectId: quote.id,
    after: { signatureRequestId: requestId, providerRequestId: arrived.id, isTest: arrived.isTest },
  });
  if (status !== "sent") return enqueueDropboxSign("withdraw_signature_request", { signatureRequestId: requestId });
  // The provider mails whoever signs first; a reminder within the hour would be refused.
  const mailed = (await isEmbedded(requestId)) ? [] : signersOnTurn(signers).map(({ id }) => id);
  await saveReminded(mailed, scope.now);
  await followLater(scope.clock);
}

const HOUR_MILLISECONDS = 3_600_000;

/** Looks after the organization's requests in an hour; asked for twice it is one look. */
export async function followLater(clock: Clock): Promise<void> {
  await enqueueDropboxSign("follow_signature_requests", {}, new Date(clock.now().getTime() + HOUR_MILLISECONDS));
}

/** What Dropbox Sign is asked for; in words why it cannot be. */
async function orderOf(signing: RequestedSigning, scope: ProviderScope): Promise<SignatureOrder | string> {
  const { quote, version, request, signers } = signing;
  const { organization } = scope;
  const pdf = await quoteDocumentContent(request.documentId);
  if (!pdf || sha256Of(pdf) !== request.documentSha256) return "The stored offer is not the one that was sent.";
  const { expiresOn } = quote;
  return {
    reference: request.id,
    title: `${quote.number}, version ${version.ordinal}: ${version.terms.name}`,
    subject: `${organization.legalName} asks you to sign ${quote.number}`,
    message: request.message ?? `Please find ${quote.number} of ${organization.legalName} for your signature.`,
    signers: signers.map(({ name, email, position }) => ({ name, email: email ?? "", position: position - 1 })),
    pdf,
    fileName: `${quote.number}-v${version.ordinal}.pdf`,
    // A test clock says nothing about the provider's time.
    expiresAt:
      expiresOn && !organization.testClockAt ? startOfLocalDay(addDays(expiresOn, 1), organization.timeZone) : null,
    metadata: { [ORGANIZATION]: organizationId() },
    isTest: organization.mode === "sandbox",
    isEmbedded: await isEmbedded(request.id),
  };
}
