import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { type QuoteAct, type QuoteLifeError, type QuoteStatus, statusAfter } from "../../domain/quote/quote-life";
import { ok, type Result } from "../../domain/result";
import { conflict, type Refusal } from "../../platform/refusal";
import type { Quote } from "./quote";

/**
 * The status after an act, or why the quote does not allow it and what to do instead: one wording and one set of codes for
 * whatever is asked of a quote. `path` is where the input names the quote.
 */
export function statusAfterAct(
  quote: Quote,
  act: QuoteAct,
  today: PlainDate,
  path: readonly string[] = ["quoteId"],
): Result<QuoteStatus, Refusal> {
  const after = statusAfter(quote, act, today);
  if (after.ok) return ok(after.value);
  const status = blockedBy(after.error);
  const message = `Version ${quote.currentVersion} of ${quote.number} is ${inWords(quote, status)}, so that it cannot be ${DONE[act]}. ${wayOn(quote, status, act)}`;
  return conflict(codeOf(status, act), message, path);
}

/** An offer that is over is expired, whatever it was before. */
const blockedBy = (error: QuoteLifeError): QuoteStatus => (error.code === "QUOTE_EXPIRED" ? "expired" : error.status);

function inWords({ statusReason, expiresOn }: Quote, status: QuoteStatus): string {
  if (status === "draft") return "a draft";
  if (status === "expired" && expiresOn !== null) return `expired (its last day was ${formatDay(expiresOn)})`;
  const hasReason = (status === "voided" || status === "declined") && statusReason !== null;
  return `${status.replaceAll("_", " ")}${hasReason ? ` ("${statusReason}")` : ""}`;
}

/** How it ended, where it ended; else what a program has to know to go on. */
function codeOf(status: QuoteStatus, act: QuoteAct): string {
  if (status === "voided" || status === "declined" || status === "expired" || status === "executed") {
    return `QUOTE_${status.toUpperCase()}`;
  }
  if (act === "execute") return "QUOTE_NOT_SIGNED";
  return act === "edit" ? "QUOTE_SENT" : "QUOTE_NOT_IN_STATE";
}

const DONE: Readonly<Record<QuoteAct, string>> = {
  edit: "edited",
  start_version: "followed by another",
  submit: "submitted",
  approve: "approved",
  reject: "rejected",
  recall: "taken back from its approvers",
  send: "sent",
  sign: "signed",
  decline: "declined",
  expire: "left to expire",
  execute: "executed",
  void: "voided",
};

const SUCCESSOR = "Call startQuoteVersion to make its successor.";

function wayOn(quote: Quote, status: QuoteStatus, act: QuoteAct): string {
  const isYetToSign = status === "draft" || status === "in_approval" || status === "approved" || status === "sent";
  if (act === "execute" && isYetToSign) return "Everybody has to sign it first.";
  if (act === "start_version") return isYetToSign ? "Edit it as it is." : againOf(quote);
  switch (status) {
    case "draft":
      return "Submit it first.";
    case "in_approval":
      return "Its approvals come first.";
    case "approved":
      return "Send it to be signed.";
    case "expired":
      return quote.status === "draft" ? "Set a later last day with updateQuote." : SUCCESSOR;
    case "sent":
    case "signed":
    case "declined":
      return SUCCESSOR;
    case "executed":
    case "voided":
      return againOf(quote);
  }
}

const againOf = ({ kind }: Quote): string =>
  `${kind === "sale" ? "Clone it" : "Create another amendment quote"} to offer the same again.`;
