import { formatDay } from "../calendar/format";
import { type PlainDate, parsePlainDate } from "../calendar/plain-date";
import { changedDifference, type TermsDifference } from "./compare-difference";
import type { AmendmentTerms, QuoteChange } from "./quote-terms";

/** What people call the prices, lines, products, minimums, maximums and discounts that terms name by id. */
export type NamesById = ReadonlyMap<string, string>;

/**
 * Every difference between two versions of what amends a contract. Changes are the same by their ids; where those are not
 * there, by what they do to which line, minimum, maximum or discount, for whoever edits them puts all in the place of all.
 */
export function compareAmendments(
  before: AmendmentTerms,
  after: AmendmentTerms,
  names: NamesById = new Map(),
): TermsDifference[] {
  return new AmendmentsComparison(names).terms(before, after);
}

class AmendmentsComparison {
  constructor(private readonly names: NamesById) {}

  terms({ changes: old, ...before }: AmendmentTerms, { changes: now, ...after }: AmendmentTerms): TermsDifference[] {
    const pairs = pairUp(old, now);
    const removed = old.filter((change) => !pairs.some(([was]) => was === change));
    return [
      ...this.leaves(before, after, { path: "", where: [] }),
      ...removed.map((change) => this.whole(change, "removed")),
      ...now.flatMap((change) => {
        const was = pairs.find(([, is]) => is === change)?.[0];
        return was ? this.leaves(was, change, placeOf(change, this.subject(change))) : [this.whole(change, "added")];
      }),
      ...this.order(pairs, now),
    ];
  }

  private order(pairs: readonly Pair[], now: readonly QuoteChange[]): TermsDifference[] {
    const sorted = [...pairs].sort((a, b) => now.indexOf(a[1]) - now.indexOf(b[1]));
    if (sorted.every((pair, index) => pair === pairs[index])) return [];
    const said = (changes: readonly QuoteChange[]) =>
      changes.map((change) => placeOf(change, this.subject(change)).where.join(" ")).join(", ");
    const [was, is] = [said(pairs.map(([change]) => change)), said(sorted.map(([, change]) => change))];
    const inWords = { before: was, after: is, beforeInWords: was, afterInWords: is };
    return [changedDifference({ path: "changes", where: [], title: "Order of changes", ...inWords })];
  }

  private whole(change: QuoteChange, kind: "added" | "removed"): TermsDifference {
    const subjectId = subjectIdOf(change);
    const facts = [...leavesOf(change)].filter(([name, value]) => name !== "kind" && value !== subjectId);
    const said = facts.map(([name, value]) => `${titleOf(name).toLowerCase()} ${this.words(value)}`).join(", ");
    const [before, after] = kind === "added" ? [null, said] : [said, null];
    const { path, where } = placeOf(change, this.subject(change));
    return {
      kind,
      path,
      where,
      title: "Change",
      before,
      after,
      beforeInWords: before ?? "none",
      afterInWords: after ?? "none",
      sentence: `${where.join(", ")}: ${kind}${said === "" ? "" : ` (${said})`}`,
    };
  }

  private leaves(before: object, after: object, { path, where }: Place): TermsDifference[] {
    const [old, now] = [leavesOf(before), leavesOf(after)];
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
      const [was, is] = [old.get(name) ?? null, now.get(name) ?? null];
      if (was === is) return [];
      const inWords = { beforeInWords: this.words(was), afterInWords: this.words(is) };
      const place = path === "" ? name : `${path}.${name}`;
      return [changedDifference({ path: place, where, title: titleOf(name), before: was, after: is, ...inWords })];
    });
  }

  private subject(change: QuoteChange): string | null {
    const id = subjectIdOf(change);
    if ("line" in change && change.kind === "add_line" && change.line.description !== null) {
      return change.line.description;
    }
    return id === null ? null : (this.names.get(id) ?? id);
  }

  private words(value: string | null): string {
    if (value === null) return "none";
    return this.names.get(value) ?? (parsePlainDate(value).ok ? formatDay(value as PlainDate) : value);
  }
}

/** The line, minimum, maximum or discount that a change is about, by the id, or the words, that tell it from others. */
function subjectIdOf(change: QuoteChange): string | null {
  if ("lineageId" in change) return change.lineageId;
  if ("line" in change) return change.line.priceId;
  if ("bound" in change) return change.bound.description;
  if ("boundId" in change) return change.boundId;
  if ("discount" in change) return change.discount.description;
  return "discountId" in change ? change.discountId : null;
}

type Pair = readonly [before: QuoteChange, after: QuoteChange];

/** In the order of the earlier changes. */
function pairUp(before: readonly QuoteChange[], after: readonly QuoteChange[]): Pair[] {
  const free = new Set(after);
  const take = (found: QuoteChange | undefined): QuoteChange | null => {
    if (found) free.delete(found);
    return found ?? null;
  };
  const isAlike = (one: QuoteChange, other: QuoteChange) =>
    one.kind === other.kind && subjectIdOf(one) === subjectIdOf(other);
  const byId = before.map((change) => take(after.find(({ id, kind }) => id === change.id && kind === change.kind)));
  return before.flatMap((change, index): Pair[] => {
    const counterpart = byId[index] ?? take([...free].find((each) => isAlike(change, each)));
    return counterpart ? [[change, counterpart]] : [];
  });
}

type Place = { readonly path: string; readonly where: readonly string[] };

const placeOf = ({ id, kind }: QuoteChange, subject: string | null): Place => ({
  path: `changes.${id}`,
  where: [titleOf(kind), ...(subject === null ? [] : [subject])],
});

/** Every scalar that is there, by its way: "line.quantity", "line.discounts.0.percent". Ids that only tell parts apart are none. */
function leavesOf(data: unknown, way = ""): Map<string, string> {
  if (data === null || data === undefined) return new Map();
  if (typeof data !== "object") return new Map([[way, String(data)]]);
  return new Map(
    Object.entries(data)
      .filter(([name]) => name !== "id")
      .flatMap(([name, inner]) => [...leavesOf(inner, way === "" ? name : `${way}.${name}`)]),
  );
}

/** "unusedTime" and "change_quantity" as people write them; of what is named by its id, without the id. */
function titleOf(name: string): string {
  const words = name
    .replaceAll(/lineageIds?/g, "line")
    .replace(/Id$/, "")
    .replaceAll(/[._]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
