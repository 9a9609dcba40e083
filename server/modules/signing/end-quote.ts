import type { QuoteAct } from "../../domain/quote/quote-life";
import { ok } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, notFound } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { insertQuoteEvent, loadCurrentVersion, lockQuote, saveQuote, statusAfterAct } from "../quote";
import { type SigningScope, withSigners } from "./lock-signing";
import { withdrawRequest } from "./withdraw-request";

export type EndedQuote = { readonly quoteId: string; readonly reason: string };

/** Takes a quote back for good, with the signatures that are still asked for. */
export const voidQuote = command({
  name: "voidQuote",
  permission: "change_quotes",
  run: (ended: EndedQuote, scope) => endQuote(ended, { act: "void", verb: "voided" }, scope),
});

/** Notes that the customer does not want it, where they said so in another way than on the page. */
export const declineQuote = command({
  name: "declineQuote",
  permission: "change_quotes",
  run: (ended: EndedQuote, scope) => endQuote(ended, { act: "decline", verb: "declined" }, scope),
});

async function endQuote(
  { quoteId, reason }: EndedQuote,
  { act, verb }: { readonly act: Extract<QuoteAct, "void" | "decline">; readonly verb: "voided" | "declined" },
  { caller, now, today, note }: CommandScope,
) {
  const problems = new InputProblems();
  checkReason(reason, problems);
  if (!problems.isEmpty) return invalidInput(problems.found);
  const quote = await lockQuote(quoteId);
  if (!quote) return notFound("quote", quoteId, ["quoteId"]);
  const status = statusAfterAct(quote, act, today);
  if (!status.ok) return status;

  const { timeZone } = await loadOrganization();
  const scope: SigningScope = { actor: caller.actor, now, timeZone, note };
  await withdrawRequest(await withSigners(quote, await loadCurrentVersion(quote)), reason, scope);
  await saveQuote({ ...quote, status: status.value, statusReason: reason }, now);
  const event = { quoteId, versionOrdinal: quote.currentVersion, kind: verb, actor: caller.actor.name } as const;
  await insertQuoteEvent({ ...event, reason, facts: {}, happenedAt: now });
  note({
    action: `quote.${verb}`,
    subjectType: "quote",
    subjectId: quoteId,
    before: { status: quote.status, statusReason: quote.statusReason },
    after: { status: status.value, statusReason: reason },
  });
  return ok({ quoteId });
}

const REASON_LENGTH = 1_000;

/** A reason is a few lines of text. */
export function checkReason(reason: string, problems: InputProblems): void {
  problems.checkText(reason.replaceAll(/[\n\r\t]/g, " "), "The reason", REASON_LENGTH, "reason");
}
