import { formatDay } from "../../domain/calendar/format";
import { daysBetween, type PlainDate } from "../../domain/calendar/plain-date";
import { unreachable } from "../../domain/unreachable";
import type { QuoteEvent } from "../quote";
import type { NotificationKind } from "./notification";

/** What the words speak of. */
export type QuoteInWords = {
  readonly number: string;
  readonly name: string;
  readonly customerName: string;
  readonly expiresOn: PlainDate | null;
  /** Of an approval that is asked: why, and who submitted it. */
  readonly asked: { readonly reason: string; readonly submittedBy: string } | null;
};

/** What people are told of an event: a line, and a short text. */
export function wordsOf(
  kind: NotificationKind,
  { actor, reason, facts }: Pick<QuoteEvent, "actor" | "reason" | "facts">,
  { number, name, customerName, expiresOn, asked }: QuoteInWords,
  today: PlainDate,
): { readonly title: string; readonly text: string } {
  const what = `“${name}” for ${customerName}`;
  const because = reason === null ? "" : ` “${reason}”`;
  switch (kind) {
    case "approval_requested": {
      const why = asked === null ? "" : ` ${asked.reason}.`;
      return { title: `${number} waits for your approval`, text: `${asked?.submittedBy} submitted ${what}.${why}` };
    }
    case "approved":
      return { title: `${number} is approved`, text: `${what} may be sent. Approved by ${actor}.${because}` };
    case "rejected":
      return { title: `${number} was rejected`, text: `${actor} sent ${what} back.${because}` };
    case "viewed": {
      const who = typeof facts["signer"] === "string" ? facts["signer"] : "Somebody with the link";
      return { title: `${who} looked at ${number}`, text: `${who} has seen ${what} for the first time.` };
    }
    case "signer_signed":
      return { title: `${actor} signed ${number}`, text: `${actor} signed ${what}. ${stillToSign(facts["left"])}` };
    case "signed":
      return { title: `${number} is signed by all`, text: `Everybody has signed ${what}. Finance can execute it.` };
    case "declined":
      return { title: `${actor} declined ${number}`, text: `${actor} does not want ${what}.${because}` };
    case "expiring": {
      const day = expiresOn === null ? "soon" : `${dayFrom(today, expiresOn)}, on ${formatDay(expiresOn)}`;
      return { title: `${number} expires ${day}`, text: `${what} can be signed until then.` };
    }
    case "expired":
      return { title: `${number} has expired`, text: `${what} cannot be signed any more. ${reason ?? ""}`.trim() };
    default:
      return unreachable(kind);
  }
}

const stillToSign = (left: unknown): string => {
  if (typeof left !== "number") return "";
  return left === 0 ? "Nobody is left to sign." : `${left} still to sign.`;
};

function dayFrom(today: PlainDate, day: PlainDate): string {
  const days = daysBetween(today, day);
  return days <= 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
}
