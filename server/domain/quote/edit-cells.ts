import { type Currency, type CurrencyCode, currency } from "../money/currency";
import { fail, ok, type Result } from "../result";
import type { QuotedPrices } from "./cell";
import type { WritableCell } from "./cell-parts";
import { canonicalText, comparableText } from "./cell-value";
import { standsFor, writableCells } from "./cells";
import type { CellConflict, CellEdit, CellProblem, CellProblemCode, EditedCells, EditRefusal } from "./edit";
import { changedCells, undoOf } from "./edit-changes";
import { followed } from "./edit-follow";
import { isGone } from "./edit-gone";
import { discountCell } from "./edit-part";
import type { SaleTerms } from "./quote-terms";

/**
 * All edits, or none. They are made as a set: their order does not matter, and each base is compared with the terms as
 * they were before any of them. A cell that has the value already needs nothing and is no conflict.
 */
export function applyEdits(
  terms: SaleTerms,
  prices: QuotedPrices,
  edits: readonly CellEdit[],
): Result<EditedCells, EditRefusal> {
  const cells = cellsByPath(terms, prices);
  const money = currency(terms.currency as CurrencyCode);
  const placed = edits.map((edit, index) => placeEdit(edit, index, { cells, terms, money }));
  const problems = [
    ...placed.flatMap(({ problems: own }) => own),
    ...editedTwice(placed),
    ...amountsMissing(placed, cells),
  ];
  const conflicts = placed.flatMap(({ conflict }) => conflict ?? []);
  if (problems.length > 0 || conflicts.length > 0) return fail({ problems, conflicts });

  const takes = placed.flatMap(({ take }) => take ?? []);
  const written = inOrderOf(cells, takes).reduce((each, { cell, value }) => cell.write(each, value), terms);
  const after = followed(terms, written, new Set(edits.map(({ path }) => path)));
  const cellsAfter = cellsByPath(after, prices);
  // A percentage that gets an end is no longer shown by discountPercent, and still is what was asked for.
  const isTaken = ({ cell: { path, shows }, value }: Take) =>
    [path, shows ?? path].some((place) => cellAt(place, after, cellsAfter)?.value === value);
  // A step that got a price in the same edits has further amounts by it, which nobody has said for the other cadence.
  const isShut = ({ cell, value }: Take) =>
    cell.value !== value && cellAt(cell.path, after, cellsAfter)?.lock === "STEP_PRICES";
  const contradicted = takes.filter((take) => !isTaken(take) || isShut(take));
  if (contradicted.length > 0) return fail({ problems: contradicted.map(contradiction), conflicts });

  const changed = changedCells(terms, after, { before: cells, after: cellsAfter });
  return ok({ terms: after, changed, undo: undoOf(changed, after, cellsAfter) });
}

type CellsByPath = ReadonlyMap<string, WritableCell>;

const cellsByPath = (terms: SaleTerms, prices: QuotedPrices): CellsByPath =>
  new Map(writableCells(terms, prices).map((cell) => [cell.path, cell]));

const cellAt = (path: string, terms: SaleTerms, cells: CellsByPath): WritableCell | null =>
  cells.get(path) ?? discountCell(terms, path);

type Before = { readonly cells: CellsByPath; readonly terms: SaleTerms; readonly money: Currency };
type Take = { readonly index: number; readonly cell: WritableCell; readonly value: string | null };
type Placed = {
  readonly cell: WritableCell | null;
  readonly problems: readonly CellProblem[];
  readonly conflict: CellConflict | null;
  /** What the cell is to show afterwards. */
  readonly take: Take | null;
};

/** The cell of an edit with what is to stand in it, or what keeps it from being made. */
function placeEdit({ path, base, value: asked }: CellEdit, index: number, { cells, terms, money }: Before): Placed {
  const cell = cellAt(path, terms, cells);
  const refused = (code: CellProblemCode, given: string | null): Placed => ({
    cell,
    problems: [{ index, code, cell, given }],
    conflict: null,
    take: null,
  });
  if (!cell) {
    if (!isGone(path, terms)) return refused("CELL_UNKNOWN", path);
    return { cell, problems: [], conflict: { path, base, mine: asked, theirs: null, isGone: true }, take: null };
  }
  const textOf = (text: string | null) => comparableText(standsFor(cell, text), cell.format, money);
  const isThere = textOf(asked) === cell.value;
  const canonical = isThere ? ok(cell.value) : canonicalText(standsFor(cell, asked), cell.format, money);
  if (!canonical.ok) return refused(canonical.error, asked);
  if (!isThere && cell.lock !== null) return refused("CELL_LOCKED", asked);
  const { value } = canonical;
  const isStale = !isThere && textOf(base) !== cell.value;
  const conflict = { path, base: textOf(base), mine: value, theirs: cell.value, isGone: false };
  return { cell, problems: [], conflict: isStale ? conflict : null, take: { index, cell, value } };
}

/** Edits of a cell that an edit before them is of as well, under the same path or another. */
function editedTwice(placed: readonly Placed[]): CellProblem[] {
  const seen = new Set<string>();
  return placed.flatMap(({ cell }, index) => {
    if (!cell) return [];
    const stored = cell.shows ?? cell.path;
    const isTwice = seen.has(stored);
    seen.add(stored);
    return isTwice ? [{ index, code: "EDIT_TWICE", cell, given: null }] : [];
  });
}

/** Edits after which other cells would mean something else, without those cells. */
function amountsMissing(placed: readonly Placed[], cells: CellsByPath): CellProblem[] {
  const edited = new Set(placed.flatMap(({ cell }) => (cell ? [cell.path] : [])));
  return placed.flatMap(({ take }) => {
    if (!take || take.value === take.cell.value) return [];
    const { index, cell } = take;
    const missing = cell.givenWith.filter((path) => !edited.has(path)).flatMap((path) => cells.get(path) ?? []);
    if (missing.length === 0) return [];
    const names = missing.map(({ where, title }) => [...where.slice(cell.where.length), title].join(", "));
    return [{ index, code: "AMOUNTS_MISSING", cell, given: names.join("; ") }];
  });
}

/** In the order of the cells, whole discounts last; without those that have their value already. */
function inOrderOf(cells: CellsByPath, takes: readonly Take[]): Take[] {
  const ranks = new Map([...cells.keys()].map((path, rank) => [path, rank]));
  const rankOf = ({ cell }: Take) => ranks.get(cell.path) ?? ranks.size;
  return takes.filter(({ cell, value }) => cell.value !== value).sort((a, b) => rankOf(a) - rankOf(b));
}

const contradiction = ({ index, cell, value }: Take): CellProblem => ({
  index,
  code: "CELLS_CONTRADICT",
  cell,
  given: value,
});
