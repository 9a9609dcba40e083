import type { Period } from "../calendar/period";
import type { Decimal } from "../money/decimal";
import type { UsageGroup } from "../pricing/rate-matrix";
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
  /** By the properties that the metric groups by; adds up to the quantity. Needed where the price has dimensions. */
  readonly groups?: readonly UsageGroup[];
  /** Whose usage makes the quantity, where more than one customer's does. */
  readonly breakdown?: readonly UsageShare[];
};

/** What one customer of a group of companies adds to a quantity. */
export type UsageShare = { readonly customerId: string; readonly name: string; readonly quantity: Decimal };

/** The answer to one SeatsWanted. Without one, the contracted seats count. */
export type SeatReading = SeatHistory & { readonly lineageId: string; readonly period: Period };

export type Readings = { readonly usage: readonly UsageReading[]; readonly seats: readonly SeatReading[] };
