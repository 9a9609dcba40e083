import { overlaps, type Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { Charge, SpendBound } from "../contract/contract";

/**
 * One price over one unbroken piece of service: charge × full period ∩ phase ∩ term. A seat price in advance has two:
 * `charge` bills the seats of the first day, `overage` the difference that the days brought.
 */
export type Segment = {
  readonly key: string;
  readonly role: "charge" | "overage";
  readonly phaseId: string;
  readonly charge: Charge;
  readonly fullPeriod: Period;
  readonly servicePeriod: Period;
  /** Whose price this is a part of: of an overage the service that was billed in advance, else the service period. */
  readonly ratedPeriod: Period;
  readonly dueOn: PlainDate;
  /** False for a segment that is planned only because others are compared, rounded or discounted together with it. */
  readonly isInWindow: boolean;
};

export type BoundKind = "minimum" | "maximum";

/** One period of a minimum or maximum over several charges. */
export type BoundPeriod = {
  readonly key: string;
  readonly kind: BoundKind;
  readonly bound: SpendBound;
  readonly fullPeriod: Period;
  readonly servicePeriod: Period;
  readonly dueOn: PlainDate;
  readonly isInWindow: boolean;
};

/** Usage that a segment needs: the metric's quantity over exactly this period. */
export type UsageWanted = {
  readonly metricId: string;
  readonly period: Period;
  /** True where the price looks at single events: the answer has to carry `eventAmounts`. */
  readonly isByEvent: boolean;
  /** True where the price has dimensions: the answer has to carry `groups`. */
  readonly isGrouped: boolean;
};

/** Seat changes that a segment needs, from the first day of the period (with the seats before it) to its last. */
export type SeatsWanted = { readonly lineageId: string; readonly productId: string; readonly period: Period };

/** Due days, both included. */
export type BillingWindow = { readonly from: PlainDate; readonly through: PlainDate };

export type SegmentPlan = {
  readonly window: BillingWindow;
  readonly segments: readonly Segment[];
  readonly boundPeriods: readonly BoundPeriod[];
  /** Falls due after the window: tells which service is still to be billed, rated or not. */
  readonly laterSegments: readonly Segment[];
  readonly usageWanted: readonly UsageWanted[];
  readonly seatsWanted: readonly SeatsWanted[];
};

/** subject | full period | service period | kind: the same on every recalculation. */
export function keyOf(subject: string, fullPeriod: Period, servicePeriod: Period, kind: string): string {
  return `${subject}${periodsInKey(fullPeriod, servicePeriod)}${kind}`;
}

const periodsInKey = (fullPeriod: Period, servicePeriod: Period): string =>
  `|${periodKey(fullPeriod)}|${periodKey(servicePeriod)}|`;

/** The same keys for a long plan, whose charges share their whole periods: these are written once. */
export function rememberKeys(): typeof keyOf {
  const whole = new Map<Period, string>();
  return (subject, fullPeriod, servicePeriod, kind) => {
    if (servicePeriod !== fullPeriod) return keyOf(subject, fullPeriod, servicePeriod, kind);
    const periods = whole.get(fullPeriod) ?? periodsInKey(fullPeriod, servicePeriod);
    whole.set(fullPeriod, periods);
    return `${subject}${periods}${kind}`;
  };
}

export const periodKey = ({ startsOn, endsBefore }: Period): string => `${startsOn}/${endsBefore}`;

/** Segments that are rounded together: one price lineage in one full period. */
export const groupKeyOf = ({ charge, fullPeriod }: Segment): string => `${charge.lineageId}|${periodKey(fullPeriod)}`;

export function isCovered({ lineageIds }: SpendBound, lineageId: string): boolean {
  return lineageIds === "all" || lineageIds.includes(lineageId);
}

/** The same for the many lines of a long contract. */
export function coverageOf({ lineageIds }: Pick<SpendBound, "lineageIds">): (lineageId: string) => boolean {
  if (lineageIds === "all") return () => true;
  const covered = new Set(lineageIds);
  return (lineageId) => covered.has(lineageId);
}

/** True where a maximum counts the true-up of a minimum: it covers all of its charges, and is not due before it. */
export function isCountedBy(minimum: BoundPeriod, maximum: BoundPeriod): boolean {
  const { lineageIds } = minimum.bound;
  if (!overlaps(minimum.servicePeriod, maximum.servicePeriod) || minimum.dueOn > maximum.dueOn) return false;
  if (lineageIds === "all") return maximum.bound.lineageIds === "all";
  return lineageIds.every((lineageId) => isCovered(maximum.bound, lineageId));
}

const ADJUSTMENT = "|adjustment";

export const adjustmentKeyOf = (originalKey: string): string => `${originalKey}${ADJUSTMENT}`;

/** The key of the line that an adjustment corrects; any other line's own key. */
export const originalKeyOf = (key: string): string =>
  key.endsWith(ADJUSTMENT) ? key.slice(0, -ADJUSTMENT.length) : key;

/** What stays when periods change: subject and kind of the original line. */
export function familyOf(key: string): string {
  const parts = originalKeyOf(key).split("|");
  return `${parts[0]}|${parts.at(-1)}`;
}
