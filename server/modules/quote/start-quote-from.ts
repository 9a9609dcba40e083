import type { PlainDate } from "../../domain/calendar/plain-date";
import { moveTerms } from "../../domain/quote/move-terms";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { copyTerms } from "../../domain/quote/rename-ids";
import { fail, ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import { checkBookCurrency, checkHead, checkOwner, loadPriceBook, type QuoteHead } from "./check-quote-head";
import { loadParty } from "./party";
import { ownerOf, type StartedQuote, startQuote } from "./start-quote";

/** What is to be otherwise than in terms that are there already; null: nothing. */
export type CopyChanges = {
  readonly name: string | null;
  /** All days move with it. */
  readonly startsOn: PlainDate | null;
};

/** Starts a quote with terms that are there already, such as those of another quote or of a template. */
export async function startQuoteFrom(
  from: { readonly terms: SaleTerms; readonly facts: Readonly<Record<string, unknown>> },
  { head, changes }: { readonly head: QuoteHead; readonly changes: CopyChanges },
  scope: CommandScope,
): Promise<Result<StartedQuote, Refusal>> {
  const { book, problems: ofBook } = await loadPriceBook(head.priceBookId, scope.today);
  const { currency } = from.terms;
  const problems = [
    ...checkHead(head, scope.today),
    ...(await checkOwner(head.ownerId)),
    ...ofBook,
    ...checkBookCurrency(book, currency),
  ];
  const party = await loadParty(head, currency, scope.now);
  const terms = changedCopy(from.terms, changes);
  if (!party.ok || !terms.ok) {
    return invalidInput([...problems, ...(party.ok ? [] : party.error), ...(terms.ok ? [] : [terms.error])]);
  }
  const ownerId = head.ownerId ?? ownerOf(scope.caller);
  const { customer } = party.value;
  return startQuote({ head: { ...head, ownerId }, terms: terms.value, customer, problems, facts: from.facts }, scope);
}

function changedCopy(terms: SaleTerms, { name, startsOn }: CopyChanges): Result<SaleTerms, Problem> {
  const moved = startsOn === null ? ok(terms) : moveTerms(terms, startsOn);
  if (!moved.ok) {
    const message = `With a start on ${startsOn} some day of the terms would lie outside the calendar. Choose another.`;
    return fail({ code: moved.error.code, message, path: ["startsOn"] });
  }
  return ok({ ...copyTerms(moved.value, newId), ...(name !== null && { name }) });
}
