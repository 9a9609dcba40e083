import { groupBy } from "../group-by";
import type { Line } from "../invoice/line";
import type { LineKind } from "../invoice/line-kind";
import type { Currency } from "../money/currency";
import { sum } from "../money/money";
import { unreachable } from "../unreachable";
import type { ItemAmount, ItemKind } from "./compare-items";

type ComparedLine = Pick<Line, "kind" | "lineageId" | "boundId" | "productId" | "description" | "isOneTime" | "net">;

/** The lines of a customer's documents of one currency and month as items and layers to compare. */
export function itemAmountsOf(lines: readonly ComparedLine[], currency: Currency): ItemAmount[] {
  const bySubject = groupBy(lines, (line) => `${itemKindOf(line)}|${subjectOf(line)}`);
  return [...bySubject.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const net = sum(
      same.map((line) => line.net),
      currency,
    );
    const { productId, description } = first;
    return [{ kind: itemKindOf(first), lineageId: subjectOf(first), productId, description, net }];
  });
}

/** Credits pay whatever there is: what they take off is compared as a whole, not line by line. */
const subjectOf = ({ kind, lineageId, boundId }: ComparedLine): string =>
  kind === "credit" ? "" : (lineageId ?? boundId ?? "");

function itemKindOf({ kind, isOneTime }: { readonly kind: LineKind; readonly isOneTime: boolean }): ItemKind {
  switch (kind) {
    case "charge":
    case "overage":
      return isOneTime ? "one_time" : "item";
    case "adjustment":
      return "late_adjustment";
    case "discount":
    case "true_up":
    case "cap":
    case "credit":
      return "layer";
    default:
      return unreachable(kind);
  }
}
