import type { PlainMonth } from "../calendar/plain-month";
import { shiftMonth } from "../calendar/plain-month";
import { convert, type ReportingRate, reportingRate } from "../invoice/exchange";
import { type Currency, type CurrencyCode, currency } from "../money/currency";
import { Decimal, ONE, ZERO } from "../money/decimal";
import { money } from "../money/money";

/** What changed receivables of one currency in a month. Each amount as it is called: what was paid is above zero. */
export type Flows = {
  /** less what was voided of invoices */
  readonly invoiced: Decimal;
  /** less what was voided of credit notes */
  readonly credited: Decimal;
  /** less what bounced */
  readonly paid: Decimal;
  readonly refunded: Decimal;
  /** less what was taken back */
  readonly writtenOff: Decimal;
};

export type RollForward = Flows & {
  readonly opening: Decimal;
  /** what exchange rates made of it; zero within one currency */
  readonly fx: Decimal;
  readonly closing: Decimal;
};

/** Opening + invoiced − credited − paid + refunded − written off: what is left at the end of the month. */
export const closingOf = (opening: Decimal, { invoiced, credited, paid, refunded, writtenOff }: Flows): Decimal =>
  opening.plus(invoiced).minus(credited).minus(paid).plus(refunded).minus(writtenOff);

/** How the receivables of one currency went through a month, in that currency. */
export const rollForward = (opening: Decimal, flows: Flows): RollForward => ({
  ...flows,
  opening,
  fx: ZERO,
  closing: closingOf(opening, flows),
});

/**
 * The same in the base currency: the opening at the rate of the month before, everything else at the rate of the month,
 * each rounded once; what is missing to the closing is the effect of the rates. null where a rate that is needed is not
 * there: nothing stands in for it.
 */
export function inBase(
  row: RollForward,
  {
    from,
    base,
    month,
    rates,
  }: {
    readonly from: CurrencyCode;
    readonly base: Currency;
    readonly month: PlainMonth;
    /** of this month and the one before */
    readonly rates: readonly ReportingRate[];
  },
): RollForward | null {
  const rateOf = (of: PlainMonth): Decimal | null => {
    if (from === base.code) return ONE;
    const found = reportingRate(rates, { currency: from, month: of });
    return found.ok ? found.value.rate : null;
  };
  const [before, now] = [rateOf(shiftMonth(month, -1)), rateOf(month)];
  const needsNow = [row.invoiced, row.credited, row.paid, row.refunded, row.writtenOff, row.closing].some(
    (each) => !each.isZero(),
  );
  if ((before === null && !row.opening.isZero()) || (now === null && needsNow)) return null;
  const at = (amount: Decimal, rate: Decimal | null): Decimal =>
    rate === null ? ZERO : convert(money(amount, currency(from)), rate, base).amount;
  const opening = at(row.opening, before);
  const flows: Flows = {
    invoiced: at(row.invoiced, now),
    credited: at(row.credited, now),
    paid: at(row.paid, now),
    refunded: at(row.refunded, now),
    writtenOff: at(row.writtenOff, now),
  };
  const closing = at(row.closing, now);
  return { ...flows, opening, fx: closing.minus(closingOf(opening, flows)), closing };
}

/** The sum of what is in one currency. */
export function addRollForwards(rows: readonly RollForward[]): RollForward {
  const total = (key: keyof RollForward): Decimal => rows.reduce((sum, row) => sum.plus(row[key]), new Decimal(0));
  return {
    opening: total("opening"),
    invoiced: total("invoiced"),
    credited: total("credited"),
    paid: total("paid"),
    refunded: total("refunded"),
    writtenOff: total("writtenOff"),
    fx: total("fx"),
    closing: total("closing"),
  };
}
