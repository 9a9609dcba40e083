import { overlaps } from "../calendar/period";
import type { Currency } from "../money/currency";
import { compareWithBound } from "./compare-with-bound";
import type { Line } from "./line";
import { makeLine } from "./make-line";
import { type BoundPeriod, isCountedBy, isCovered } from "./segment";

/**
 * True-ups of minimums and caps of maximums over several charges. A maximum counts the true-ups of minimums whose charges
 * it covers and that are due by then, so that it is the last word on them.
 */
export function boundLines(periods: readonly BoundPeriod[], lines: readonly Line[], currency: Currency): Line[] {
  const trueUps = periods
    .filter(({ kind }) => kind === "minimum")
    .flatMap((period) => {
      const line = boundLine(
        period,
        lines.filter((each) => isCounted(period, each)),
        currency,
      );
      return line === null ? [] : [{ period, line }];
    });
  const caps = periods
    .filter(({ kind }) => kind === "maximum")
    .flatMap((period) => {
      const covered = [
        ...lines.filter((each) => isCounted(period, each)),
        ...trueUps.filter((trueUp) => isCountedBy(trueUp.period, period)).map(({ line }) => line),
      ];
      return boundLine(period, covered, currency) ?? [];
    });
  return [...trueUps.map(({ line }) => line), ...caps];
}

const isCounted = ({ bound, servicePeriod }: BoundPeriod, { kind, lineageId, servicePeriod: served }: Line): boolean =>
  kind !== "discount" && lineageId !== null && isCovered(bound, lineageId) && overlaps(servicePeriod, served);

function boundLine(period: BoundPeriod, covered: readonly Line[], currency: Currency): Line | null {
  const { kind, bound, servicePeriod, fullPeriod, key } = period;
  const compared = { amount: bound.amount, proration: bound.proration, servicePeriod, fullPeriod };
  const { difference, explained } = compareWithBound(kind, [compared], covered, servicePeriod, currency);
  const isDue = kind === "minimum" ? difference.gt(0) : difference.lt(0);
  if (!isDue) return null;
  return makeLine(
    {
      key,
      kind: kind === "minimum" ? "true_up" : "cap",
      adjusts: null,
      lineageId: null,
      boundId: bound.id,
      fullPeriod,
      servicePeriod,
      timing: "in_arrears",
      chargeId: null,
      productId: null,
      isOneTime: false,
      isMetered: false,
    },
    {
      currency,
      description: bound.description,
      precise: difference,
      charge: difference,
      explained: { comparison: explained },
    },
  );
}
