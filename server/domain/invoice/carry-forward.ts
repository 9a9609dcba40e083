import type { PlainDate } from "../calendar/plain-date";
import type { Decimal } from "../money/decimal";

/** A draft that may be carried forward, or take up what is. */
export type DraftInTurn = {
  readonly id: string;
  /** Who is billed, in which currency, with or without tax in the prices: only equal ones come together. */
  readonly sheetKey: string;
  readonly billsOn: PlainDate;
  readonly gross: Decimal;
};

export type CarriedForward = { readonly from: string; readonly to: string };

/**
 * Where drafts below zero go: each to the first one of the same sheet, of its own day or later, that covers it whole; never
 * in parts. What no draft covers waits, and is not answered (decision "Negative and zero").
 */
export function carryForward(drafts: readonly DraftInTurn[]): CarriedForward[] {
  const inTurn = drafts.toSorted((a, b) => (`${a.billsOn} ${a.id}` < `${b.billsOn} ${b.id}` ? -1 : 1));
  const left = new Map(inTurn.filter(({ gross }) => gross.gt(0)).map((draft) => [draft.id, draft.gross]));
  return inTurn.flatMap(({ id, sheetKey, billsOn, gross }): CarriedForward[] => {
    if (!gross.lt(0)) return [];
    const target = inTurn.find(
      (other) => other.sheetKey === sheetKey && other.billsOn >= billsOn && left.get(other.id)?.plus(gross).gte(0),
    );
    if (!target) return [];
    left.set(target.id, (left.get(target.id) as Decimal).plus(gross));
    return [{ from: id, to: target.id }];
  });
}
