import type { CellEdit } from "../../domain/quote/edit";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { invalid, invalidInput } from "../../platform/refusal";
import { checkEditNote, editQuoteCells } from "./edit-quote-cells";
import { lockSaleForEdit } from "./lock-for-edit";
import type { SeenVersion } from "./lock-version";
import { saveEditedTerms } from "./save-edited-terms";

/** Cells of a version that were edited, each with what it showed when it was. */
export type QuoteTermsUpdate = SeenVersion & {
  readonly versionOrdinal: number;
  readonly edits: readonly CellEdit[];
  readonly note: string | null;
};

/** Writes all edits, or none. Two people who push at once clash only where they edited the same cell. */
export const updateQuoteTerms = command({
  name: "updateQuoteTerms",
  permission: "change_quotes",
  run: async ({ edits, note, ...edited }: QuoteTermsUpdate, scope) => {
    if (edits.length === 0) return invalid("EDITS_MISSING", "There are no edits. Send at least one.", ["edits"]);
    const noteProblems = checkEditNote(note);
    if (noteProblems.length > 0) return invalidInput(noteProblems);
    const locked = await lockSaleForEdit(edited, scope.today);
    if (!locked.ok) return locked;
    const result = await editQuoteCells(locked.value, edits, scope.now);
    if (!result.ok) return result;
    const { terms, changed, undo, problems, warnings } = result.value;
    await saveEditedTerms(locked.value, { terms, edits: result.value.edits, note }, scope);
    return ok({ quoteId: edited.quoteId, applied: changed.map(shownChange), undo, problems, warnings });
  },
});

/** A cell that changed, as the answer has it. */
export const shownChange = ({ path, where, title, before, after }: ShownChange): ShownChange => ({
  path,
  where,
  title,
  before,
  after,
});
type ShownChange = {
  readonly path: string;
  readonly where: readonly string[];
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
};
