import type { PlainDate } from "../calendar/plain-date";
import { addUp, Decimal, ZERO } from "../money/decimal";

/** A payment, or an issued credit note, of which something is left for the customer to use. */
export type Fund = {
  readonly source: { readonly paymentId: string } | { readonly creditNoteId: string };
  /** the day from which it counts */
  readonly availableOn: PlainDate;
  readonly left: Decimal;
};

export type Draw<F extends Fund = Fund> = { readonly fund: F; readonly amount: Decimal };

/** What the funds hold together: the balance of a customer in one currency. */
export const balanceOf = (funds: readonly Fund[]): Decimal => addUp(funds.map(({ left }) => left));

/**
 * Takes an amount out of funds, the oldest first, of one day in the order given. Answers what is drawn from each, which
 * adds up to the amount, or null where they do not hold so much.
 */
export function drawFunds<F extends Fund>(funds: readonly F[], amount: Decimal): Draw<F>[] | null {
  const draws: Draw<F>[] = [];
  let missing = amount;
  for (const fund of funds.toSorted((a, b) =>
    a.availableOn < b.availableOn ? -1 : a.availableOn > b.availableOn ? 1 : 0,
  )) {
    const drawn = Decimal.min(fund.left, missing);
    if (drawn.lte(ZERO)) continue;
    draws.push({ fund, amount: drawn });
    missing = missing.minus(drawn);
  }
  return missing.isZero() ? draws : null;
}
