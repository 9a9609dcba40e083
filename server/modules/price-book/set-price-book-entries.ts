import type { GuardRail } from "../../domain/quote/guard-rails";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { invalidInput } from "../../platform/refusal";
import { checkEntries } from "./check-price-book";
import { lockToChange } from "./lock-to-change";
import type { PriceBookEntry } from "./price-book";
import { entriesByPriceBook, replaceEntries, savePriceBook } from "./price-book.store";

export type PriceBookEntries = {
  readonly id: string;
  readonly version: number;
  /** All of the book, in its order. */
  readonly entries: readonly GuardRail[];
};

/** Quotes that were made from the book before are held against it as it is now when they are edited or submitted. */
export const setPriceBookEntries = command({
  name: "setPriceBookEntries",
  permission: "change_catalog",
  run: async ({ id, version, entries }: PriceBookEntries, { now, note }) => {
    const locked = await lockToChange(id, version);
    if (!locked.ok) return locked;
    const problems = await checkEntries(entries, locked.value.currency);
    if (problems.length > 0) return invalidInput(problems);
    const before = (await entriesByPriceBook([id])).get(id) ?? [];
    await replaceEntries(id, entries);
    await savePriceBook(locked.value, now);
    note({
      action: "price_book.entries_set",
      subjectType: "price_book",
      subjectId: id,
      before: { entries: before.map(toGuardRail) },
      after: { entries },
    });
    return ok({ priceBookId: id });
  },
});

const toGuardRail = ({ priceBookId: _, ...rail }: PriceBookEntry): GuardRail => rail;
