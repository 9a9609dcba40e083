import { fullPeriods, isRecurring, type RecurringCadence } from "../calendar/cadence";
import { clip, intersect, lastDayOf, overlaps, type Period } from "../calendar/period";
import { addDays, earlierOf, type PlainDate } from "../calendar/plain-date";
import { type ChargeRun, chargeRuns } from "../contract/charge-runs";
import type { Contract, SpendBound } from "../contract/contract";
import { inFreeTrial } from "../pricing/free-trial";
import { usageAsked } from "../pricing/rate";
import { cellNames, firstDayShared } from "./discount-cells";
import {
  type BillingWindow,
  type BoundKind,
  type BoundPeriod,
  groupKeyOf,
  isCountedBy,
  isCovered,
  keyOf,
  periodKey,
  rememberKeys,
  type SeatsWanted,
  type Segment,
  type SegmentPlan,
  type UsageWanted,
} from "./segment";

export type { BillingWindow } from "./segment";

/**
 * What a contract bills in a window of due days, and the usage and seats it takes to rate it: so that the shell fetches
 * the readings of many contracts at once. Segments outside the window are planned where those inside are rounded,
 * compared or discounted together with them. The contract has passed checkContract.
 */
export function planSegments(contract: Contract, window: BillingWindow): SegmentPlan {
  const runs = chargeRuns(contract.phases).map(withTrialPrice);
  let from = window.from;
  for (;;) {
    const candidates = planCandidates(contract, runs, { from, through: window.through }, window);
    const needed = selectNeeded(contract, candidates, window);
    const reachesBack = from <= contract.startsOn ? null : earliestNeeded(contract, needed);
    if (reachesBack !== null && reachesBack < from) {
      from = reachesBack;
      continue;
    }
    return {
      window,
      ...needed,
      laterSegments: candidates.segments.filter(({ dueOn }) => dueOn > window.through),
      usageWanted: usageWantedBy(needed.segments),
      seatsWanted: seatsWantedBy(needed.segments),
    };
  }
}

/** The first day after the window's last on which a charge falls due, not later than the limit; null: none does. */
export function nextDueDay(contract: Contract, after: PlainDate, limit: PlainDate): PlainDate | null {
  const window = { from: addDays(after, 1), through: limit };
  const { segments } = planCandidates(contract, chargeRuns(contract.phases), window, window);
  const days = segments.filter(({ isInWindow }) => isInWindow).map(({ dueOn }) => dueOn);
  return days.length === 0 ? null : days.reduce(earlierOf);
}

type Planned = { readonly segments: readonly Segment[]; readonly boundPeriods: readonly BoundPeriod[] };

const withTrialPrice = (run: ChargeRun): ChargeRun =>
  run.charge.isFreeTrial ? { ...run, charge: { ...run.charge, price: inFreeTrial(run.charge.price) } } : run;

/** All that serves days from the first day looked at, or falls due from then on. */
function planCandidates(
  contract: Contract,
  runs: readonly ChargeRun[],
  looked: BillingWindow,
  window: BillingWindow,
): Planned {
  const periodsOf = rememberFullPeriods(contract, looked);
  const keyOf = rememberKeys();
  return {
    segments: runs.flatMap((run) =>
      chargePeriods(run, periodsOf).flatMap((fullPeriod) => planCharge(contract, { run, fullPeriod, window, keyOf })),
    ),
    boundPeriods: [
      ...contract.minimums.flatMap((bound) => planBound(contract, "minimum", bound, periodsOf, window)),
      ...contract.maximums.flatMap((bound) => planBound(contract, "maximum", bound, periodsOf, window)),
    ],
  };
}

type FullPeriodsOf = (cadence: RecurringCadence) => readonly Period[];

/** Charges of one cadence share their full periods. */
function rememberFullPeriods(contract: Contract, looked: BillingWindow): FullPeriodsOf {
  const known = new Map<RecurringCadence, readonly Period[]>();
  return (cadence) => {
    const periods = known.get(cadence) ?? fullPeriods(cadence, contract, looked);
    known.set(cadence, periods);
    return periods;
  };
}

