import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import type { DraftContent } from "./draft";
import type { InvoiceLine } from "./invoice";

type LineContent = DraftContent["lines"][number];

/** What of a line a calculation would change. */
export type LineAspect =
  | "description"
  | "service_period"
  | "quantity"
  | "unit_price"
  | "charge"
  | "discount"
  | "engine_amount"
  | "net"
  | "tax_rate"
  | "tax";

export type LineDifference = {
  /** null: the line would be added */
  readonly before: LineContent | null;
  /** null: it would be removed */
  readonly after: LineContent | null;
  /** empty where the line is added or removed */
  readonly changed: readonly LineAspect[];
};

const sameText = (a: string | null, b: string | null): boolean => a === b;
const sameNumber = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : new Decimal(a).equals(b);

const IS_SAME: readonly (readonly [LineAspect, (before: LineContent, after: LineContent) => boolean])[] = [
  ["description", (a, b) => sameText(a.description, b.description)],
  [
    "service_period",
    (a, b) => sameText(a.serviceStartsOn, b.serviceStartsOn) && sameText(a.serviceEndsBefore, b.serviceEndsBefore),
  ],
  ["quantity", (a, b) => sameNumber(a.quantity, b.quantity)],
  ["unit_price", (a, b) => sameNumber(a.unitPrice, b.unitPrice)],
  ["charge", (a, b) => sameNumber(a.chargeAmount, b.chargeAmount)],
  ["discount", (a, b) => sameNumber(a.discountAmount, b.discountAmount)],
  ["engine_amount", (a, b) => sameNumber(a.engineAmount, b.engineAmount)],
  ["net", (a, b) => sameNumber(a.netAmount, b.netAmount)],
  ["tax_rate", (a, b) => sameText(a.taxCode, b.taxCode) && sameNumber(a.taxPercent, b.taxPercent)],
  ["tax", (a, b) => sameNumber(a.taxAmount, b.taxAmount)],
];

/** Line by line, by what each of them bills: what is added, removed or changed, in the order of the draft to be. */
export function compareLines(before: readonly InvoiceLine[], after: readonly LineContent[]): LineDifference[] {
  const keyOf = ({ contractId, billingKey }: LineContent) => `${contractId} ${billingKey}`;
  const left = groupBy(before, keyOf);
  const differences = after.flatMap((line): LineDifference[] => {
    const was = left.get(keyOf(line))?.shift();
    if (was === undefined) return [{ before: null, after: line, changed: [] }];
    const changed = IS_SAME.filter(([, isSame]) => !isSame(was, line)).map(([aspect]) => aspect);
    return changed.length === 0 ? [] : [{ before: was, after: line, changed }];
  });
  const removed = before.filter((line) => left.get(keyOf(line))?.includes(line));
  return [...differences, ...removed.map((line) => ({ before: line, after: null, changed: [] }))];
}
