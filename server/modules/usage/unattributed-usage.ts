import type { PlainDate } from "../../domain/calendar/plain-date";
import type { UsageSums } from "../../domain/usage/aggregate";
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

export type UnattributedMetric = { readonly metric: UsageMetric; readonly sums: UsageSums };

export type UnattributedUsage = { readonly rows: readonly UnattributedAlias[] };
