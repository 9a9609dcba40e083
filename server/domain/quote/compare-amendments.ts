import { changedDifference, type TermsDifference } from "./compare-difference";
import type { AmendmentTerms, QuoteChange } from "./quote-terms";

/** Every difference between two versions of what amends a contract; changes are the same by their ids. */
export function compareAmendments(before: AmendmentTerms, after: AmendmentTerms): TermsDifference[] {
  const [{ changes: old, ...headBefore }, { changes: now, ...headAfter }] = [before, after];
  const order = (changes: readonly QuoteChange[], others: readonly QuoteChange[]) =>
    changes.filter(({ id }) => others.some((other) => other.id === id)).map(({ id }) => id);
  const [was, is] = [order(old, now).join(", "), order(now, old).join(", ")];
  return [
    ...compareLeaves(headBefore, headAfter, { path: "", where: [] }),
    ...old.filter(({ id }) => !now.some((change) => change.id === id)).map((change) => wholeChange(change, "removed")),
    ...now.flatMap((change) => {
      const earlier = old.find(({ id }) => id === change.id);
      if (!earlier) return [wholeChange(change, "added")];
      return compareLeaves(earlier, change, { path: `changes.${change.id}`, where: [nameOf(change)] });
    }),
    ...(was === is ? [] : [leafDifference({ path: "changes", where: [] }, "order of changes", was, is)]),
  ];
}

const nameOf = ({ kind }: QuoteChange): string => capitalized(inWords(kind));

function wholeChange(change: QuoteChange, kind: "added" | "removed"): TermsDifference {
  const { id: _, kind: __, ...facts } = change;
  const said = [...leavesOf(facts)].map(([name, value]) => `${inWords(name)} ${value}`).join(", ");
  const [before, after] = kind === "added" ? [null, said] : [said, null];
  return {
    kind,
    path: `changes.${change.id}`,
    where: [nameOf(change)],
    title: "Change",
    before,
    after,
    beforeInWords: before ?? "none",
    afterInWords: after ?? "none",
    sentence: `${nameOf(change)}: ${kind}${said === "" ? "" : ` (${said})`}`,
  };
}

type Place = { readonly path: string; readonly where: readonly string[] };

function compareLeaves(before: object, after: object, place: Place): TermsDifference[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name) ?? null, now.get(name) ?? null];
    return was === is ? [] : [leafDifference(place, name, was, is)];
  });
}

function leafDifference({ path, where }: Place, name: string, before: string | null, after: string | null) {
  return changedDifference({
    path: path === "" ? name : `${path}.${name}`,
    where,
    title: capitalized(inWords(name)),
    before,
    after,
    beforeInWords: before ?? "none",
    afterInWords: after ?? "none",
  });
}

/** Every scalar that is there, by its way: "line.quantity", "line.discounts.0.percent". */
function leavesOf(data: unknown, way = ""): Map<string, string> {
  if (data === null || data === undefined) return new Map();
  if (typeof data !== "object") return new Map([[way, String(data)]]);
  return new Map(
    Object.entries(data).flatMap(([name, inner]) => [...leavesOf(inner, way === "" ? name : `${way}.${name}`)]),
  );
}

/** "unusedTime" and "change_quantity" as people write them. */
const inWords = (name: string): string =>
  name
    .replaceAll(/[._]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();

const capitalized = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
