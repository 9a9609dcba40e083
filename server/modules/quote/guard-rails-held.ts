import type { Problem } from "../../platform/refusal";
import { entriesByPriceBook, type GuardRailViolation, toGuardRailProblem, violationsOf } from "../price-book";
import { type CheckedTerms, checkQuoteTerms } from "./check-quote-terms";
import { checkBillable, figuresOfChecked } from "./figures-of-terms";
import type { Quote } from "./quote";

type MadeFrom = Pick<Quote, "priceBookId">;
type Entries = Parameters<typeof violationsOf>[0];

/** What the price book refuses of terms, at its place in them. Of terms that are not complete less is known. */
export async function refusedByPriceBook(quote: MadeFrom, checked: CheckedTerms): Promise<Problem[]> {
  return refusals(violationsOfChecked(await entriesOf(quote), checked)).map(toGuardRailProblem);
}

/**
 * What the price book refuses of an edit. What it would have refused before, because it has become stricter since, does
 * not keep people from editing something else; it keeps the quote from being submitted.
 */
export async function refusedOfEdit(
  quote: MadeFrom,
  { before, after }: { readonly before: CheckedTerms["terms"]; readonly after: CheckedTerms },
): Promise<Problem[]> {
  const entries = await entriesOf(quote);
  const refused = refusals(violationsOfChecked(entries, after));
  if (refused.length === 0 || !after.named.customer) return refused.map(toGuardRailProblem);
  const checkedBefore = await checkQuoteTerms(before, after.named.customer);
  const known = new Set(refusals(violationsOfChecked(entries, checkedBefore)).map(nameOf));
  return refused.filter((violation) => !known.has(nameOf(violation))).map(toGuardRailProblem);
}

/** Where checked terms leave a price book; null: they are made from none. */
export function violationsOfChecked(entries: Entries | null, checked: CheckedTerms): readonly GuardRailViolation[] {
  if (entries === null) return [];
  const figures = checkBillable(checked).length > 0 ? null : figuresOfChecked(checked);
  return violationsOf(entries, checked.named.prices, checked.terms, figures);
}

async function entriesOf({ priceBookId }: MadeFrom): Promise<Entries | null> {
  return priceBookId === null ? null : ((await entriesByPriceBook([priceBookId])).get(priceBookId) ?? []);
}

const refusals = (violations: readonly GuardRailViolation[]) =>
  violations.filter(({ severity }) => severity === "refused");

const nameOf = ({ code, lineId, actual }: GuardRailViolation): string => `${code} ${lineId} ${actual?.toFixed() ?? ""}`;
