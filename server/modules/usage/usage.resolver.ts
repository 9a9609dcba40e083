import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { toUnion } from "../../platform/graphql/errors";
import { DecimalScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { createUsageMetric } from "./create-usage-metric";
import { metricOf, readMetrics, readUnattributedUsage } from "./read-usage";
import type { UnattributedMetric } from "./unattributed-usage";
import { CreateUsageMetricInput } from "./usage.inputs";
import {
  CreateUsageMetricResult,
  CreateUsageMetricSuccess,
  UnattributedMetricType,
  UnattributedUsageType,
  UsageMetricType,
} from "./usage.types";

@Resolver(() => UsageMetricType)
export class UsageMetricResolver {
  @Query(() => [UsageMetricType], { description: "By code." })
  usageMetrics(@Ctx() context: RequestContext) {
    return readMetrics(context);
  }

  @Mutation(() => CreateUsageMetricResult, {
    description: "Adds a usage metric, which also counts events that were recorded before it.",
  })
  async createUsageMetric(
    @Arg("input", () => CreateUsageMetricInput) input: CreateUsageMetricInput,
    @Ctx() context: RequestContext,
  ) {
    const metric = { ...input, property: input.property ?? null };
    return toUnion("CreateUsageMetricSuccess", await createUsageMetric(context, metric));
  }
}

@Resolver(() => CreateUsageMetricSuccess)
export class CreateUsageMetricSuccessResolver {
  @FieldResolver(() => UsageMetricType, { description: "As it was added." })
  usageMetric(@Root() success: CreateUsageMetricSuccess, @Ctx() context: RequestContext) {
    return metricOf(context, success);
  }
}

@Resolver()
export class UnattributedUsageResolver {
  @Query(() => UnattributedUsageType, { description: "Usage of a month that came under aliases of nobody." })
  unattributedUsage(@Arg("month", () => PlainMonthScalar) month: PlainMonth, @Ctx() context: RequestContext) {
    return readUnattributedUsage(context, month);
  }
}

@Resolver(() => UnattributedMetricType)
export class UnattributedMetricResolver {
  @FieldResolver(() => String, { description: "The code of the usage metric." })
  metric(@Root() { metric }: UnattributedMetric) {
    return metric.code;
  }

  @FieldResolver(() => DecimalScalar, { description: "Of such days, by the aggregation of the metric." })
  quantity(@Root() { quantity }: UnattributedMetric) {
    return quantity;
  }
}
