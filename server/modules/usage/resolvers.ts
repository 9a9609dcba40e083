import {
  CreateUsageMetricSuccessResolver,
  UnattributedMetricResolver,
  UnattributedUsageResolver,
  UsageMetricResolver,
} from "./usage.resolver";
import { UsageEventResolver } from "./usage-event.resolver";

export const resolvers = [
  UsageMetricResolver,
  CreateUsageMetricSuccessResolver,
  UsageEventResolver,
  UnattributedUsageResolver,
  UnattributedMetricResolver,
] as const;
