import { groupBy } from "../group-by";
import type { Line } from "../invoice/line";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { type Money, money, sum } from "../money/money";
import { unreachable } from "../unreachable";
import type { ItemAmount, ItemKind, LayerDriver } from "./compare-items";

/** A line of a document as comparisons see it. Amounts are net of tax. */
export type ComparedLine = Pick<
  Line,
  "kind" | "lineageId" | "boundId" | "productId" | "description" | "isOneTime" | "net"
> & {
  /** What people wrote: it bills no lineage. */
  readonly isManual?: boolean;
  /** On a credit note whatever it bills is credited. */
  readonly isCredited?: boolean;
  /** What the engine came to, where people set another amount. */
  readonly engineNet?: Money | null;
  readonly tax?: Decimal;
  /** The contract that it bills. */
  readonly stream?: string;
  /** Driver facts as they are stored. */
  readonly facts?: string | null;
  readonly taxInPrice?: Decimal;
  /** Before discounts, where something came off. */
  readonly charge?: Money | null;
};

/** An item of some documents; its stream is the contract that it bills. */
export type StreamItem = ItemAmount & { readonly stream: string };

/** The lines of a customer's documents of one currency and month as items and layers to compare. */
export function itemAmountsOf(lines: readonly ComparedLine[], currency: Currency): StreamItem[] {
  const items = lines.flatMap((line) => itemsOf(line));
  if (items.length <= 1) return items;
  const bySubject = groupBy(
    items,
    ({ kind, layer, lineageId, productId, stream }) =>
      `${kind}|${layer ?? ""}|${lineageId}|${lineageId === "" ? productId : ""}|${stream}`,
  );
  return bySubject.size === items.length ? items : [...bySubject.values()].map((same) => together(same, currency));
}

function together(same: readonly StreamItem[], currency: Currency): StreamItem {
  const [first] = same as readonly [StreamItem, ...StreamItem[]];
  if (same.length === 1) return first;
  return {
    ...first,
    net: sum(
      same.map(({ net }) => net),
      currency,
    ),
    tax: same.reduce((total, { tax }) => total.plus(tax ?? ZERO), ZERO),
    ...(first.lines && { lines: same.flatMap(({ lines }) => lines ?? []) }),
  };
}

/** What a line bills, and beside it what people set in place of the engine's amount. */
export function itemsOf(line: ComparedLine): StreamItem[] {
  const { productId, description, net, tax = ZERO, stream = "", engineNet } = line;
  const item = { productId, description, tax, stream };
  const layer = layerOf(line);
  const kind = kindOf(line);
  const engine = line.isCredited ? net : (engineNet ?? net);
  const charged: StreamItem =
    layer === null
      ? { ...item, kind, lineageId: line.lineageId ?? "", net: engine, ...linesOf(line, kind, engine) }
      : { ...item, kind: "layer", layer, lineageId: subjectOf(line, layer), net: engine };
  const byHand = net.amount.minus(engine.amount);
  if (byHand.isZero()) return [charged];
  return [
    charged,
    { ...item, kind: "layer", layer: "manual", lineageId: "", net: money(byHand, net.currency), tax: ZERO },
  ];
}

function linesOf(line: ComparedLine, kind: ItemKind, engine: Money): Pick<ItemAmount, "lines"> {
  if (kind !== "item" || line.facts === undefined) return {};
  const { stream = "", facts, taxInPrice = ZERO, charge = null } = line;
  return { lines: [{ stream, facts, net: engine.amount, taxInPrice, charge: charge?.amount ?? null }] };
}

/** Credits pay whatever there is, and people write what they like: both are compared as a whole, not line by line. */
const subjectOf = ({ lineageId, boundId }: ComparedLine, layer: LayerDriver): string =>
  layer === "credit" || layer === "manual" ? "" : (lineageId ?? boundId ?? "");

/** Null: it bills an item. */
function layerOf({ kind, isManual, isCredited }: ComparedLine): LayerDriver | null {
  if (isCredited) return "credit";
  if (isManual) return "manual";
  switch (kind) {
    case "charge":
    case "overage":
    case "adjustment":
      return null;
    case "discount":
      return "discount";
    case "true_up":
    case "cap":
      return "minimum";
    case "credit":
      return "credit";
    default:
      return unreachable(kind);
  }
}

const kindOf = ({ kind, isOneTime }: ComparedLine): ItemKind =>
  kind === "adjustment" ? "late_adjustment" : isOneTime ? "one_time" : "item";