function planBound(
  contract: Contract,
  kind: BoundKind,
  bound: SpendBound,
  periodsOf: FullPeriodsOf,
  window: BillingWindow,
): BoundPeriod[] {
  const span = { startsOn: bound.startsOn ?? contract.startsOn, endsBefore: bound.endsBefore };
  return boundFullPeriods(bound, periodsOf).flatMap((fullPeriod) => {
    const inTerm = clip(fullPeriod, contract);
    const servicePeriod = inTerm && clip(inTerm, span);
    if (servicePeriod === null) return [];
    const dueOn = servicePeriod.endsBefore;
    return [
      {
        key: keyOf(bound.id, fullPeriod, servicePeriod, kind === "minimum" ? "true_up" : "cap"),
        kind,
        bound,
        fullPeriod,
        servicePeriod,
        dueOn,
        isInWindow: isDueIn(window, dueOn),
      },
    ];
  });
}

/** A bound over its term has one full period: its own days. */
function boundFullPeriods({ cadence, startsOn, endsBefore }: SpendBound, periodsOf: FullPeriodsOf): readonly Period[] {
  if (cadence !== "term") return periodsOf(cadence);
  return startsOn === null || endsBefore === null ? [] : [{ startsOn, endsBefore }];
}

/** A one-time charge serves the first day of its phase. */
function chargePeriods({ charge: { cadence }, startsOn }: ChargeRun, periodsOf: FullPeriodsOf): readonly Period[] {
  return isRecurring(cadence) ? periodsOf(cadence) : [{ startsOn, endsBefore: addDays(startsOn, 1) }];
}

type ToPlan = {
  readonly run: ChargeRun;
  readonly fullPeriod: Period;
  readonly window: BillingWindow;
  readonly keyOf: typeof keyOf;
};

function planCharge(contract: Contract, planned: ToPlan): Segment[] {
  const { run, fullPeriod } = planned;
  const { charge } = run;
  const inTerm = clip(fullPeriod, contract);
  const ratedPeriod = inTerm && clip(inTerm, run);
  if (ratedPeriod === null) return [];

  if (charge.timing === "in_arrears") {
    return [segmentOf(planned, "charge", { ratedPeriod, servicePeriod: ratedPeriod, dueOn: ratedPeriod.endsBefore })];
  }
  const inAdvance = segmentOf(planned, "charge", {
    ratedPeriod,
    servicePeriod: ratedPeriod,
    dueOn: ratedPeriod.startsOn,
  });
  if (charge.price.model !== "seat") return [inAdvance];
  const { overageCadence } = charge.price;
  // All of them, whatever the window: they share one running total, and their limits come with the last.
  const overages = overageCadence
    ? fullPeriods(overageCadence, contract, { from: ratedPeriod.startsOn, through: lastDayOf(ratedPeriod) }).flatMap(
        (period) => intersect(period, ratedPeriod) ?? [],
      )
    : [ratedPeriod];
  return [
    inAdvance,
    ...overages.map((servicePeriod) =>
      segmentOf(planned, "overage", { ratedPeriod, servicePeriod, dueOn: servicePeriod.endsBefore }),
    ),
  ];
}

function segmentOf(
  { run: { charge, phaseId }, fullPeriod, window, keyOf }: ToPlan,
  role: Segment["role"],
  { ratedPeriod, servicePeriod, dueOn }: Pick<Segment, "ratedPeriod" | "servicePeriod" | "dueOn">,
): Segment {
  return {
    key: keyOf(charge.lineageId, fullPeriod, servicePeriod, role),
    role,
    phaseId,
    charge,
    fullPeriod,
    servicePeriod,
    ratedPeriod,
    dueOn,
    isInWindow: isDueIn(window, dueOn),
  };
}

const isDueIn = ({ from, through }: BillingWindow, dueOn: PlainDate): boolean => from <= dueOn && dueOn <= through;

