import { ok } from "../../domain/result";
import { invalidInput } from "../../platform/refusal";
import type { NewBound } from "../contract";
import { type EditedOn, editTerms } from "./edit-terms";
import { withKeptIds } from "./kept-ids";
import { TermsReading } from "./read-asked-terms";

/** An id names one that the quote has, so that what is given for it is kept. */
export type AskedBound = NewBound & { readonly id: string | null };

const NOUNS = { minimums: "minimum", maximums: "maximum" } as const;

/** All minimums, or all maximums, of a quote in one go. */
const boundsCommand = <Field extends keyof typeof NOUNS>(name: string, field: Field) =>
  editTerms({
    name,
    edit: (terms, asked: EditedOn & { readonly [F in Field]: readonly AskedBound[] }) => {
      const bounds: readonly AskedBound[] = asked[field];
      const reading = new TermsReading(terms.currency);
      const read = bounds.map(({ id: _, ...bound }, index) => reading.bound(bound, [field, String(index)]));
      const known = new Set(terms[field].map(({ id }) => id));
      const ids = bounds.map(({ id }) => id);
      const { parts, problems } = withKeptIds(read, ids, { known, noun: NOUNS[field], field });
      const wrong = [...reading.problems.found, ...problems];
      if (wrong.length > 0) return invalidInput(wrong);
      return ok({ terms: { ...terms, [field]: parts }, places: [{ inTerms: [field], inInput: [field] }] });
    },
  });

export const setQuoteMinimums = boundsCommand("setQuoteMinimums", "minimums");
export const setQuoteMaximums = boundsCommand("setQuoteMaximums", "maximums");
