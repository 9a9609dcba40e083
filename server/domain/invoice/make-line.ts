import type { Period } from "../calendar/period";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money } from "../money/money";
import type { Explanation, PeriodText } from "./explanation";
import { dueDayOf, type Line, type LineIdentity } from "./line";

/** What a line is for, and what it is billed under. */
export type LineOf = LineIdentity &
  Pick<Line, "chargeId" | "productId" | "isOneTime" | "isMetered"> & {
    readonly correctsDocumentId?: string | null;
  };

type LineAmounts = {
  readonly currency: Currency;
  readonly description: string;
  readonly quantity?: Decimal;
  readonly unitPrice?: Decimal | null;
  readonly precise: Decimal;
  readonly charge: Decimal;
  readonly discount?: Decimal;
  /** The parts of the explanation that this kind of line has. */
  readonly explained: Partial<Explanation>;
};

/**
 * The one place where a line and its explanation are put together, so that both always say the same amounts. Fields are
 * written out one by one: spreading objects of this size costs more than the arithmetic.
 */
export function makeLine(of: LineOf, amounts: LineAmounts): Line {
  const { currency, description, charge, precise, discount = ZERO, explained } = amounts;
  const net = discount.isZero() ? charge : charge.minus(discount);
  return {
    key: of.key,
    kind: of.kind,
    adjusts: of.adjusts,
    lineageId: of.lineageId,
    boundId: of.boundId,
    fullPeriod: of.fullPeriod,
    servicePeriod: of.servicePeriod,
    timing: of.timing,
    dueOn: dueDayOf(of),
    correctsDocumentId: of.correctsDocumentId ?? null,
    chargeId: of.chargeId,
    productId: of.productId,
    description,
    isOneTime: of.isOneTime,
    isMetered: of.isMetered,
    quantity: amounts.quantity ?? null,
    unitPrice: amounts.unitPrice ?? null,
    precise: money(precise, currency),
    charge: money(charge, currency),
    discount: money(discount, currency),
    net: money(net, currency),
    explanation: {
      kind: of.kind,
      description,
      servicePeriod: periodText(of.servicePeriod),
      fullPeriod: periodText(of.fullPeriod),
      quantity: explained.quantity ?? null,
      slices: explained.slices ?? [],
      fullPeriodAmount: explained.fullPeriodAmount ?? null,
      proration: explained.proration ?? null,
      lessBilledBefore: explained.lessBilledBefore ?? null,
      ratedPeriod: explained.ratedPeriod ?? null,
      precise: explained.precise ?? precise.toFixed(),
      runningTotal: explained.runningTotal ?? null,
      charge: charge.toFixed(),
      discounts: explained.discounts ?? [],
      sharedDiscounts: explained.sharedDiscounts ?? [],
      discount: discount.toFixed(),
      comparison: explained.comparison ?? null,
      adjustment: explained.adjustment ?? null,
      rounding: { minorUnits: currency.minorUnits, mode: "half_away_from_zero" },
      result: net.toFixed(),
    },
  };
}

export const periodText = ({ startsOn, endsBefore }: Period): PeriodText => ({ startsOn, endsBefore });
