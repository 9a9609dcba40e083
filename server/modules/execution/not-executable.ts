import type { PlainDate } from "../../domain/calendar/plain-date";
import { statusAfter } from "../../domain/quote/quote-life";
import { conflict } from "../../platform/refusal";
import type { Quote } from "../quote";

/** Why a quote cannot be executed in the state that it is in, and what to do; null: it can. */
export function notExecutable(quote: Quote, today: PlainDate): ReturnType<typeof conflict> | null {
  if (statusAfter(quote, "execute", today).ok) return null;
  const { number, status, statusReason } = quote;
  const refuse = (code: string, message: string) => conflict(code, message, ["quoteId"]);
  switch (status) {
    case "voided": {
      const why = statusReason === null ? "" : ` ("${statusReason}")`;
      return refuse("QUOTE_VOIDED", `${number} was voided${why}. Clone it to offer the same again.`);
    }
    case "declined":
      return refuse("QUOTE_DECLINED", `${number} was declined. A new version has to be sent and signed.`);
    case "expired":
      return refuse(
        "QUOTE_EXPIRED",
        `${number} expired before it was signed. A new version has to be sent and signed.`,
      );
    default: {
      const message = `Version ${quote.currentVersion} of ${number} is ${status.replaceAll("_", " ")}, not signed. Only what everybody has signed is executed.`;
      return refuse("QUOTE_NOT_SIGNED", message);
    }
  }
}
