import type { Period } from "../calendar/period";
import type { Decimal } from "../money/decimal";
import type { EventAmounts } from "../pricing/rate-percentage";
import type { SeatHistory } from "../pricing/seats";

/** The answer to one UsageWanted: same metric and period. Nothing used is a reading of zero, not a missing reading. */
export type UsageReading = {
  readonly metricId: string;
  readonly period: Period;
  readonly quantity: Decimal;
  readonly events: Decimal;
  /** In order of occurrence; needed where the price looks at single events. */
  readonly eventAmounts?: EventAmounts;
};

/** The answer to one SeatsWanted. Without one, the contracted seats count. */
export type SeatReading = SeatHistory & { readonly lineageId: string; readonly period: Period };

export type Readings = { readonly usage: readonly UsageReading[]; readonly seats: readonly SeatReading[] };
