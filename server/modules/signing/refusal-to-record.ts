import type { PlainDate } from "../../domain/calendar/plain-date";
import { mayNote } from "../../domain/quote/signing";
import { conflict } from "../../platform/refusal";
import { type Signing, stateOf } from "./lock-signing";
import { wordsOfRefusal } from "./signing-words";

/** Why nobody can sign this version now, for those who work on the quote; null: somebody can. */
export function refusalToRecord(signing: Signing, asOf: PlainDate) {
  const { quote, version } = signing;
  if (version.sentAt === null) {
    const message = `Version ${version.ordinal} of ${quote.number} was not sent yet. Send it with sendQuote first.`;
    return conflict("QUOTE_NOT_SENT", message, ["quoteId"]);
  }
  const may = mayNote(stateOf(signing), "", asOf);
  return may.ok || may.error.code === "NOT_A_SIGNER"
    ? null
    : conflict(may.error.code, wordsOfRefusal(may.error), ["quoteId"]);
}
