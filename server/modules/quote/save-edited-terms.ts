import { statusAfter } from "../../domain/quote/quote-life";
import type { QuoteTerms } from "../../domain/quote/quote-terms";
import type { CommandScope } from "../../platform/command";
import type { LockedQuote } from "./lock-version";
import type { QuoteEdit } from "./quote";
import { insertEdits, saveQuote, saveTerms } from "./quote.store";
import { insertQuoteEvent } from "./quote-event.store";

/** A cell, or a whole part such as a line, with what it was and what it became; null: it was not, or is no more, there. */
export type EditedPart = Pick<QuoteEdit, "path" | "before" | "after">;

export type EditedTerms = {
  readonly terms: QuoteTerms;
  readonly edits: readonly EditedPart[];
  /** Why, in the words of whoever edits. */
  readonly note: string | null;
};

/**
 * Writes the terms of a quote that is locked for it (lockForEdit): the version's next revision, who changed what, and the
 * audit trail. What was approved, or waited for approval, is a draft again. Without edits nothing is written but the audit.
 */
export async function saveEditedTerms(
  { quote, version }: LockedQuote,
  { terms, edits, note: reason }: EditedTerms,
  { caller, now, today, note }: Pick<CommandScope, "caller" | "now" | "today" | "note">,
): Promise<LockedQuote> {
  note({
    action: "quote.terms_edited",
    subjectType: "quote",
    subjectId: quote.id,
    before: Object.fromEntries(edits.map(({ path, before }) => [path, before])),
    after: Object.fromEntries(edits.map(({ path, after }) => [path, after])),
  });
  if (edits.length === 0) return { quote, version };
  const status = statusAfter(quote, "edit", today);
  if (!status.ok) throw new Error(`the quote ${quote.id} is ${quote.status} and was not locked for an edit`);

  const actor = caller.actor.name;
  const saved = await saveTerms(version, terms, now);
  const { id: versionId, revision } = saved;
  await insertEdits(
    edits.map((edit) => ({ ...edit, versionId, revision, note: reason, editedBy: actor })),
    now,
  );
  if (status.value === quote.status) return { quote, version: saved };
  const recalled = { quoteId: quote.id, versionOrdinal: version.ordinal, kind: "recalled", actor, reason } as const;
  await insertQuoteEvent({ ...recalled, facts: { status: quote.status, cause: "edit" }, happenedAt: now });
  return { quote: await saveQuote({ ...quote, status: status.value }, now), version: saved };
}
