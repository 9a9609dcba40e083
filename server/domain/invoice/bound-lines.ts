import { overlaps, type Period } from "../calendar/period";
import type { SpendBound } from "../contract/contract";
import type { Currency } from "../money/currency";
import { compareWithBound } from "./compare-with-bound";
import type { Line } from "./line";
import { makeLine } from "./make-line";
import { type BoundPeriod, coverageOf, isCountedBy } from "./segment";

/**
 * True-ups of minimums and caps of maximums over several charges. A maximum counts the true-ups of minimums whose charges
 * it covers and that are due by then, so that it is the last word on them.
 */
export function boundLines(periods: readonly BoundPeriod[], lines: readonly Line[], currency: Currency): Line[] {
  if (periods.length === 0) return [];
  const countedIn = rememberCovered(lines);
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
type Served = { readonly servicePeriod: Period; readonly places: Place[] };

/** Finds the lines that a period counts, in their order, without going through those that its bound has elsewhere. */
function rememberCovered(lines: readonly Line[]): (period: BoundPeriod) => Line[] {
  const byBound = new Map<SpendBound, readonly Served[]>();
  return ({ bound, servicePeriod: compared }) => {
    const covered = byBound.get(bound) ?? byService(lines, coverageOf(bound));
    byBound.set(bound, covered);
    const served = covered.filter(({ servicePeriod }) => overlaps(compared, servicePeriod));
    const places = served.flatMap((each) => each.places);
    return (served.length > 1 ? places.sort((a, b) => a.index - b.index) : places).map(({ line }) => line);
  };
}

/** Whole periods of a plan are the same objects for all that they serve. */
function byService(lines: readonly Line[], isCovered: (lineageId: string) => boolean): Served[] {
  const services = new Map<Period, Served>();
  lines.forEach((line, index) => {
    const { kind, lineageId, servicePeriod } = line;
    if (kind === "discount" || lineageId === null || !isCovered(lineageId)) return;
    const served = services.get(servicePeriod);
    if (served) served.places.push({ line, index });
    else services.set(servicePeriod, { servicePeriod, places: [{ line, index }] });
  });
  return [...services.values()];
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
