import type { CurrencyCode } from "../../domain/money/currency";
import type { GuardRail } from "../../domain/quote/guard-rails";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { checkCurrency, checkEntries, checkTerms, nameTaken } from "./check-price-book";
import type { PriceBookTerms } from "./price-book";
import { insertPriceBook, replaceEntries } from "./price-book.store";

export type NewPriceBook = PriceBookTerms & { readonly currency: string; readonly entries: readonly GuardRail[] };

export const createPriceBook = command({
  name: "createPriceBook",
  permission: "change_catalog",
  run: async ({ entries, ...asked }: NewPriceBook, { now, note }) => {
    const problems = new InputProblems();
    checkTerms(asked, problems);
    checkCurrency(asked.currency, problems);
    const book = { ...asked, id: newId(), currency: asked.currency as CurrencyCode };
    const found = [...problems.found, ...(await checkEntries(entries, book.currency))];
    if (found.length > 0) return invalidInput(found);

    if (!(await insertPriceBook(book, now))) return nameTaken(book.name);
    await replaceEntries(book.id, entries);
    note({
      action: "price_book.created",
      subjectType: "price_book",
      subjectId: book.id,
      after: { ...asked, entries },
    });
    return ok({ priceBookId: book.id });
  },
});
