import type { PlainDate } from "../calendar/plain-date";
import { fail, ok, type Result } from "../result";
import { isExpired, type QuoteState } from "./quote-life";

/** Where signatures are given: on our own page, at Dropbox Sign, or on paper. */
export type SigningProvider = "embedded" | "dropbox_sign" | "paper";

/** `queued`: on its way to the provider. Of those, `queued` and `sent` can still become `completed`. */
export type SignatureRequestStatus = "queued" | "sent" | "completed" | "declined" | "withdrawn" | "failed";

export type SignerStatus = "waiting" | "signed" | "declined";

export type SignatureKind = "typed" | "drawn" | "paper" | "provider";

export type SignerState = {
  readonly id: string;
  /** From 1; those at the same position sign at once, the others one after the other. */
  readonly position: number;
  readonly name: string;
  readonly status: SignerStatus;
};

/** All that decides whether a signature holds. */
export type SigningState = {
  readonly quote: QuoteState;
  /** A newer version took the place of the one that is signed. */
  readonly isSuperseded: boolean;
  readonly request: { readonly provider: SigningProvider; readonly status: SignatureRequestStatus } | null;
  readonly signers: readonly SignerState[];
};

/** Why a version is not to be signed any more, by anybody. */
export type ClosedStanding = "superseded" | "voided" | "signed" | "declined" | "expired" | "withdrawn";

/** What somebody with a link finds. */
export type OfferStanding =
  | { readonly kind: ClosedStanding }
  | { readonly kind: "to_sign"; readonly signer: SignerState }
  | { readonly kind: "not_your_turn"; readonly signer: SignerState; readonly waitingFor: readonly SignerState[] }
  | { readonly kind: "signed_by_you"; readonly signer: SignerState; readonly waitingFor: readonly SignerState[] }
  /** Not a signer of this version, or one who signs elsewhere. */
  | { readonly kind: "to_view" };

export type SigningRefusal =
  | {
      readonly code:
        | "VERSION_SUPERSEDED"
        | "QUOTE_VOIDED"
        | "ALL_SIGNED"
        | "QUOTE_DECLINED"
        | "QUOTE_EXPIRED"
        | "REQUEST_WITHDRAWN"
        | "NOT_A_SIGNER"
        | "ALREADY_SIGNED"
        /** The page showed another document than the one that is signed. */
        | "DOCUMENT_CHANGED";
    }
  | { readonly code: "NOT_YOUR_TURN"; readonly waitingFor: readonly SignerState[] };

/** Who is asked to sign now: of those who have not, the ones at the lowest position. */
export function signersOnTurn<S extends SignerState>(signers: readonly S[]): readonly S[] {
  const waiting = signers.filter(({ status }) => status === "waiting");
  const position = Math.min(...waiting.map((signer) => signer.position));
  return waiting.filter((signer) => signer.position === position);
}

/** True of nobody at all too: who asks knows whether anybody had to sign. */
export const haveAllSigned = (signers: readonly SignerState[]): boolean =>
  signers.every(({ status }) => status === "signed");

/**
 * Why nobody could sign this version on a day; null: somebody could. A quote that has expired by now could be signed until
 * its last day: what was given in time counts, whenever it becomes known.
 */
export function closedAs({ quote, isSuperseded, request }: SigningState, asOf: PlainDate): ClosedStanding | null {
  if (isSuperseded) return "superseded";
  switch (quote.status) {
    case "voided":
    case "declined":
      return quote.status;
    case "signed":
    case "executed":
      return "signed";
    case "sent":
    case "expired":
      if (isExpired(quote, asOf)) return "expired";
      if (request?.status === "declined") return "declined";
      return request?.status === "withdrawn" || request?.status === "failed" ? "withdrawn" : null;
    case "draft":
    case "in_approval":
    case "approved":
      return "withdrawn";
  }
}

/** What the holder of a link finds: `signerId` is whose link it is, null for one who may only look. */
export function standingOf(state: SigningState, signerId: string | null, asOf: PlainDate): OfferStanding {
  const closed = closedAs(state, asOf);
  if (closed) return { kind: closed };
  const signer = state.signers.find(({ id }) => id === signerId);
  if (!signer || state.request?.provider !== "embedded") return { kind: "to_view" };
  const onTurn = signersOnTurn(state.signers);
  if (signer.status === "signed") return { kind: "signed_by_you", signer, waitingFor: onTurn };
  if (onTurn.includes(signer)) return { kind: "to_sign", signer };
  return { kind: "not_your_turn", signer, waitingFor: onTurn };
}

const REFUSALS: Readonly<Record<ClosedStanding, Exclude<SigningRefusal["code"], "NOT_YOUR_TURN">>> = {
  superseded: "VERSION_SUPERSEDED",
  voided: "QUOTE_VOIDED",
  signed: "ALL_SIGNED",
  declined: "QUOTE_DECLINED",
  expired: "QUOTE_EXPIRED",
  withdrawn: "REQUEST_WITHDRAWN",
};

