import { ok } from "../../domain/result";
import { invalidInput } from "../../platform/refusal";
import type { NewContractDiscount } from "../contract";
import { type EditedOn, editTerms } from "./edit-terms";
import { withKeptIds } from "./kept-ids";
import { TermsReading } from "./read-asked-terms";

export type QuoteDiscounts = EditedOn & {
  /** All over several lines, in the order in which they are taken; an id names one that the quote has. */
  readonly discounts: readonly (NewContractDiscount & { readonly id: string | null })[];
};

export const setQuoteDiscounts = editTerms({
  name: "setQuoteDiscounts",
  edit: (terms, { discounts: asked }: QuoteDiscounts) => {
    const reading = new TermsReading(terms.currency);
    const read = asked.map(({ id: _, ...discount }, index) => reading.discount(discount, ["discounts", String(index)]));
    const known = new Set(terms.discounts.map(({ id }) => id));
    const ids = asked.map(({ id }) => id);
    const { parts, problems } = withKeptIds(read, ids, { known, noun: "discount", field: "discounts" });
    const wrong = [...reading.problems.found, ...problems];
    if (wrong.length > 0) return invalidInput(wrong);
    return ok({
      terms: { ...terms, discounts: parts },
      places: [{ inTerms: ["discounts"], inInput: ["discounts"] }],
    });
  },
});
