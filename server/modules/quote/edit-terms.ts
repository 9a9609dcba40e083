import type { CurrencyCode } from "../../domain/money/currency";
import { editsBetween } from "../../domain/quote/edits-between";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import { pricesById } from "../catalog";
import { checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
import { priceIdsIn } from "./find-in-terms";
import { refusedOfEdit } from "./guard-rails-held";
import { lockSaleForEdit } from "./lock-for-edit";
import { customerOfQuote } from "./party";
import { saveEditedTerms } from "./save-edited-terms";

/** The version and the revision of it that an edit was made on, and why it is made. */
export type EditedOn = {
  readonly quoteId: string;
  readonly versionOrdinal: number;
  readonly revision: number;
  readonly note: string | null;
};

/** Where a part of the terms stands in the input that asked for it. */
export type Place = { readonly inTerms: readonly string[]; readonly inInput: readonly string[] };

export type EditOfTerms = {
  readonly terms: SaleTerms;
  /** Of what was asked for. What is wrong elsewhere is told at "terms", with its place in them. */
  readonly places: readonly Place[];
  /** Ids of what was added, for the answer. */
  readonly added?: { readonly [name: string]: unknown };
};

const NOTE_LENGTH = 1_000;

/**
 * A command that changes one thing in the terms of a quote. The quote is locked, the edit must have been made on the
 * present revision, and terms that cannot be are refused: what is missing yet is not.
 */
export const editTerms = <Asked extends EditedOn>(definition: {
  readonly name: string;
  /** Decides alone, and reads nothing: the terms with the change, or why there is none. */
  readonly edit: (terms: SaleTerms, asked: Asked) => Result<EditOfTerms, Refusal>;
}) =>
  command({
    name: definition.name,
    permission: "change_quotes",
    run: async (asked: Asked, scope) => {
      const note = new InputProblems();
      note.checkOptionalText(asked.note, "The note", NOTE_LENGTH, "note");
      if (!note.isEmpty) return invalidInput(note.found);
      const locked = await lockSaleForEdit(asked, scope.today);
      if (!locked.ok) return locked;
      const { quote, terms: before } = locked.value;
      const edited = definition.edit(before, asked);
      if (!edited.ok) return edited;
      const { terms, places, added } = edited.value;

      const customer = await customerOfQuote(quote, terms.currency as CurrencyCode, scope.now);
      const checked = await checkQuoteTerms(terms, customer);
      const problems = checked.problems.filter((problem) => !isIncompleteness(problem));
      const found = problems.length > 0 ? problems : await refusedOfEdit(quote, { before, after: checked });
      if (found.length > 0) return invalidInput(atInput(found, places));

      const prices = await pricesById(priceIdsIn(before, terms));
      const edits = editsBetween(before, terms, prices);
      await saveEditedTerms(locked.value, { terms, edits, note: asked.note }, scope);
      return ok({ quoteId: quote.id, warnings: atInput(checked.warnings, places).filter(isInInput), ...added });
    },
  });

/** Each problem at its place in the input, once: a line that goes into three phases is wrong once. */
function atInput(problems: readonly Problem[], places: readonly Place[]): Problem[] {
  const placed = problems.map((problem) => ({ ...problem, path: inputPath(problem.path, places) }));
  return [...new Map(placed.map((problem) => [`${problem.code} ${problem.path.join(".")}`, problem])).values()];
}

function inputPath(path: readonly string[], places: readonly Place[]): readonly string[] {
  const holding = places.filter(({ inTerms }) => inTerms.every((step, index) => step === path[index]));
  const [nearest] = holding.sort((a, b) => b.inTerms.length - a.inTerms.length);
  return nearest ? [...nearest.inInput, ...path.slice(nearest.inTerms.length)] : [ELSEWHERE, ...path];
}

const ELSEWHERE = "terms";
const isInInput = ({ path }: Problem): boolean => path[0] !== ELSEWHERE;