/** The signer, if it is for them to sign or to decline now; else why it is not. */
export function mayAct(
  state: SigningState,
  signerId: string | null,
  asOf: PlainDate,
): Result<SignerState, SigningRefusal> {
  const standing = standingOf(state, signerId, asOf);
  switch (standing.kind) {
    case "to_sign":
      return ok(standing.signer);
    case "signed_by_you":
      return fail({ code: "ALREADY_SIGNED" });
    case "not_your_turn":
      return fail({ code: "NOT_YOUR_TURN", waitingFor: standing.waitingFor });
    case "to_view":
      return fail({ code: "NOT_A_SIGNER" });
    default:
      return fail({ code: REFUSALS[standing.kind] });
  }
}

/**
 * The signer, if a signature that was given elsewhere (at a provider, on paper) can be noted. Whose turn it was is not
 * asked: it is told in whatever order the news arrives.
 */
export function mayNote(state: SigningState, signerId: string, asOf: PlainDate): Result<SignerState, SigningRefusal> {
  const signer = state.signers.find(({ id }) => id === signerId);
  const closed = closedAs(state, asOf);
  if (closed) return fail({ code: REFUSALS[closed] });
  if (!signer) return fail({ code: "NOT_A_SIGNER" });
  return signer.status === "signed" ? fail({ code: "ALREADY_SIGNED" }) : ok(signer);
}

/** Positions as asked for, from 1 and without gaps; without any, one signer after the other as listed. */
export function positionsOf(asked: readonly (number | null)[]): readonly number[] {
  const given = asked.map((position, index) => position ?? index + 1);
  const steps = [...new Set(given)].sort((a, b) => a - b);
  return given.map((position) => steps.indexOf(position) + 1);
}

// ── Links ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type LinkState = { readonly expiresAt: Date; readonly revokedAt: Date | null };
export type LinkRefusal = { readonly code: "LINK_REVOKED" } | { readonly code: "LINK_EXPIRED"; readonly at: Date };

/** Whether a link leads anywhere; at the instant of its expiry it does not any more. */
export function checkLink({ expiresAt, revokedAt }: LinkState, now: Date): Result<true, LinkRefusal> {
  if (revokedAt !== null) return fail({ code: "LINK_REVOKED" });
  return now >= expiresAt ? fail({ code: "LINK_EXPIRED", at: expiresAt }) : ok(true);
}

// ── Signatures on our own page ───────────────────────────────────────────────────────────────────────────────────────

export const TYPED_SIGNATURE_LENGTH = 100;
export const DRAWN_SIGNATURE_BYTES = 200_000;

/** What came of reading a drawing. */
export type Drawing = { readonly bytes: number; readonly isReadable: boolean; readonly isBlank: boolean };

export type OfferedSignature = {
  readonly kind: "typed" | "drawn";
  readonly text: string;
  readonly drawing: Drawing | null;
  readonly hasConsented: boolean;
};

export type SignatureProblem = {
  readonly code:
    | "SIGNATURE_EMPTY"
    | "SIGNATURE_TOO_LONG"
    | "SIGNATURE_TOO_LARGE"
    | "DRAWING_UNREADABLE"
    | "CONSENT_MISSING";
  /** The field of the form. */
  readonly field: "signature" | "drawing" | "consent";
};

/** Everything that keeps a signature from being taken; nothing: it is one. */
export function checkSignature({ kind, text, drawing, hasConsented }: OfferedSignature): readonly SignatureProblem[] {
  const signature = kind === "typed" ? checkTyped(text) : checkDrawn(drawing);
  const consent: SignatureProblem | null = hasConsented ? null : { code: "CONSENT_MISSING", field: "consent" };
  return [signature, consent].filter((problem) => problem !== null);
}

function checkTyped(text: string): SignatureProblem | null {
  if (!/[\p{L}\p{N}]/u.test(text)) return { code: "SIGNATURE_EMPTY", field: "signature" };
  return text.trim().length > TYPED_SIGNATURE_LENGTH ? { code: "SIGNATURE_TOO_LONG", field: "signature" } : null;
}

function checkDrawn(drawing: Drawing | null): SignatureProblem | null {
  if (drawing === null || drawing.bytes === 0) return { code: "SIGNATURE_EMPTY", field: "drawing" };
  if (drawing.bytes > DRAWN_SIGNATURE_BYTES) return { code: "SIGNATURE_TOO_LARGE", field: "drawing" };
  if (!drawing.isReadable) return { code: "DRAWING_UNREADABLE", field: "drawing" };
  return drawing.isBlank ? { code: "SIGNATURE_EMPTY", field: "drawing" } : null;
}

// ── Reminders ────────────────────────────────────────────────────────────────────────────────────────────────────────

const REMINDER_PAUSE_MILLISECONDS = 3_600_000;

/** When a signer may be reminded again; an hour after the last mail that asked for the signature. */
export const remindableFrom = (lastAskedAt: Date | null): Date | null =>
  lastAskedAt && new Date(lastAskedAt.getTime() + REMINDER_PAUSE_MILLISECONDS);
