import type { TableRow } from "./workbook";

/** What a refresh does with the rows of a table. Row numbers count from 0 in the body of the table. */
export interface RefreshPlan {
  /** For every row that stays, in its present order: the new data, what is emptied, or somebody's own row. */
  readonly rows: readonly PlannedRow[];
  /** From the bottom up, so that each number is right when its turn comes. */
  readonly deletedIndexes: readonly number[];
  readonly addedCount: number;
  readonly rowIdsKept: readonly string[];
}

export type PlannedRow =
  | { readonly kind: "data"; readonly row: TableRow }
  /** No longer in the data, but somebody typed something beside it. */
  | { readonly kind: "kept"; readonly id: string }
  /** A row without an id of ours: typed in, or a copy of one of ours. */
  | { readonly kind: "own" };

/**
 * Matches rows by id, wherever they are now. Rows keep their place, because people sorted them; new ones come last. A row that is
 * gone from the data is deleted, unless it carries something that a person typed.
 */
export function planRefresh(
  existingIds: readonly string[],
  rows: readonly TableRow[],
  hasTypedContent: (index: number) => boolean,
): RefreshPlan {
  const wanted = new Map(rows.map((row) => [row.id, row]));
  const planned: PlannedRow[] = [];
  const deletedIndexes: number[] = [];
  const rowIdsKept: string[] = [];
  const seen = new Set<string>();
  existingIds.forEach((id, index) => {
    const isCopy = seen.has(id);
    const row = isCopy ? undefined : wanted.get(id);
    seen.add(id);
    if (row) planned.push({ kind: "data", row });
    else if (id === "" ? hasTypedContent(index) : isCopy) planned.push({ kind: "own" });
    else if (id !== "" && hasTypedContent(index)) {
      planned.push({ kind: "kept", id });
      rowIdsKept.push(id);
    } else deletedIndexes.unshift(index);
  });
  const added = rows.filter((row) => !seen.has(row.id));
  return {
    rows: [...planned, ...added.map((row) => ({ kind: "data", row }) as const)],
    deletedIndexes,
    addedCount: added.length,
    rowIdsKept,
  };
}
