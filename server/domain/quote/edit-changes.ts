import type { Cell } from "./cell";
import type { CellEdit, ChangedCell } from "./edit";
import { followingDay } from "./edit-follow";
import { discountText } from "./edit-part";
import type { SaleTerms } from "./quote-terms";

type CellsByPath = ReadonlyMap<string, Cell>;

/** Every cell that both terms have and that shows something else, and every discount of a line that one of them has. */
export function changedCells(
  before: SaleTerms,
  after: SaleTerms,
  cells: { readonly before: CellsByPath; readonly after: CellsByPath },
): ChangedCell[] {
  const changed = [...cells.before.values()].flatMap((cell): ChangedCell[] => {
    const now = cells.after.get(cell.path);
    if (!now || now.value === cell.value) return [];
    const { path, where, title, format, shows } = cell;
    return [{ path, where, title, format, shows, before: cell.value, after: now.value, isWhole: false }];
  });
  return [...changed, ...changedDiscounts(before, after, cells)];
}

function changedDiscounts(
  before: SaleTerms,
  after: SaleTerms,
  cells: { readonly before: CellsByPath; readonly after: CellsByPath },
): ChangedCell[] {
  const [old, now] = [discountsByPath(before), discountsByPath(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => !old.has(path) || !now.has(path));
  return paths.map((path) => {
    const { where, format } = (cells.before.get(`${path}.description`) ??
      cells.after.get(`${path}.description`)) as Cell;
    const [was, is] = [old.get(path) ?? null, now.get(path) ?? null];
    return { path, where, title: "Discount", format, shows: null, before: was, after: is, isWhole: true };
  });
}

const discountsByPath = ({ phases }: SaleTerms): Map<string, string> =>
  new Map(
    phases.flatMap((phase) =>
      phase.lines.flatMap((line) =>
        line.discounts.map((discount): [string, string] => [
          `phases.${phase.id}.lines.${line.id}.discounts.${discount.id}`,
          discountText(discount),
        ]),
      ),
    ),
  );

/**
 * The edits that restore the terms as they were. Cells that only show others are left to those; days that followed, or
 * would follow now although they did not then, are said themselves, and so are those that go with others.
 */
export function undoOf(changed: readonly ChangedCell[], after: SaleTerms, cells: CellsByPath): CellEdit[] {
  const undo = changed.flatMap(({ path, shows, before, after: base }): CellEdit[] =>
    shows === null ? [{ path, base, value: before }] : [],
  );
  const paths = new Set(undo.map(({ path }) => path));
  const pins = (["startsOn", "endsBefore"] as const).flatMap((edited): CellEdit[] => {
    const following = followingDay(after, edited);
    const isPinned = following !== null && following.day !== null && following.day === after[edited];
    if (!isPinned || !paths.has(edited) || paths.has(following.path)) return [];
    return [{ path: following.path, base: following.day, value: following.day }];
  });
  const given = new Set(undo.flatMap(({ path }) => cells.get(path)?.givenWith ?? []));
  const kept = [...given].flatMap((path): CellEdit[] => {
    const cell = cells.get(path);
    return !cell || paths.has(path) ? [] : [{ path, base: cell.value, value: cell.value }];
  });
  return [...undo, ...pins, ...kept];
}
