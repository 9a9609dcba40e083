import type { PlainDate } from "../../domain/calendar/plain-date";
import { editsBetween } from "../../domain/quote/edits-between";
import { moveTerms } from "../../domain/quote/move-terms";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { invalid, invalidInput } from "../../platform/refusal";
import { checkTermsNaming, isIncompleteness } from "./check-quote-terms";
import { checkEditNote, loadNamedOf } from "./edit-quote-cells";
import { refusedOfEdit } from "./guard-rails-held";
import { lockSaleForEdit } from "./lock-for-edit";
import type { SeenVersion } from "./lock-version";
import { saveEditedTerms } from "./save-edited-terms";

export type QuoteMove = SeenVersion & {
  readonly versionOrdinal: number;
  readonly startsOn: PlainDate;
  readonly note: string | null;
};

/** Offers the same from another first day: the term, its phases and everything with a day moves with it. */
export const moveQuote = command({
  name: "moveQuote",
  permission: "change_quotes",
  run: async ({ startsOn, note, ...edited }: QuoteMove, scope) => {
    const noteProblems = checkEditNote(note);
    if (noteProblems.length > 0) return invalidInput(noteProblems);
    const locked = await lockSaleForEdit(edited, scope.today);
    if (!locked.ok) return locked;
    const { quote, terms } = locked.value;
    const moved = moveTerms(terms, startsOn);
    if (!moved.ok) {
      return invalid("BEYOND_CALENDAR", `From ${startsOn} the terms would leave the calendar. Send a nearer day.`, [
        "startsOn",
      ]);
    }
    const named = await loadNamedOf(quote, terms, scope.now);
    const checked = checkTermsNaming(moved.value, named);
    const problems = checked.problems.filter((problem) => !isIncompleteness(problem));
    const found = problems.length > 0 ? problems : await refusedOfEdit(quote, { before: terms, after: checked });
    if (found.length > 0) return invalidInput(found.map((problem) => ({ ...problem, path: ["startsOn"] })));
    const edits = editsBetween(terms, moved.value, named.prices);
    await saveEditedTerms(locked.value, { terms: moved.value, edits, note }, scope);
    return ok({ quoteId: quote.id, problems: checked.problems });
  },
});
