import type { AmendmentTerms } from "../../domain/quote/quote-terms";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, invalidInput } from "../../platform/refusal";
import { contractsById } from "../contract";
import { checkAmendmentTerms } from "./check-amendment-terms";
import { isIncompleteness } from "./check-quote-terms";
import { ofContract } from "./create-amendment-quote";
import { checkEditNote } from "./edit-quote-cells";
import { lockForEdit } from "./lock-for-edit";
import { type AskedAmendment, readAskedAmendment } from "./read-asked-amendment";
import { type EditedPart, saveEditedTerms } from "./save-edited-terms";
import { inTerms } from "./start-quote";

export type AmendmentEdit = {
  readonly quoteId: string;
  /** The version, and its revision, that the edit was made on. */
  readonly versionOrdinal: number;
  readonly revision: number;
  readonly terms: AskedAmendment;
  readonly note: string | null;
};

/** Puts other changes in the place of all, agreed on the contract as it is now. */
export const updateAmendmentQuote = command({
  name: "updateAmendmentQuote",
  permission: "change_quotes",
  run: async ({ terms: asked, note: reason, ...edited }: AmendmentEdit, scope) => {
    const noteProblems = checkEditNote(reason);
    if (noteProblems.length > 0) return invalidInput(noteProblems);
    const locked = await lockForEdit(edited, scope.today);
    if (!locked.ok) return locked;
    const { quote, version } = locked.value;
    if (version.terms.kind !== "amendment" || quote.contractId === null) {
      const message = `${quote.number} is for a new contract: change its terms with updateQuoteTerms, or one by one.`;
      return conflict("QUOTE_NOT_AN_AMENDMENT", message, ["quoteId"]);
    }
    const contract = (await contractsById([quote.contractId])).get(quote.contractId);
    if (!contract) throw new Error(`the quote ${quote.number} amends a contract that is not there`);
    const terms = readAskedAmendment(asked, ofContract(contract));
    if (!terms.ok) return invalidInput(inTerms(terms.error));
    const checked = await checkAmendmentTerms(terms.value, contract);
    const wrong = checked.ok ? [] : checked.error.filter((problem) => !isIncompleteness(problem));
    if (wrong.length > 0) return invalidInput(inTerms(wrong));

    const edits = editsOf(version.terms, terms.value);
    await saveEditedTerms(locked.value, { terms: terms.value, edits, note: reason }, scope);
    return ok({ quoteId: quote.id, warnings: checked.ok ? inTerms(checked.value.warnings) : [] });
  },
});

const PARTS = ["name", "effectiveOn", "unusedTime", "reason", "notes", "changes", "contractRevision"] as const;

/** Part by part; the changes count as one. */
const editsOf = (before: AmendmentTerms, after: AmendmentTerms): EditedPart[] =>
  PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part])).map((part) => ({
    path: part,
    before: before[part],
    after: after[part],
  }));
