import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Money } from "../../domain/money/money";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import {
  type UnattributedMetric,
  UnattributedMetricType,
  type UnattributedUsage,
  UnattributedUsageType,
} from "../usage";
import { estimatedTotals } from "./estimate-unattributed";
import { estimateOf } from "./read-catalog";

const shown = ({ amount, currency }: Money) => toMoney(amount, currency.code);

@Resolver(() => UnattributedMetricType)
export class UnattributedMetricValueResolver {
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      "An estimate in the organization's base currency: the month's quantity rated at the price that most active contracts bill this metric with, included units and fees as if it were a customer's own. null: no active contract bills it in that currency, or the price needs single events.",
  })
  async estimatedValue(@Root() used: UnattributedMetric, @Ctx() context: RequestContext) {
    const value = await estimateOf(context, used);
    return value && shown(value);
  }
}

@Resolver(() => UnattributedUsageType)
export class UnattributedUsageValueResolver {
  @FieldResolver(() => [MoneyType], {
    description: "The sum of the estimates by currency; empty where nothing could be estimated.",
  })
  async totalEstimated(@Root() usage: UnattributedUsage) {
    return (await estimatedTotals(usage)).map(shown);
  }
}
