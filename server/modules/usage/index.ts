export type { UsageMetric } from "./metric";
export { listMetrics, metricsById } from "./metric.store";
export { unattributedUsage } from "./read-usage";
export type { UnattributedAlias, UnattributedMetric, UnattributedUsage } from "./unattributed-usage";
export { UnattributedMetricType, UnattributedUsageType, UsageMetricType } from "./usage.types";
export { type DayOfUsage, usageByDay } from "./usage-by-day.store";
export { type UsageOfCustomers, usageReadings, usageSums } from "./usage-readings";
