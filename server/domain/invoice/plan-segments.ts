import { fullPeriods, isRecurring, type RecurringCadence } from "../calendar/cadence";
import { clip, overlaps, type Period } from "../calendar/period";
import { addDays, earlierOf, type PlainDate } from "../calendar/plain-date";
import type { Charge, Contract, Phase } from "../contract/contract";
import { needsEventAmounts } from "../pricing/rate-percentage";
import {
  groupKeyOf,
  isCovered,
  keyOf,
  type MinimumPeriod,
  periodKey,
  type SeatsWanted,
  type Segment,
  type SegmentPlan,
  type UsageWanted,
} from "./segment";

/** Due days, both included. */
export type BillingWindow = { readonly from: PlainDate; readonly through: PlainDate };

/**
 * What a contract bills in a window of due days, and the usage and seats it takes to rate it: so that the shell fetches
 * the readings of many contracts at once. Segments outside the window are planned where those inside are rounded
 * together or compared with them. The contract has passed checkContract.
 */
export function planSegments(contract: Contract, window: BillingWindow): SegmentPlan {
  const periodsOf = rememberFullPeriods(contract);
  const minimumPeriods = planMinimums(contract, window, periodsOf);
  const from = minimumPeriods.reduce(
    (start, { servicePeriod }) => earlierOf(start, servicePeriod.startsOn),
    window.from,
  );

  const candidates = contract.phases.flatMap((phase) =>
    phase.charges.flatMap((charge) =>
      chargePeriods(charge, phase, (cadence) => periodsOf(cadence, { from, through: window.through })).flatMap(
        (fullPeriod) => planCharge(contract, phase, charge, fullPeriod, window),
      ),
    ),
  );
  const isNeeded = (segment: Segment) =>
    segment.isInWindow ||
    minimumPeriods.some(
      ({ minimum, servicePeriod }) =>
        isCovered(minimum, segment.charge.lineageId) && overlaps(servicePeriod, segment.servicePeriod),
    );
  const groupsNeeded = new Set(candidates.filter(isNeeded).map(groupKeyOf));
  const segments = candidates.filter((segment) => groupsNeeded.has(groupKeyOf(segment)));
  return {
    segments,
    minimumPeriods,
    laterSegments: candidates.filter(({ dueOn }) => dueOn > window.through),
    usageWanted: usageWantedBy(segments),
    seatsWanted: seatsWantedBy(segments),
  };
}

type FullPeriodsOf = (cadence: RecurringCadence, window: BillingWindow) => readonly Period[];

/** Charges of one cadence share their full periods. */
function rememberFullPeriods(contract: Contract): FullPeriodsOf {
  const known = new Map<string, readonly Period[]>();
  return (cadence, window) => {
    const key = `${cadence} ${window.from} ${window.through}`;
    const periods = known.get(key) ?? fullPeriods(cadence, contract, window);
    known.set(key, periods);
    return periods;
  };
}

function planMinimums(contract: Contract, window: BillingWindow, periodsOf: FullPeriodsOf): MinimumPeriod[] {
  return contract.minimums.flatMap((minimum) =>
    periodsOf(minimum.cadence, window).flatMap((fullPeriod) => {
      const servicePeriod = clip(fullPeriod, contract);
      if (servicePeriod === null || !isDueIn(window, servicePeriod.endsBefore)) return [];
      const key = keyOf(minimum.id, fullPeriod, servicePeriod, "true_up");
      return [{ key, minimum, fullPeriod, servicePeriod, dueOn: servicePeriod.endsBefore }];
    }),
  );
}

/** A one-time charge serves the first day of its phase. */
function chargePeriods(
  { cadence }: Charge,
  { startsOn }: Phase,
  periodsOf: (cadence: RecurringCadence) => readonly Period[],
): readonly Period[] {
  return isRecurring(cadence) ? periodsOf(cadence) : [{ startsOn, endsBefore: addDays(startsOn, 1) }];
}

function planCharge(
  contract: Contract,
  phase: Phase,
  charge: Charge,
  fullPeriod: Period,
  window: BillingWindow,
): Segment[] {
  const inTerm = clip(fullPeriod, contract);
  const servicePeriod = inTerm && clip(inTerm, phase);
  if (servicePeriod === null) return [];

  const segment = (role: Segment["role"], dueOn: PlainDate): Segment => ({
    key: keyOf(charge.lineageId, fullPeriod, servicePeriod, role),
    role,
    phaseId: phase.id,
    charge,
    fullPeriod,
    servicePeriod,
    dueOn,
    isInWindow: isDueIn(window, dueOn),
  });
  if (charge.timing === "in_arrears") return [segment("charge", servicePeriod.endsBefore)];
  const inAdvance = segment("charge", servicePeriod.startsOn);
  return charge.price.model === "seat" ? [inAdvance, segment("overage", servicePeriod.endsBefore)] : [inAdvance];
}

const isDueIn = ({ from, through }: BillingWindow, dueOn: PlainDate): boolean => from <= dueOn && dueOn <= through;

function usageWantedBy(segments: readonly Segment[]): UsageWanted[] {
  const wanted = new Map<string, UsageWanted>();
  for (const { charge, servicePeriod } of segments) {
    const { metricId, price } = charge;
    if (metricId === null) continue;
    const key = `${metricId}|${periodKey(servicePeriod)}`;
    const isByEvent = price.model === "percentage" && needsEventAmounts(price);
    wanted.set(key, { metricId, period: servicePeriod, isByEvent: isByEvent || (wanted.get(key)?.isByEvent ?? false) });
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