/**
 * What falls due in the window, and whatever is rounded in one running total with it, compared by a bound that falls
 * due, or shares a discount with it; until nothing is added any more.
 */
function selectNeeded(contract: Contract, { segments, boundPeriods }: Planned, window: BillingWindow): Planned {
  const isDue = (segment: Segment) => segment.isInWindow || mayBeLimitedIn(window, segment);
  if (segments.every(isDue) && boundPeriods.every(({ isInWindow }) => isInWindow)) return { segments, boundPeriods };
  const needed = new Set(segments.filter(isDue));
  const bounds = new Set(boundPeriods.filter(({ isInWindow }) => isInWindow));
  const cellsOf = cellNames(contract);
  for (let size = -1; size !== needed.size + bounds.size; ) {
    size = needed.size + bounds.size;
    const groups = new Set([...needed].map(groupKeyOf));
    const cells = new Set([...needed, ...bounds].flatMap(cellsOf));
    const sharesCell = (item: Segment | BoundPeriod) => cells.size > 0 && cellsOf(item).some((cell) => cells.has(cell));
    for (const segment of segments) {
      if (needed.has(segment)) continue;
      if (groups.has(groupKeyOf(segment)) || isComparedBy(bounds, segment) || sharesCell(segment)) needed.add(segment);
    }
    for (const period of boundPeriods) if (!bounds.has(period) && sharesCell(period)) bounds.add(period);
    for (const period of boundPeriods) {
      if (!bounds.has(period) && period.kind === "minimum" && isCappedBy(bounds, period)) bounds.add(period);
    }
  }
  return {
    segments: segments.filter((segment) => needed.has(segment)),
    boundPeriods: boundPeriods.filter((period) => bounds.has(period)),
  };
}

/** A price's own minimum and maximum fall due with the last day served, also where the charge was due on the first. */
const mayBeLimitedIn = (window: BillingWindow, { charge: { price }, servicePeriod }: Segment): boolean =>
  Boolean(price.minimum || price.maximum) && isDueIn(window, servicePeriod.endsBefore);

const isComparedBy = (bounds: ReadonlySet<BoundPeriod>, { charge, servicePeriod }: Segment): boolean =>
  [...bounds].some(
    ({ bound, servicePeriod: compared }) => isCovered(bound, charge.lineageId) && overlaps(compared, servicePeriod),
  );

const isCappedBy = (bounds: ReadonlySet<BoundPeriod>, minimum: BoundPeriod): boolean =>
  [...bounds].some((bound) => bound.kind === "maximum" && isCountedBy(minimum, bound));

/** The earliest day whose service the needed ones are compared or discounted with. */
function earliestNeeded(contract: Contract, { segments, boundPeriods }: Planned): PlainDate | null {
  const shared = firstDayShared(contract, [...segments, ...boundPeriods]);
  const days = boundPeriods.map(({ servicePeriod }) => servicePeriod.startsOn).concat(shared ?? []);
  return days.length === 0 ? null : days.reduce(earlierOf);
}

function usageWantedBy(segments: readonly Segment[]): UsageWanted[] {
  const wanted = new Map<string, UsageWanted>();
  for (const { charge, servicePeriod } of segments) {
    const { metricId, price } = charge;
    if (metricId === null) continue;
    const key = `${metricId}|${periodKey(servicePeriod)}`;
    const before = wanted.get(key);
    wanted.set(key, {
      metricId,
      period: servicePeriod,
      isByEvent: usageAsked(price) === "event_amounts" || (before?.isByEvent ?? false),
      isGrouped: usageAsked(price) === "groups" || (before?.isGrouped ?? false),
    });
  }
  return [...wanted.values()];
}

function seatsWantedBy(segments: readonly Segment[]): SeatsWanted[] {
  return segments
    .filter(({ charge, role }) => charge.price.model === "seat" && role === "charge")
    .map(({ charge, servicePeriod }) => ({
      lineageId: charge.lineageId,
      productId: charge.productId,
      period: servicePeriod,
    }));
}
