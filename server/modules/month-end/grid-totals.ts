import { groupBy } from "../../domain/group-by";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { type Money, moneyText, subtract, sum } from "../../domain/money/money";
import { percentOfBaseline } from "../../domain/variance/compare-items";
import { PERCENT_PLACES } from "./grid-column";
import { type GridLine, isFlagged } from "./grid-line";
import { type Bill, isStale } from "./shared-bill";

type Totalled = Pick<Bill, "current"> & { readonly previous: Money; readonly shownIn: CurrencyCode };
type BillTotal<B> = {
  readonly currency: CurrencyCode;
  readonly previous: Money;
  readonly current: Money;
  readonly bills: readonly B[];
};

/** Net by currency, in alphabetical order. */
export function billTotals<B extends Totalled>(bills: readonly B[]): BillTotal<B>[] {
  return [...groupBy(bills, (bill) => bill.shownIn)]
    .map(([code, own]) => ({
      currency: code,
      previous: sum(
        own.map(({ previous }) => previous),
        currency(code),
      ),
      current: sum(
        own.map(({ current }) => current),
        currency(code),
      ),
      bills: own,
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The sums of the columns, as the API gives them. */
export function gridTotals(lines: readonly GridLine[]) {
  return billTotals(lines).map(({ currency: code, previous, current, bills }) => {
    const change = subtract(current, previous);
    return {
      currency: code,
      count: bills.filter(({ invoice }) => invoice !== null).length,
      previous: moneyText(previous),
      current: moneyText(current),
      change: moneyText(change),
      changePercent: rounded(percentOfBaseline(change, previous)),
      flagged: bills.filter(isFlagged).length,
      stale: bills.filter(isStale).length,
    };
  });
}

const rounded = (percent: Decimal | null): Decimal | null => percent && percent.toDecimalPlaces(PERCENT_PLACES);
