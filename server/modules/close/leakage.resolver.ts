import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { DecimalScalar, MoneyType, PlainMonthScalar, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { ContractType, contractsById } from "../contract";
import { CustomerType, customersById } from "../customer";
import { metricsById, UsageMetricType } from "../usage";
import type { PastDiscount, TermEnding, UnbilledUsage } from "./leakage";
import { LeakageReportType, PastDiscountType, TermEndingType, UnbilledUsageType } from "./leakage.types";
import { readLeakage } from "./read-leakage";

@Resolver(() => LeakageReportType)
export class LeakageReportResolver {
  @Query(() => LeakageReportType, {
    description: "Usage without a contract that bills it, discounts that outlived their term, and terms that end soon.",
  })
  leakageReport(@Arg("month", () => PlainMonthScalar) month: PlainMonth, @Ctx() context: RequestContext) {
    return readLeakage(context, month);
  }
}

@Resolver(() => UnbilledUsageType)
export class UnbilledUsageResolver {
  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: UnbilledUsage, @Ctx() context: RequestContext) {
    return context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => UsageMetricType)
  metric(@Root() { metricId }: UnbilledUsage, @Ctx() context: RequestContext) {
    return context.mustLoad(metricsById, metricId);
  }

  @FieldResolver(() => DecimalScalar, { nullable: true, description: "null: it takes single events to measure it." })
  quantity(@Root() { quantity }: UnbilledUsage) {
    return quantity;
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: "In the base currency, at the price that most contracts bill the metric with; null: no estimate.",
  })
  estimatedValue(@Root() { estimatedValue }: UnbilledUsage) {
    return estimatedValue && toMoney(estimatedValue.amount, estimatedValue.currency.code);
  }
}

@Resolver(() => PastDiscountType)
export class PastDiscountResolver {
  @FieldResolver(() => ContractType)
  contract(@Root() { contractId }: PastDiscount, @Ctx() context: RequestContext) {
    return context.mustLoad(contractsById, contractId);
  }
}

@Resolver(() => TermEndingType)
export class TermEndingResolver {
  @FieldResolver(() => ContractType)
  contract(@Root() { contractId }: TermEnding, @Ctx() context: RequestContext) {
    return context.mustLoad(contractsById, contractId);
  }
}
