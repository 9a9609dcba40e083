import type { QuotedPrices } from "./cell";
import { partsOfTerms, type TermsPart } from "./cell-parts";
import type { SaleTerms } from "./quote-terms";

/** A cell, or a whole part such as a line, as it was and as it became; null: it was not, or is no more, there. */
export type TermsEdit = { readonly path: string; readonly before: unknown; readonly after: unknown };

/**
 * What was done to terms, for their history: a part that came or went as a whole, else each of its cells and facts that
 * changed, and the order of parts where that did. Paths are those of cells. Prices are those that either terms name.
 */
export function editsBetween(before: SaleTerms, after: SaleTerms, prices: QuotedPrices): TermsEdit[] {
  const edits = partEdits(partsOfTerms(before, prices), partsOfTerms(after, prices), { before, after });
  // What no cell shows, such as a value that stands for its own default, is still a change.
  const isUnseen = edits.length === 0 && JSON.stringify(before) !== JSON.stringify(after);
  return isUnseen ? [{ path: "", before, after }] : edits;
}

type Terms = { readonly before: SaleTerms; readonly after: SaleTerms };

function partEdits(before: TermsPart, after: TermsPart, terms: Terms): TermsEdit[] {
  const groups = new Set([...before.groups, ...after.groups].map(({ name }) => name));
  return [...valueEdits(before, after), ...[...groups].flatMap((name) => groupEdits(name, before, after, terms))];
}

function valueEdits(before: TermsPart, after: TermsPart): TermsEdit[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const edit = { path, before: old.get(path) ?? null, after: now.get(path) ?? null };
    return edit.before === edit.after ? [] : [edit];
  });
}

/** By path, without the cells that only show another one. */
const valuesOf = ({ path, cells, facts }: TermsPart): ReadonlyMap<string, string | null> =>
  new Map([
    ...cells.filter(({ shows }) => shows === null).map((cell) => [cell.path, cell.value] as const),
    ...facts().map(({ name, value }) => [path === "" ? name : `${path}.${name}`, value] as const),
  ]);

function groupEdits(name: string, before: TermsPart, after: TermsPart, terms: Terms): TermsEdit[] {
  const [old, now] = [partsIn(before, name), partsIn(after, name)];
  const gone = old.filter(({ id }) => !now.some((part) => part.id === id));
  const stayed = now.filter(({ id }) => old.some((part) => part.id === id));
  const [idsBefore, idsAfter] = [old.filter((part) => !gone.includes(part)), stayed].map((parts) =>
    parts.map(({ id }) => id),
  );
  const isReordered = idsBefore?.join() !== idsAfter?.join();
  return [
    ...gone.map(({ path }) => ({ path, before: partAt(terms.before, path), after: null })),
    ...now.flatMap((part) => {
      const was = old.find(({ id }) => id === part.id);
      return was
        ? partEdits(was, part, terms)
        : [{ path: part.path, before: null, after: partAt(terms.after, part.path) }];
    }),
    ...(isReordered ? [{ path: `${after.path}${after.path && "."}${name}`, before: idsBefore, after: idsAfter }] : []),
  ];
}

const partsIn = ({ groups }: TermsPart, name: string): readonly TermsPart[] =>
  groups.find((group) => group.name === name)?.parts ?? [];

/** By a path that alternates between lists and ids: phases.<id>.lines.<id>. */
function partAt(terms: SaleTerms, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (within, step) =>
        Array.isArray(within)
          ? within.find((part: { readonly id: string }) => part.id === step)
          : (within as Readonly<Record<string, unknown>>)[step],
      terms,
    );
}
