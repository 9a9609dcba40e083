import { overlaps } from "../calendar/period";
import type { Currency } from "../money/currency";
import { compareWithBound } from "./compare-with-bound";
import type { Line } from "./line";
import { makeLine } from "./make-line";
import { type BoundPeriod, isCountedBy, isCovered, periodKey } from "./segment";

/**
 * True-ups of minimums and caps of maximums over several charges. A maximum counts the true-ups of minimums whose charges
 * it covers and that are due by then, so that it is the last word on them.
 */
export function boundLines(periods: readonly BoundPeriod[], lines: readonly Line[], currency: Currency): Line[] {
  if (periods.length === 0) return [];
  const countedIn = rememberCounted(lines);
  const trueUps = periods
    .filter(({ kind }) => kind === "minimum")
    .flatMap((period) => {
      const line = boundLine(period, countedIn(period), currency);
      return line === null ? [] : [{ period, line }];
    });
  const caps = periods
    .filter(({ kind }) => kind === "maximum")
    .flatMap((period) => {
      const covered = [
        ...countedIn(period),
        ...trueUps.filter((trueUp) => isCountedBy(trueUp.period, period)).map(({ line }) => line),
      ];
      return boundLine(period, covered, currency) ?? [];
    });
  return [...trueUps.map(({ line }) => line), ...caps];
}

type Place = { readonly line: Line; readonly index: number };

/** Finds the lines that a period counts, in their order, without going through those of all other periods. */
function rememberCounted(lines: readonly Line[]): (period: BoundPeriod) => Line[] {
  const byService = new Map<string, Place[]>();
  lines.forEach((line, index) => {
    if (line.kind === "discount" || line.lineageId === null) return;
    const key = periodKey(line.servicePeriod);
    const places = byService.get(key);
    if (places === undefined) byService.set(key, [{ line, index }]);
    else places.push({ line, index });
  });
  const services = [...byService.values()];
  return ({ bound, servicePeriod }) => {
    const served = services.filter(
      ([first]) => first !== undefined && overlaps(servicePeriod, first.line.servicePeriod),
    );
    const places = served.length > 1 ? served.flat().sort((a, b) => a.index - b.index) : served.flat();
    return places.flatMap(({ line }) => (isCovered(bound, line.lineageId ?? "") ? line : []));
  };
}

function boundLine(period: BoundPeriod, covered: readonly Line[], currency: Currency): Line | null {
  const { kind, bound, servicePeriod, fullPeriod, key } = period;
  const compared = { amount: bound.amount, proration: bound.proration, servicePeriod, fullPeriod };
  const { difference, explain } = compareWithBound(kind, [compared], covered, servicePeriod, currency);
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
      explain: () => ({ comparison: explain() }),
    },
  );
}
