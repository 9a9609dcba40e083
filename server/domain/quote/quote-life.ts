import { daysBetween, type PlainDate } from "../calendar/plain-date";
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
  /** whoever submitted it takes it back */
  | "recall"
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
  recall: ["in_approval"],
  send: ["approved"],
  // Given on the last day, it may become known when the quote has expired.
  sign: ["sent", "expired"],
  decline: ["sent"],
  expire: ["in_approval", "approved", "sent"],
  execute: ["signed"],
  void: ["draft", "in_approval", "approved", "sent", "signed", "declined", "expired"],
};

const TO: Readonly<Record<QuoteAct, QuoteStatus>> = {
  edit: "draft",
  start_version: "draft",
  submit: "in_approval",
  approve: "approved",
  reject: "draft",
  recall: "draft",
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
 * knows whether approvals are (still) needed, and calls `approve` when the last is given. `sign` is the last signature, as
 * of the day on which it was given.
 */
export function statusAfter(quote: QuoteState, act: QuoteAct, asOf: PlainDate): Result<QuoteStatus, QuoteLifeError> {
  const from = FROM[act];
  const status = act === "expire" || act === "sign" ? quote.status : statusOn(quote, asOf);
  if (NEEDS_VALIDITY.includes(act) && from.includes(quote.status) && isExpired(quote, asOf)) {
    return fail({ code: "QUOTE_EXPIRED", expiresOn: quote.expiresOn });
  }
  if (!from.includes(status)) return fail({ code: "QUOTE_NOT_IN_STATE", status, from });
  return ok(TO[act]);
}

/**
 * Where a quote stands on a day, whether or not anybody wrote down that it expired. A draft does not expire, for nobody
 * was offered anything: it is submitted with a later day.
 */
export const statusOn = (quote: QuoteState, asOf: PlainDate): QuoteStatus =>
  FROM.expire.includes(quote.status) && isExpired(quote, asOf) ? "expired" : quote.status;

/** A quote can be signed up to and on its last day. */
export const isExpired = ({ expiresOn }: Pick<QuoteState, "expiresOn">, asOf: PlainDate): boolean =>
  expiresOn !== null && expiresOn < asOf;

/** So many days before the last one people are told, once each. */
export type ExpiryWarning = 7 | 1;

/** The warning that is due on a day: the more urgent where both are, and none that was given; null: none. */
export function expiryWarningDue(
  quote: QuoteState,
  given: readonly ExpiryWarning[],
  asOf: PlainDate,
): ExpiryWarning | null {
  if (quote.expiresOn === null || !FROM.expire.includes(quote.status) || isExpired(quote, asOf)) return null;
  const daysLeft = daysBetween(asOf, quote.expiresOn);
  const due = daysLeft <= 1 ? 1 : daysLeft <= 7 ? 7 : null;
  return due !== null && !given.some((days) => days <= due) ? due : null;
}
