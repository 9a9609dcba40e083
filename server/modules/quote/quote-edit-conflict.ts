import type { CellConflict } from "../../domain/quote/edit";
import type { OwnRefusal } from "../../platform/refusal";
import type { LastEdit } from "./quote-edit.store";

/** A conflict with who brought it about; null where the history of the version does not know. */
export type NamedConflict = CellConflict & { readonly changedBy: string | null; readonly changedAt: Date | null };

export type QuoteEditConflict = OwnRefusal & {
  readonly kind: "QuoteEditConflict";
  readonly conflicts: readonly NamedConflict[];
};

/** The refusal of edits of cells that somebody else changed in the meantime. */
export function quoteEditConflict(
  conflicts: readonly (CellConflict & { readonly stored: string })[],
  edits: readonly LastEdit[],
): { readonly ok: false; readonly error: QuoteEditConflict } {
  const named = conflicts.map(({ stored, ...conflict }): NamedConflict => {
    const last = lastOf(edits, conflict, stored);
    return { ...conflict, changedBy: last?.editedBy ?? null, changedAt: last?.editedAt ?? null };
  });
  const [first] = named;
  const count = named.length === 1 ? "A cell was" : `${named.length} cells were`;
  const who = first?.changedBy ? ` by ${first.changedBy}` : "";
  const message = `${count} changed${named.length === 1 ? who : ""} in the meantime, so that nothing was written. Look at both values of each and send the edits again, made on theirs.`;
  const error = { kind: "QuoteEditConflict", code: "QUOTE_EDIT_CONFLICT", message, path: ["edits"] } as const;
  return { ok: false, error: { ...error, conflicts: named } };
}

/** The edit of the cell, or of something that holds it, or of a discount that its percentage shows; the latest of them. */
function lastOf(edits: readonly LastEdit[], { path }: CellConflict, stored: string): LastEdit | null {
  const discounts = path.endsWith(".discountPercent") ? path.replace(/discountPercent$/, "discounts.") : null;
  const isOf = (edited: string) =>
    [path, stored].some((own) => own === edited || own.startsWith(`${edited}.`)) ||
    (discounts !== null && edited.startsWith(discounts));
  return edits.filter((edit) => isOf(edit.path)).reduce<LastEdit | null>(later, null);
}

const later = (a: LastEdit | null, b: LastEdit): LastEdit => (a && a.editedAt > b.editedAt ? a : b);
