import type { Period } from "../calendar/period";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { money } from "../money/money";
import type { Explanation, PeriodText } from "./explanation";
import { dueDayOf, type Line, type LineIdentity } from "./line";

type LineInput = LineIdentity & {
  readonly currency: Currency;
  readonly description: string;
  readonly chargeId?: string;
  readonly productId?: string;
  readonly isOneTime?: boolean;
  readonly isMetered?: boolean;
  readonly quantity?: Decimal;
  readonly unitPrice?: Decimal | null;
  readonly precise: Decimal;
  readonly charge: Decimal;
  readonly discount?: Decimal;
  /** The parts of the explanation that this kind of line has. */
  readonly explained: Partial<Explanation>;
};

/** The one place where a line and its explanation are put together, so that both always say the same amounts. */
export function makeLine(input: LineInput): Line {
  const { currency, charge, precise, discount = ZERO } = input;
  const net = charge.minus(discount);
  return {
    key: input.key,
    kind: input.kind,
    adjusts: input.adjusts,
    lineageId: input.lineageId,
    minimumId: input.minimumId,
    fullPeriod: input.fullPeriod,
    servicePeriod: input.servicePeriod,
    timing: input.timing,
    dueOn: dueDayOf(input),
    chargeId: input.chargeId ?? null,
    productId: input.productId ?? null,
    description: input.description,
    isOneTime: input.isOneTime ?? false,
    isMetered: input.isMetered ?? false,
    quantity: input.quantity ?? null,
    unitPrice: input.unitPrice ?? null,
    precise: money(precise, currency),
    charge: money(charge, currency),
    discount: money(discount, currency),
    net: money(net, currency),
    explanation: {
      kind: input.kind,
      description: input.description,
      servicePeriod: periodText(input.servicePeriod),
      fullPeriod: periodText(input.fullPeriod),
      quantity: null,
      slices: [],
      fullPeriodAmount: null,
      proration: null,
      lessInAdvance: null,
      precise: precise.toFixed(),
      runningTotal: null,
      charge: charge.toFixed(),
      discounts: [],
      discount: discount.toFixed(),
      comparison: null,
      adjustment: null,
      rounding: { minorUnits: currency.minorUnits, mode: "half_away_from_zero" },
      result: net.toFixed(),
      ...input.explained,
    },
  };
}

export const periodText = ({ startsOn, endsBefore }: Period): PeriodText => ({ startsOn, endsBefore });
