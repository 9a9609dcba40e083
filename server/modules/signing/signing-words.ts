import type { SignatureProblem, SignerState, SigningRefusal } from "../../domain/quote/signing";

/** "Ada Byron", "Ada Byron and Charles Babbage", "Ada Byron, Charles Babbage and Grace Hopper" */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

export const namesOf = (signers: readonly Pick<SignerState, "name">[]): string =>
  listed(signers.map(({ name }) => name));

/** "3 November 2026 at 09:00 (Europe/London)": instants are shown in the seller's time zone. */
export function formatInstant(instant: Date, timeZone: string): string {
  const parts = { day: "numeric", month: "long", year: "numeric" } as const;
  const day = new Intl.DateTimeFormat("en-GB", { ...parts, timeZone }).format(instant);
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(instant);
  return `${day} at ${time} (${timeZone})`;
}

/** Why somebody cannot sign, or decline, now. */
export function wordsOfRefusal(refusal: SigningRefusal): string {
  switch (refusal.code) {
    case "VERSION_SUPERSEDED":
      return "This version was replaced by a newer one. Nothing was signed; please use the link to the newer version.";
    case "QUOTE_VOIDED":
    case "REQUEST_WITHDRAWN":
      return "This offer was taken back, so it cannot be signed any more.";
    case "ALL_SIGNED":
      return "This offer is signed by everybody already.";
    case "QUOTE_DECLINED":
      return "This offer was declined, so it cannot be signed any more.";
    case "QUOTE_EXPIRED":
      return "The last day of this offer is over, so it cannot be signed any more.";
    case "NOT_A_SIGNER":
      return "This link is for reading. Only the people who were asked to sign can sign, each by a link of their own.";
    case "ALREADY_SIGNED":
      return "You have signed this offer already.";
    case "DOCUMENT_CHANGED":
      return "The page showed another document than the one that is to be signed. Here is the right one; please read it again.";
    case "NOT_YOUR_TURN":
      return `It is not your turn yet: ${namesOf(refusal.waitingFor)} signs first.`;
  }
}

export function wordsOfProblem({ code, field }: SignatureProblem): string {
  switch (code) {
    case "SIGNATURE_EMPTY":
      return field === "drawing" ? "Draw your signature in the box." : "Type your full name.";
    case "SIGNATURE_TOO_LONG":
      return "A signature has at most 100 characters.";
    case "SIGNATURE_TOO_LARGE":
      return "The drawing is too large. Clear it and draw it again, or type your name.";
    case "DRAWING_UNREADABLE":
      return "The drawing could not be read. Clear it and draw it again, or type your name.";
    case "CONSENT_MISSING":
      return "Tick the box to agree that you sign electronically.";
  }
}
