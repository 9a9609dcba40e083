import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { newId } from "../../platform/ids";
import { conflict, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import type { Customer } from "../customer";
import type { QuoteHead } from "./check-quote-head";
import { checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
import { refusedByPriceBook } from "./guard-rails-held";
import { insertQuote, insertVersion, nextQuoteNumber } from "./quote.store";
import { insertQuoteEvent } from "./quote-event.store";

export type QuoteToStart = {
  readonly head: QuoteHead;
  readonly terms: SaleTerms;
  /** Whom it is to, known or to be. */
  readonly customer: Customer;
  /** What is wrong with the rest of the input, to be said together with what is wrong with the terms. */
  readonly problems: readonly Problem[];
  /** Where it comes from, such as a template; kept in its history. */
  readonly facts: Readonly<Record<string, unknown>>;
};

export type StartedQuote = { readonly quoteId: string; readonly warnings: readonly Problem[] };

/** Makes a draft of a sale, with a number of its own, in the transaction that goes on. */
export async function startQuote(
  { head, terms, customer, problems, facts }: QuoteToStart,
  { caller, now, note }: Pick<CommandScope, "caller" | "now" | "note">,
): Promise<Result<StartedQuote, Refusal>> {
  const checked = await checkQuoteTerms(terms, customer);
  const wrong = [...problems, ...inTerms(checked.problems.filter((problem) => !isIncompleteness(problem)))];
  const found = wrong.length > 0 ? wrong : inTerms(await refusedByPriceBook(head, checked));
  if (found.length > 0) return invalidInput(found);

  const quoteId = newId();
  const number = await nextQuoteNumber();
  const actor = caller.actor.name;
  if (!(await insertQuote({ ...head, id: quoteId, number, kind: "sale", contractId: null }, now))) {
    return externalIdTaken(head.externalId);
  }
  await insertVersion({ quoteId, ordinal: 1, terms, createdBy: actor }, now);
  const event = { quoteId, versionOrdinal: 1, kind: "created", actor, reason: null } as const;
  await insertQuoteEvent({ ...event, facts, happenedAt: now });
  note({ action: "quote.created", subjectType: "quote", subjectId: quoteId, after: { ...head, number, terms } });
  return ok({ quoteId, warnings: inTerms(checked.warnings) });
}

export const externalIdTaken = (externalId: string | null) =>
  conflict(EXTERNAL_ID_TAKEN, `Another quote has the external id "${externalId}".`, ["externalId"]);
export const EXTERNAL_ID_TAKEN = "EXTERNAL_ID_TAKEN";

/** Problems of the terms, at their place in the input. */
export const inTerms = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({ ...problem, path: ["terms", ...problem.path] }));

/** Who looks after a quote that is said to be nobody's: whoever makes it, where that is a person. */
export const ownerOf = ({ actor }: CommandScope["caller"]): string | null =>
  actor.kind === "member" ? actor.id : null;
