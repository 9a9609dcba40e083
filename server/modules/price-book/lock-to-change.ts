import type { Result } from "../../domain/result";
import { ok } from "../../domain/result";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import type { PriceBook } from "./price-book";
import { lockPriceBook } from "./price-book.store";

/** A price book at the version that a change was made on, locked until the transaction ends. What is archived stays. */
export async function lockToChange(id: string, version: number): Promise<Result<PriceBook, Refusal>> {
  const book = await lockPriceBook(id);
  if (!book) return notFound("price book", id);
  if (book.version !== version) return staleVersion("price book", book.version);
  if (book.archivedAt !== null) {
    return conflict("PRICE_BOOK_ARCHIVED", `The price book "${book.name}" is archived and does not change.`, ["id"]);
  }
  return ok(book);
}
