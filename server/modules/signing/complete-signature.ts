import { statusAfter } from "../../domain/quote/quote-life";
import {
  closedAs,
  haveAllSigned,
  mayAct,
  mayNote,
  type SignatureKind,
  type SigningRefusal,
  signersOnTurn,
} from "../../domain/quote/signing";
import { fail, ok, type Result } from "../../domain/result";
import { inTransaction } from "../../platform/database/transaction";
import { insertQuoteDocument, insertQuoteEvent, type Quote, saveQuote } from "../quote";
import { askToSign } from "./ask-to-sign";
import { dayOf, lockRequest, type RequestedSigning, type SigningScope, stateOf } from "./lock-signing";
import { saveDeclined, saveRequestStatus, saveSigned, signersById } from "./signature-request.store";
import { signedDocumentOf } from "./signed-document";
import type { Signer } from "./signing";
import { queueSigningMail } from "./signing-mail.store";

/** How somebody signed, and what is known of it. */
export type GivenSignature = {
  readonly signerId: string;
  readonly kind: SignatureKind;
  /** Of a typed signature. */
  readonly text: string | null;
  /** Of a drawn signature. */
  readonly png: Buffer | null;
  readonly consent: string | null;
  readonly signedAt: Date;
  readonly ip: string | null;
  readonly browser: string | null;
};

/** `repeated`: it was so before, and nothing was done. */
export type SigningOutcome = { readonly outcome: "signed" | "completed" | "declined" | "repeated" };
type Outcome = Promise<Result<SigningOutcome, SigningRefusal>>;

/**
 * Notes that a signer signed: once, whoever tells it how often. On our own page it has to be the signer's turn, the next
 * ones are asked, and the last signature completes the request. Of a provider the news may come in any order, and
 * completeRequest follows. It fails where the signature is worth nothing: the version superseded, the quote voided…
 */
export function completeSigner(given: GivenSignature, scope: SigningScope): Outcome {
  return inTransaction(async () => {
    const signing = await lockRequestOf(given.signerId);
    if (!signing) return fail({ code: "NOT_A_SIGNER" });
    const known = signing.signers.find(({ id }) => id === given.signerId);
    if (known?.status === "signed" && signing.version.supersededAt === null) return ok({ outcome: "repeated" });
    const isEmbedded = signing.request.provider === "embedded";
    const decide = isEmbedded ? mayAct : mayNote;
    const signer = decide(stateOf(signing), given.signerId, dayOf(given.signedAt, scope));
    if (!signer.ok) return signer;

    const after = await noteSignature(signing, given, scope);
    if (!isEmbedded) return ok({ outcome: "signed" });
    if (haveAllSigned(after.signers)) return complete(after, null, given.signedAt, scope);
    const asked = signersOnTurn(signing.signers).map(({ id }) => id);
    await askToSign(
      signersOnTurn(after.signers).filter(({ id }) => !asked.includes(id)),
      scope.now,
    );
    return ok({ outcome: "signed" });
  });
}

/**
 * Completes a request that was signed elsewhere: the quote is signed, `signedPdf` is kept as its signed document. Signers
 * whose signature was not told yet count as having signed at `completedAt`.
 */
export function completeRequest(
  requestId: string,
  { signedPdf, completedAt }: { readonly signedPdf: Buffer; readonly completedAt: Date },
  scope: SigningScope,
): Outcome {
  return inTransaction(async () => {
    const signing = await lockRequest(requestId);
    if (!signing) return fail({ code: "NOT_A_SIGNER" });
    if (signing.request.status === "completed") return ok({ outcome: "repeated" });
    const lastSignedAt = lastOf(signing.signers.map(({ signedAt }) => signedAt ?? completedAt)) ?? completedAt;
    const closed = refusalOfClosed(signing, lastSignedAt, scope);
    if (closed) return fail(closed);
    let after = signing;
    for (const { id, status } of signing.signers) {
      if (status === "waiting")
        after = await noteSignature(after, signatureElsewhere("provider", id, completedAt), scope);
    }
    return complete(after, signedPdf, lastSignedAt, scope);
  });
}

const lastOf = (instants: readonly Date[]): Date | null =>
  instants.reduce<Date | null>((last, instant) => (last === null || instant > last ? instant : last), null);

/** What is known of a signature that the provider, or a piece of paper, holds. */
export const signatureElsewhere = (
  kind: Extract<SignatureKind, "provider" | "paper">,
  signerId: string,
  signedAt: Date,
): GivenSignature => ({
  signerId,
  kind,
  text: null,
  png: null,
  consent: null,
  signedAt,
  ip: null,
  browser: null,
});

/** Notes that a signer does not want it: the request and the quote are declined, with the reason. */
export function declineRequest(
  declined: {
    readonly signerId: string;
    readonly reason: string | null;
    readonly declinedAt: Date;
    readonly ip: string | null;
    readonly browser: string | null;
  },
  scope: SigningScope,
): Outcome {
  return inTransaction(async () => {
    const signing = await lockRequestOf(declined.signerId);
    if (!signing) return fail({ code: "NOT_A_SIGNER" });
    const { quote, version, request } = signing;
    const known = signing.signers.find(({ id }) => id === declined.signerId);
    if (known?.status === "declined") return ok({ outcome: "repeated" });
    const decide = request.provider === "embedded" ? mayAct : mayNote;
    const signer = decide(stateOf(signing), declined.signerId, dayOf(declined.declinedAt, scope));
    if (!signer.ok) return signer;

    const { reason, declinedAt: at, ip, browser } = declined;
    await saveDeclined(signer.value.id, { at, reason, ip, browser });
    await saveRequestStatus(request.id, { status: "declined", statusReason: reason }, scope.now);
    await saveQuote({ ...quote, status: "declined", statusReason: reason }, scope.now);
    const facts = { signer: signer.value.name, signatureRequestId: request.id };
    const event = { quoteId: quote.id, versionOrdinal: version.ordinal, kind: "declined", facts } as const;
    await insertQuoteEvent({ ...event, actor: signer.value.name, reason, happenedAt: at });
    scope.note({
      action: "quote.declined",
      subjectType: "quote",
      subjectId: quote.id,
      before: { status: quote.status },
      after: { status: "declined", signer: signer.value.name, reason },
    });
    const others = signing.signers.filter(({ id }) => id !== signer.value.id);
    if (request.provider === "embedded") await tellItIsOff({ ...signing, signers: others }, scope.now);
    return ok({ outcome: "declined" });
  });
}

