export type { UsageMetric } from "./metric";
export { listMetrics, metricsById } from "./metric.store";
export { unattributedUsage } from "./read-usage";
export type { UnattributedAlias, UnattributedMetric, UnattributedUsage } from "./unattributed-usage";
export { UnattributedMetricType, UnattributedUsageType, UsageMetricType } from "./usage.types";
export { type UsageAsked, usageSums } from "./usage-day.store";
export { usageReadings } from "./usage-readings";
