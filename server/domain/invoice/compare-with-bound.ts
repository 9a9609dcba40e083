import { daysIn, intersect, isSamePeriod, type Period } from "../calendar/period";
import { daysBetween } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import { addUp, type Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { applyRatio, type ProrationRule, prorate } from "../pricing/prorate";
import type { ComparisonExplained, CoveredExplained } from "./explanation";
import type { Line } from "./line";
import { periodText } from "./make-line";
import { explainProration } from "./measure-segment";

/** A minimum or maximum over a service period. */
export type Bound = {
  readonly amount: Decimal;
  readonly proration: ProrationRule;
  readonly servicePeriod: Period;
  readonly fullPeriod: Period;
};

/**
 * Compares the rounded covered lines with service days in the period with the prorated, rounded bound (decision
 * "Minimum"). The difference is positive where the lines fall short. A line that serves longer than the period counts
 * with its share of service days; shares of adjacent periods add up to the line.
 */
export function compareWithBound(
  kind: ComparisonExplained["bound"],
  bounds: readonly Bound[],
  covered: readonly Line[],
  period: Period,
  currency: Currency,
): { readonly difference: Decimal; readonly explain: () => ComparisonExplained } {
  const parts = bounds.map((bound) => {
    const ratio = prorate(bound.proration, bound.servicePeriod, bound.fullPeriod);
    return { bound, ratio, precise: applyRatio(bound.amount, ratio) };
  });
  const preciseBound = addUp(parts.map(({ precise }) => precise));
  const boundAmount = round(preciseBound, currency);

  const counted = covered.map((line) => countedIn(period, line, currency));
  const coveredTotal = addUp(counted);
  return {
    difference: boundAmount.minus(coveredTotal),
    explain: () => ({
      bound: kind,
      parts: parts.map(({ bound, ratio, precise }) => ({
        fullPeriodAmount: bound.amount.toFixed(),
        proration: explainProration(bound, bound.proration, ratio),
        precise: precise.toFixed(),
      })),
      boundAmount: boundAmount.toFixed(),
      covered: covered.map((line, index) => explainCovered(line, counted[index] ?? ZERO)),
      coveredTotal: coveredTotal.toFixed(),
    }),
  };
}

function countedIn(period: Period, { servicePeriod, net }: Line, currency: Currency): Decimal {
  const shared = intersect(period, servicePeriod);
  if (shared === null) return ZERO;
  if (isSamePeriod(shared, servicePeriod)) return net.amount;
  const toDay = (day: Period["startsOn"]) => {
    const ratio = { numerator: daysBetween(servicePeriod.startsOn, day), denominator: daysIn(servicePeriod) };
    return round(applyRatio(net.amount, ratio), currency);
  };
  return toDay(shared.endsBefore).minus(toDay(shared.startsOn));
}

function explainCovered(line: Line, counted: Decimal): CoveredExplained {
  return {
    description: line.description,
    kind: line.kind,
    servicePeriod: periodText(line.servicePeriod),
    net: line.net.amount.toFixed(),
    counted: counted.toFixed(),
  };
}

const round = (amount: Decimal, currency: Currency): Decimal => roundToMinorUnit(money(amount, currency)).amount;
