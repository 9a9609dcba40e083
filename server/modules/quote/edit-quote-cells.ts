import type { CurrencyCode } from "../../domain/money/currency";
import { type Cell, cellsOf } from "../../domain/quote/cells";
import type { CellEdit, ChangedCell } from "../../domain/quote/edit";
import { applyEdits } from "../../domain/quote/edit-cells";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import { InputProblems } from "../../platform/input-problems";
import { invalid, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import { loadNamed, type Named } from "../contract";
import { type CheckedTerms, checkTermsNaming, isIncompleteness } from "./check-quote-terms";
import { contractOfTerms } from "./contract-of-terms";
import { refusedOfEdit } from "./guard-rails-held";
import { customerOfQuote } from "./party";
import { atEdits } from "./place-edit-problems";
import type { Quote, QuoteVersion } from "./quote";
import { toEditProblem } from "./quote-cell-problems";
import { lastEditsOfVersion } from "./quote-edit.store";
import { type QuoteEditConflict, quoteEditConflict } from "./quote-edit-conflict";
import type { EditedPart } from "./save-edited-terms";

const EDITS_MOST = 2_000;
const NOTE_LENGTH = 1_000;

/** The quote with the terms that are edited, and the version in whose history stands who edited them. */
export type SaleToEdit = {
  readonly quote: Quote;
  readonly version: Pick<QuoteVersion, "id">;
  readonly terms: SaleTerms;
};

export type EditedQuoteCells = {
  readonly terms: SaleTerms;
  readonly checked: CheckedTerms;
  readonly changed: readonly ChangedCell[];
  readonly undo: readonly CellEdit[];
  /** For the history. */
  readonly edits: readonly EditedPart[];
  /** What keeps the terms from being submitted, at its place in them. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

/** The terms with all edits, or why not one of them was made. Writes nothing; a few statements, however many edits. */
export async function editQuoteCells(
  { quote, version, terms }: SaleToEdit,
  edits: readonly CellEdit[],
  now: Date,
): Promise<Result<EditedQuoteCells, Refusal | QuoteEditConflict>> {
  if (edits.length > EDITS_MOST) {
    const message = `There are ${edits.length} edits; the limit is ${EDITS_MOST}. Send them in several requests.`;
    return invalid("TOO_MANY_EDITS", message, ["edits"]);
  }
  const named = await loadNamedOf(quote, terms, now);
  const applied = applyEdits(terms, named.prices, edits);
  if (!applied.ok) {
    const { problems, conflicts } = applied.error;
    if (problems.length > 0) return invalidInput(problems.map(toEditProblem));
    return quoteEditConflict(withStored(conflicts, cellsOf(terms, named.prices)), await lastEditsOfVersion(version.id));
  }
  const { terms: after, changed, undo } = applied.value;
  const checked = checkTermsNaming(after, named);
  const storedEdits = withStored(edits, changed).map(({ stored }, index) => ({ index, path: stored }));
  const problems = checked.problems.filter((problem) => !isIncompleteness(problem));
  const found = problems.length > 0 ? problems : await refusedOfEdit(quote, { before: terms, after: checked });
  if (found.length > 0) return invalidInput(atEdits(found, after, storedEdits).map(withoutNearness));
  return ok({
    terms: after,
    checked,
    changed,
    undo,
    edits: changed.flatMap(historyOf),
    problems: checked.problems,
    warnings: atEdits(checked.warnings, after, storedEdits)
      .filter(({ isNear }) => isNear)
      .map(withoutNearness),
  });
}

/** With the path of the cell that is stored, where another shows it. */
function withStored<Part extends { readonly path: string }>(
  parts: readonly Part[],
  cells: readonly Pick<Cell, "path" | "shows">[],
): (Part & { readonly stored: string })[] {
  const shown = new Map(cells.map(({ path, shows }) => [path, shows]));
  return parts.map((part) => ({ ...part, stored: shown.get(part.path) ?? part.path }));
}

/** What is stored has a history; a whole part as the data that it is. */
function historyOf({ path, shows, before, after, isWhole }: ChangedCell): EditedPart[] {
  const data = (text: string | null): unknown => (isWhole && text !== null ? JSON.parse(text) : text);
  return shows === null ? [{ path, before: data(before), after: data(after) }] : [];
}

/** What terms name; edits of cells never name anything else. */
export async function loadNamedOf(quote: Quote, terms: SaleTerms, now: Date) {
  const customer = await customerOfQuote(quote, terms.currency as CurrencyCode, now);
  const named: Named = await loadNamed({ ...contractOfTerms(terms, customer.id), customerId: "" });
  return { ...named, customer };
}

const withoutNearness = ({ isNear: _, ...problem }: Problem & { readonly isNear: boolean }): Problem => problem;

/** What is wrong with the words that people say why they edit. */
export function checkEditNote(note: string | null): readonly Problem[] {
  const problems = new InputProblems();
  problems.checkOptionalText(note, "The note", NOTE_LENGTH, "note");
  return problems.found;
}
