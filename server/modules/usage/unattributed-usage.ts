import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import type { GroupQuantity } from "../../domain/usage/group-key";
import type { UsageMetric } from "./metric";

/** What came under an alias on days on which it was nobody's. */
export type UnattributedAlias = {
  readonly alias: string;
  readonly firstOn: PlainDate;
  readonly lastOn: PlainDate;
  readonly eventCount: number;
  readonly metrics: readonly UnattributedMetric[];
  readonly similarAliases: readonly string[];
};

/** Measured for each alias by itself. */
export type UnattributedMetric = {
  readonly metric: UsageMetric;
  readonly quantity: Decimal;
  readonly events: Decimal;
  /** by what the metric groups by; each group measured by itself */
  readonly groups: readonly GroupQuantity[];
};

export type UnattributedUsage = { readonly rows: readonly UnattributedAlias[] };
