import type { PlainDate } from "../calendar/plain-date";
import { fail, ok, type Result } from "../result";

/**
 * Where a quote stands; it is its latest version that stands there. Earlier versions are superseded and never come back.
 */
export type QuoteStatus =
  | "draft"
  | "in_approval"
  | "approved"
  | "sent"
  | "signed"
  | "executed"
  | "declined"
  | "expired"
  | "voided";

/** What can happen to a quote. */
export type QuoteAct =
  /** its terms change; what was sent is not changed but followed by a new version */
  | "edit"
  | "start_version"
  | "submit"
  | "approve"
  | "reject"
  | "send"
  | "sign"
  | "decline"
  | "expire"
  | "execute"
  | "void";

export type QuoteState = {
  readonly status: QuoteStatus;
  /** The last day on which it can be signed; null: until it is voided */
  readonly expiresOn: PlainDate | null;
};

export type QuoteLifeError =
  | { readonly code: "QUOTE_EXPIRED"; readonly expiresOn: PlainDate | null }
  | { readonly code: "QUOTE_NOT_IN_STATE"; readonly status: QuoteStatus; readonly from: readonly QuoteStatus[] };

const FROM: Readonly<Record<QuoteAct, readonly QuoteStatus[]>> = {
  edit: ["draft", "in_approval", "approved"],
  start_version: ["sent", "signed", "declined", "expired"],
  submit: ["draft"],
  approve: ["in_approval"],
  reject: ["in_approval"],
  send: ["approved"],
  sign: ["sent"],
  decline: ["sent"],
  expire: ["draft", "in_approval", "approved", "sent"],
  execute: ["signed"],
  void: ["draft", "in_approval", "approved", "sent", "signed", "declined", "expired"],
};

const TO: Readonly<Record<QuoteAct, QuoteStatus>> = {
  edit: "draft",
  start_version: "draft",
  submit: "in_approval",
  approve: "approved",
  reject: "draft",
  send: "sent",
  sign: "signed",
  decline: "declined",
  expire: "expired",
  execute: "executed",
  void: "voided",
};

/** What needs the offer to stand: on the day after the last it does not. */
const NEEDS_VALIDITY: readonly QuoteAct[] = ["submit", "approve", "send", "sign"];

/**
 * The status after an act, or why it cannot happen. `submit` leads to in_approval and `approve` to approved: whoever asks
 * knows whether approvals are (still) needed, and calls `approve` when the last is given. `sign` is the last signature.
 */
export function statusAfter(quote: QuoteState, act: QuoteAct, asOf: PlainDate): Result<QuoteStatus, QuoteLifeError> {
  const from = FROM[act];
  if (!from.includes(quote.status)) return fail({ code: "QUOTE_NOT_IN_STATE", status: quote.status, from });
  if (NEEDS_VALIDITY.includes(act) && isExpired(quote, asOf)) {
    return fail({ code: "QUOTE_EXPIRED", expiresOn: quote.expiresOn });
  }
  return ok(TO[act]);
}

/** A quote can be signed up to and on its last day. */
export const isExpired = ({ expiresOn }: Pick<QuoteState, "expiresOn">, asOf: PlainDate): boolean =>
  expiresOn !== null && expiresOn < asOf;
