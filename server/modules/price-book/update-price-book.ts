import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { checkTerms, nameTaken } from "./check-price-book";
import { lockToChange } from "./lock-to-change";
import type { PriceBookTerms } from "./price-book";
import { savePriceBook } from "./price-book.store";

/** What is left out stays; null takes away what the price book can do without. */
export type PriceBookChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly [Field in keyof PriceBookTerms]?: PriceBookTerms[Field] | null | undefined };
};

export const updatePriceBook = command({
  name: "updatePriceBook",
  permission: "change_catalog",
  run: async ({ id, version, changes }: PriceBookChange, { now, note }) => {
    const sent = sentFields(changes);
    const problems = new InputProblems();
    problems.checkNotNull(sent, ["name"]);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const locked = await lockToChange(id, version);
    if (!locked.ok) return locked;
    const { name, description, startsOn, endsBefore } = locked.value;
    const before: PriceBookTerms = { name, description, startsOn, endsBefore };
    const after: PriceBookTerms = { ...before, ...(sent as Partial<PriceBookTerms>) };
    checkTerms(after, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (!(await savePriceBook({ ...locked.value, ...after }, now))) return nameTaken(after.name);
    note({ action: "price_book.updated", subjectType: "price_book", subjectId: id, before, after });
    return ok({ priceBookId: id });
  },
});