/** Tells those who signed, or were asked to, that nothing more comes of it. */
export async function tellItIsOff({ signers }: { readonly signers: readonly Signer[] }, now: Date): Promise<void> {
  const asked = [...signers.filter(({ status }) => status === "signed"), ...signersOnTurn(signers)];
  for (const { id: signerId, email } of asked) {
    if (email !== null) await queueSigningMail({ signerId, kind: "withdrawn", recipient: email }, now);
  }
}

async function lockRequestOf(signerId: string): Promise<RequestedSigning | null> {
  const signer = (await signersById([signerId])).get(signerId);
  return signer ? lockRequest(signer.requestId) : null;
}

/** Writes one signature; the quote is locked, and the signer may sign. */
export async function noteSignature<S extends RequestedSigning>(
  signing: S,
  given: GivenSignature,
  { now, note }: SigningScope,
): Promise<S> {
  const { quote, version, request, signers } = signing;
  const { signerId, ...evidence } = given;
  const { documentSha256 } = request;
  await saveSigned(signerId, { ...evidence, documentSha256 });
  const { kind: signatureKind, text: signatureText, consent, signedAt, ip, browser } = evidence;
  const known = { signatureKind, signatureText, consent, documentSha256, signedAt, ip, browser };
  const after = signers.map((each): Signer => (each.id === signerId ? { ...each, ...known, status: "signed" } : each));
  const { name } = after.find(({ id }) => id === signerId) as Signer;
  await insertQuoteEvent({
    quoteId: quote.id,
    versionOrdinal: version.ordinal,
    kind: "signer_signed",
    actor: name,
    reason: null,
    facts: { signatureRequestId: request.id, signer: name, kind: given.kind, left: after.filter(isWaiting).length },
    happenedAt: given.signedAt,
  });
  note({
    action: "quote.signer_signed",
    subjectType: "quote",
    subjectId: quote.id,
    after: { signatureRequestId: request.id, signerId, name, notedAt: now, ...known },
  });
  return { ...signing, signers: after };
}

const isWaiting = ({ status }: Signer): boolean => status === "waiting";

/** Everybody has signed: the document with all signatures is kept, and only then the quote is signed. */
async function complete(
  signing: RequestedSigning,
  signedPdf: Buffer | null,
  lastSignedAt: Date,
  scope: SigningScope,
): Outcome {
  const { quote, version, request, signers } = signing;
  const { now, actor } = scope;
  const content = signedPdf ?? (await signedDocumentOf(signing, lastSignedAt, scope));
  await insertQuoteDocument(
    {
      quoteId: quote.id,
      versionOrdinal: version.ordinal,
      kind: "signed",
      fileName: `${quote.number}-v${version.ordinal}-signed.pdf`,
      contentType: "application/pdf",
      content,
      createdBy: actor.name,
    },
    now,
  );
  await markSigned(signing, lastSignedAt, scope);
  if (request.provider === "embedded") {
    for (const { id: signerId, email } of signers) {
      if (email !== null) await queueSigningMail({ signerId, kind: "signed", recipient: email }, now);
    }
  }
  return ok({ outcome: "completed" });
}

/** The request is completed and its quote signed; whatever proves it is kept already. */
export async function markSigned(signing: RequestedSigning, lastSignedAt: Date, scope: SigningScope): Promise<Quote> {
  const { quote, version, request, signers } = signing;
  const { now, actor, note } = scope;
  const status = statusAfter(quote, "sign", dayOf(lastSignedAt, scope));
  if (!status.ok) throw new Error(`the quote ${quote.id} is ${quote.status} and cannot be signed`);
  await saveRequestStatus(request.id, { status: "completed", statusReason: null }, now);
  const saved = await saveQuote({ ...quote, status: status.value, statusReason: null }, now);
  await insertQuoteEvent({
    quoteId: quote.id,
    versionOrdinal: version.ordinal,
    kind: "signed",
    actor: actor.name,
    reason: null,
    facts: {
      signatureRequestId: request.id,
      provider: request.provider,
      signers: signers.map(({ name, signedAt }) => ({ name, signedAt })),
    },
    happenedAt: now,
  });
  note({
    action: "quote.signed",
    subjectType: "quote",
    subjectId: quote.id,
    before: { status: quote.status },
    after: { status: saved.status, signatureRequestId: request.id },
  });
  return saved;
}

function refusalOfClosed(signing: RequestedSigning, at: Date, scope: SigningScope): SigningRefusal | null {
  const asOf = dayOf(at, scope);
  if (!closedAs(stateOf(signing), asOf)) return null;
  const refusal = mayNote(stateOf(signing), "", asOf);
  return refusal.ok ? null : refusal.error;
}
