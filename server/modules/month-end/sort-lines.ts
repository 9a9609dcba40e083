import { Decimal } from "../../domain/money/decimal";
import type { ViewSort } from "../view";
import { columnsOf, type GridColumn } from "./grid-column";
import type { GridLine } from "./grid-line";

/** People find "Ångström" under A and "Unit 9" before "Unit 10". */
const collator = new Intl.Collator("en", { numeric: true });

const USUAL_ORDER: readonly ViewSort[] = [
  { column: "customer", direction: "ascending" },
  { column: "billsOn", direction: "ascending" },
];

type SortKey = Decimal | string | boolean | null;

/** In the order of the view, then the usual one; the id settles the rest, so that every reading has the same order. */
export function sortLines(lines: readonly GridLine[], sort: readonly ViewSort[]): GridLine[] {
  const rules = [...sort, ...USUAL_ORDER].flatMap(({ column, direction }) =>
    columnsOf([column]).map((known) => ({ keyOf: sortKeyOf(known), sign: direction === "ascending" ? 1 : -1 })),
  );
  const keyed = lines.map((line) => ({ line, keys: rules.map(({ keyOf }) => keyOf(line)) }));
  keyed.sort((a, b) => {
    for (const [index, { sign }] of rules.entries()) {
      const order = compareKeys(a.keys[index] as SortKey, b.keys[index] as SortKey, sign);
      if (order !== 0) return order;
    }
    return a.line.id < b.line.id ? -1 : 1;
  });
  return keyed.map(({ line }) => line);
}

const sortKeyOf = ({ sortedBy, valueOf }: GridColumn) => sortedBy ?? valueOf;

/** What is empty comes last in either direction. */
function compareKeys(a: SortKey, b: SortKey, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return (
    sign *
    (!(a instanceof Decimal) || !(b instanceof Decimal) ? collator.compare(String(a), String(b)) : a.comparedTo(b))
  );
}
