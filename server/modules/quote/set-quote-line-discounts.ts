import { ok } from "../../domain/result";
import { invalidInput } from "../../platform/refusal";
import type { NewDiscount } from "../contract";
import { type EditedOn, editTerms } from "./edit-terms";
import { findLine, placeOfLine, withLine } from "./find-in-terms";
import { withKeptIds } from "./kept-ids";
import { TermsReading } from "./read-asked-terms";

export type QuoteLineDiscounts = EditedOn & {
  readonly lineId: string;
  /** All of the line, in their order; an id names one that the quote has, of this line or another. */
  readonly discounts: readonly (NewDiscount & { readonly id: string | null })[];
};

export const setQuoteLineDiscounts = editTerms({
  name: "setQuoteLineDiscounts",
  edit: (terms, { lineId, discounts: asked }: QuoteLineDiscounts) => {
    const found = findLine(terms, lineId);
    if (!found.ok) return found;
    const reading = new TermsReading(terms.currency);
    const read = asked.map(({ id: _, ...discount }, index) =>
      reading.lineDiscount(discount, ["discounts", String(index)]),
    );
    const all = terms.phases.flatMap(({ lines }) => lines.flatMap(({ discounts }) => discounts));
    const known = new Set(all.map(({ id }) => id));
    const ids = asked.map(({ id }) => id);
    const { parts, problems } = withKeptIds(read, ids, { known, noun: "discount", field: "discounts" });
    const wrong = [...reading.problems.found, ...problems];
    if (wrong.length > 0) return invalidInput(wrong);
    return ok({
      terms: withLine(terms, found.value, { ...found.value.line, discounts: parts }),
      places: [{ inTerms: placeOfLine(found.value), inInput: [] }],
    });
  },
});
