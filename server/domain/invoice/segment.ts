import type { Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { Charge, MinimumCommitment } from "../contract/contract";

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
  readonly dueOn: PlainDate;
  /** False for a segment that is planned only because others are compared or rounded together with it. */
  readonly isInWindow: boolean;
};

/** One period of a minimum commitment that falls due in the window. */
export type MinimumPeriod = {
  readonly key: string;
  readonly minimum: MinimumCommitment;
  readonly fullPeriod: Period;
  readonly servicePeriod: Period;
  readonly dueOn: PlainDate;
};

/** Usage that a segment needs: the metric's quantity over exactly this period. */
export type UsageWanted = {
  readonly metricId: string;
  readonly period: Period;
  /** True where the price looks at single events: the answer has to carry `eventAmounts`. */
  readonly isByEvent: boolean;
};

/** Seat changes that a segment needs, from the first day of the period (with the seats before it) to its last. */
export type SeatsWanted = { readonly lineageId: string; readonly productId: string; readonly period: Period };

export type SegmentPlan = {
  readonly segments: readonly Segment[];
  readonly minimumPeriods: readonly MinimumPeriod[];
  /** Falls due after the window: tells which service is still to be billed, rated or not. */
  readonly laterSegments: readonly Segment[];
  readonly usageWanted: readonly UsageWanted[];
  readonly seatsWanted: readonly SeatsWanted[];
};

/** subject | full period | service period | kind: the same on every recalculation. */
export function keyOf(subject: string, fullPeriod: Period, servicePeriod: Period, kind: string): string {
  return [subject, periodKey(fullPeriod), periodKey(servicePeriod), kind].join("|");
}

export const periodKey = ({ startsOn, endsBefore }: Period): string => `${startsOn}/${endsBefore}`;

/** Segments that are rounded together: one price lineage in one full period. */
export const groupKeyOf = ({ charge, fullPeriod }: Segment): string => `${charge.lineageId}|${periodKey(fullPeriod)}`;

export function isCovered({ lineageIds }: MinimumCommitment, lineageId: string): boolean {
  return lineageIds === "all" || lineageIds.includes(lineageId);
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
