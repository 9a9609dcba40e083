import type { Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { invalidInput, type Refusal } from "../../platform/refusal";
import { checkBookCurrency, checkHead, checkOwner, loadPriceBook, type QuoteHead } from "./check-quote-head";
import { loadParty } from "./party";
import { type AskedTerms, readAskedTerms } from "./read-asked-terms";
import { inTerms, ownerOf, type StartedQuote, startQuote } from "./start-quote";

export { checkHead } from "./check-quote-head";
export { inTerms } from "./start-quote";

/** Without an owner, it is whoever makes it. */
export type NewQuote = QuoteHead & { readonly terms: AskedTerms };

export const createQuote = command({
  name: "createQuote",
  permission: "change_quotes",
  run: createQuoteOf,
});

/** Makes the quote in the transaction that goes on. */
export async function createQuoteOf(
  { terms: asked, ...head }: NewQuote,
  scope: CommandScope,
): Promise<Result<StartedQuote, Refusal>> {
  const { book, problems: ofBook } = await loadPriceBook(head.priceBookId, scope.today);
  const problems = [...checkHead(head, scope.today), ...(await checkOwner(head.ownerId)), ...ofBook];
  const party = await loadParty(head, asked.currency ?? book?.currency ?? null, scope.now);
  if (!party.ok) return invalidInput([...problems, ...party.error]);
  const { currency, customer } = party.value;
  problems.push(...checkBookCurrency(book, currency));
  const terms = readAskedTerms(asked, currency);
  if (!terms.ok) return invalidInput([...problems, ...inTerms(terms.error)]);
  const ownerId = head.ownerId ?? ownerOf(scope.caller);
  return startQuote({ head: { ...head, ownerId }, terms: terms.value, customer, problems, facts: {} }, scope);
}
