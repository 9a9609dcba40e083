import type { Cell } from "./cell";
import type { CellValueProblemCode } from "./cell-value";
import type { SaleTerms } from "./quote-terms";

/** `base`: what the cell showed when it was edited, `value`: what it is to be. Empty text and null are none. */
export type CellEdit = { readonly path: string; readonly base: string | null; readonly value: string | null };

/** Somebody else changed the cell: to `theirs`, or took away what it belonged to. */
export type CellConflict = {
  readonly path: string;
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  readonly isGone: boolean;
};

/** What is wrong with an edit, whatever the cell holds; `index` is its place among the edits. */
export type CellProblem = {
  readonly index: number;
  readonly code: CellProblemCode;
  readonly cell: Cell | null;
  readonly given: string | null;
};
export type CellProblemCode =
  | CellValueProblemCode
  | "CELL_UNKNOWN"
  | "CELL_LOCKED"
  /** two edits of the same cell, under one path or two */
  | "EDIT_TWICE"
  /** what else the cell has to be given with is not among the edits; `given` names it */
  | "AMOUNTS_MISSING"
  /** the value does not hold beside the others, as payment terms of a kind without days */
  | "CELLS_CONTRADICT";

export type EditedCells = {
  readonly terms: SaleTerms;
  /** Every cell that became another, those that followed included. */
  readonly changed: readonly ChangedCell[];
  /** The edits that lead back to the very terms. */
  readonly undo: readonly CellEdit[];
};

export type EditRefusal = { readonly problems: readonly CellProblem[]; readonly conflicts: readonly CellConflict[] };

/** A cell of terms, or a discount that came or went with one as a whole, in JSON; and what became of it. */
export type ChangedCell = Pick<Cell, "path" | "where" | "title" | "format" | "shows"> & {
  readonly before: string | null;
  readonly after: string | null;
  readonly isWhole: boolean;
};
