import {
  CreateUsageMetricSuccessResolver,
  UnattributedMetricResolver,
  UsageEventResolver,
  UsageMetricResolver,
} from "./usage.resolver";

export const resolvers = [
  UsageMetricResolver,
  CreateUsageMetricSuccessResolver,
  UsageEventResolver,
  UnattributedMetricResolver,
] as const;
