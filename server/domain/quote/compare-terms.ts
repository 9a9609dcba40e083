import { type CurrencyCode, currency } from "../money/currency";
import type { Cell, QuotedPrices } from "./cell";
import { type PartFact, type PartGroup, partsOfTerms, type TermsPart } from "./cell-parts";
import { changedDifference, type TermsDifference } from "./compare-difference";
import { wordsOf } from "./compare-words";
import type { SaleTerms } from "./quote-terms";

export type { TermsDifference } from "./compare-difference";

/**
 * Every difference between two versions of terms, in the order in which people read the later ones. Phases and lines are
 * the same by their ids; where those are not there, phases by their first day and lines by the lineage of their price.
 * `products` are the names of products by id.
 */
export function compareTerms(
  before: SaleTerms,
  after: SaleTerms,
  prices: QuotedPrices,
  products: ReadonlyMap<string, string> = new Map(),
): TermsDifference[] {
  const comparison = new TermsComparison([before.currency, after.currency], products);
  return comparison.parts(partsOfTerms(before, prices), partsOfTerms(after, prices));
}

class TermsComparison {
  private readonly currencies: readonly [ReturnType<typeof currency>, ReturnType<typeof currency>];

  constructor(
    [before, after]: readonly [string, string],
    private readonly products: ReadonlyMap<string, string>,
  ) {
    this.currencies = [currency(before as CurrencyCode), currency(after as CurrencyCode)];
  }

  parts(before: TermsPart, after: TermsPart): TermsDifference[] {
    return [
      ...this.facts(before, after),
      ...this.cells(before, after),
      ...after.groups.flatMap((group, index) => this.group(before.groups[index] ?? { ...group, parts: [] }, group)),
    ];
  }

  private facts(before: TermsPart, after: TermsPart): TermsDifference[] {
    const [old, now] = [before.facts(), after.facts()];
    const names = [...new Set([...old, ...now].map(({ name }) => name))];
    return names.flatMap((name) => {
      const [was, is] = [old.find((fact) => fact.name === name), now.find((fact) => fact.name === name)];
      if (was?.value === is?.value) return [];
      return [
        changedDifference({
          path: after.path === "" ? name : `${after.path}.${name}`,
          where: after.where,
          title: (is ?? was)?.title ?? name,
          before: was?.value ?? null,
          after: is?.value ?? null,
          beforeInWords: this.factInWords(was),
          afterInWords: this.factInWords(is),
        }),
      ];
    });
  }

  private factInWords(fact: PartFact | undefined): string {
    if (!fact) return "none";
    return fact.name === "productId" ? (this.products.get(fact.value) ?? fact.value) : fact.inWords;
  }

  /** A cell that only shows another says nothing new. */
  private cells(before: TermsPart, after: TermsPart): TermsDifference[] {
    const [old, now] = [storedCells(before), storedCells(after)];
    const names = [...new Set([...now.keys(), ...old.keys()])];
    return names.flatMap((name) => {
      const [was, is] = [old.get(name), now.get(name)];
      if ((was?.value ?? null) === (is?.value ?? null)) return [];
      const { where, title, path } = (is ?? was) as Cell;
      return [
        changedDifference({
          path: is ? path : `${after.path}.${name}`,
          where: is ? where : after.where,
          title,
          before: was?.value ?? null,
          after: is?.value ?? null,
          beforeInWords: this.words(was, 0),
          afterInWords: this.words(is, 1),
        }),
      ];
    });
  }

  private words(cell: Cell | undefined, version: 0 | 1): string {
    if (!cell) return "none";
    return wordsOf(cell.value ?? cell.standard, cell.format, this.currencies[version]);
  }

  private group(before: PartGroup, after: PartGroup): TermsDifference[] {
    const pairs = pairUp(before.parts, after.parts);
    const removed = before.parts.filter((part) => !pairs.some(([old]) => old === part));
    return [
      ...removed.map((part) => this.removed(part, after.title)),
      ...after.parts.flatMap((part) => {
        const old = pairs.find(([, now]) => now === part)?.[0];
        return old ? this.parts(old, part) : [this.added(part, after.title)];
      }),
      ...this.order(pairs, after),
    ];
  }

  private order(pairs: readonly Pair[], { title, parts }: PartGroup): TermsDifference[] {
    const namesOf = (list: readonly TermsPart[]) => list.map(({ name }) => name).join(", ");
    const now = [...pairs].sort((a, b) => parts.indexOf(a[1]) - parts.indexOf(b[1]));
    if (now.every((pair, index) => pair === pairs[index])) return [];
    const [first] = parts;
    const [was, is] = [namesOf(pairs.map(([old]) => old)), namesOf(now.map(([, part]) => part))];
    return [
      changedDifference({
        path: first?.path.slice(0, first.path.lastIndexOf(".")) ?? "",
        where: first?.where.slice(0, -1) ?? [],
        title: `Order of ${title.toLowerCase()}s`,
        before: was,
        after: is,
        beforeInWords: was,
        afterInWords: is,
      }),
    ];
  }

  private added(part: TermsPart, title: string): TermsDifference {
    const inWords = this.summary(part, 1);
    const said = { path: part.path, where: part.where, title, before: null, after: inWords };
    const sentence = `${part.where.join(", ")}: added${inWords === "" ? "" : ` (${inWords})`}`;
    return { kind: "added", ...said, beforeInWords: "none", afterInWords: inWords, sentence };
  }

  private removed(part: TermsPart, title: string): TermsDifference {
    const inWords = this.summary(part, 0);
    const said = { path: part.path, where: part.where, title, before: inWords, after: null };
    const sentence = `${part.where.join(", ")}: removed${inWords === "" ? "" : ` (${inWords})`}`;
    return { kind: "removed", ...said, beforeInWords: inWords, afterInWords: "none", sentence };
  }

  /** What is said in a part and in what it holds. */
  private summary(part: TermsPart, version: 0 | 1): string {
    const own = [...storedCells(part).values()]
      .filter(({ value, path }) => value !== null && !path.endsWith(".description") && !path.endsWith(".name"))
      .map((cell) => `${cell.title.toLowerCase()} ${wordsOf(cell.value, cell.format, this.currencies[version])}`);
    const inner = part.groups.flatMap(({ parts }) =>
      parts.map((each) => `${each.name}${withParentheses(this.summary(each, version))}`),
    );
    return [...own, ...inner].join(", ");
  }
}

const withParentheses = (text: string): string => (text === "" ? "" : ` (${text})`);

function storedCells({ path, cells }: TermsPart): Map<string, Cell> {
  const stored = cells.filter(({ shows }) => shows === null);
  return new Map(stored.map((cell) => [path === "" ? cell.path : cell.path.slice(path.length + 1), cell]));
}

type Pair = readonly [before: TermsPart, after: TermsPart];

/** In the order of the earlier parts. */
function pairUp(before: readonly TermsPart[], after: readonly TermsPart[]): Pair[] {
  const free = new Set(after);
  const take = (found: TermsPart | undefined): TermsPart | null => {
    if (found) free.delete(found);
    return found ?? null;
  };
  const byId = before.map((part) => take(after.find(({ id }) => id === part.id)));
  return before.flatMap((part, index): Pair[] => {
    const counterpart =
      byId[index] ?? take([...free].find(({ likeness }) => likeness !== null && likeness === part.likeness));
    return counterpart ? [[part, counterpart]] : [];
  });
}
