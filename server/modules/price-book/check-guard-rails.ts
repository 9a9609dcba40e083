import type { PlainDate } from "../../domain/calendar/plain-date";
import { type GuardRail, type GuardRailViolation, guardRailViolations } from "../../domain/quote/guard-rails";
import type { QuoteFigures } from "../../domain/quote/quote-figures";
import type { QuoteTerms } from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";
import { type Price, pricesById } from "../catalog";
import type { PriceBook } from "./price-book";
import { entriesByPriceBook, priceBooksById } from "./price-book.store";

type MadeFrom = { readonly priceBookId: string | null };

/**
 * Where a quote leaves the price book that it is made from, in two statements; without a price book it may do anything.
 * Figures are those of the terms: null where they are not complete yet. The changes of an amendment are not held against
 * a price book.
 */
export async function checkGuardRails(
  { priceBookId }: MadeFrom,
  terms: QuoteTerms,
  figures: QuoteFigures | null,
): Promise<readonly GuardRailViolation[]> {
  if (priceBookId === null || terms.kind === "amendment") return [];
  const entries = (await entriesByPriceBook([priceBookId])).get(priceBookId) ?? [];
  return violationsOf(entries, await pricesById(priceIdsIn(terms)), terms, figures);
}

/** The same, with everything at hand. */
export function violationsOf(
  entries: readonly GuardRail[],
  prices: ReadonlyMap<string, Price>,
  terms: QuoteTerms,
  figures: QuoteFigures | null,
): readonly GuardRailViolation[] {
  if (terms.kind === "amendment") return [];
  const rails = new Map(entries.map((entry) => [entry.lineageId, entry]));
  return guardRailViolations({ terms, rails, figures, priceOf: (id) => prices.get(id) ?? null });
}

function priceIdsIn(terms: Extract<QuoteTerms, { kind: "sale" }>): string[] {
  const lines = terms.phases.flatMap((phase) => phase.lines);
  const ids = lines.flatMap(({ priceId, ramp }) => [priceId, ...ramp.map((step) => step.priceId)]);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** A price book from which a quote may be made on that day. */
export async function findPriceBook(id: string, today: PlainDate): Promise<Result<PriceBook, Problem>> {
  const book = (await priceBooksById([id])).get(id);
  const path = ["priceBookId"];
  if (!book) return fail({ code: "PRICE_BOOK_NOT_FOUND", message: `There is no price book ${id}.`, path });
  if (book.archivedAt !== null) {
    const message = `The price book "${book.name}" is archived. Use another, or none.`;
    return fail({ code: "PRICE_BOOK_ARCHIVED", message, path });
  }
  const isValid = (book.startsOn ?? today) <= today && (book.endsBefore === null || today < book.endsBefore);
  if (isValid) return ok(book);
  const message = `The price book "${book.name}" is not valid today. Use another, or none.`;
  return fail({ code: "PRICE_BOOK_NOT_VALID", message, path });
}
