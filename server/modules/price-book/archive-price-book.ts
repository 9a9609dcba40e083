import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { lockToChange } from "./lock-to-change";
import { savePriceBook } from "./price-book.store";

/** No further quote is made from it; those that were keep it, with its guard rails. */
export const archivePriceBook = command({
  name: "archivePriceBook",
  permission: "change_catalog",
  run: async ({ id, version }: { readonly id: string; readonly version: number }, { now, note }) => {
    const locked = await lockToChange(id, version);
    if (!locked.ok) return locked;
    await savePriceBook({ ...locked.value, archivedAt: now }, now);
    note({
      action: "price_book.archived",
      subjectType: "price_book",
      subjectId: id,
      before: { archivedAt: null },
      after: { archivedAt: now },
    });
    return ok({ priceBookId: id });
  },
});
