import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { PageArgs } from "../../platform/graphql/paging";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { type Contract, ContractType, contractsById } from "../contract";
import { withLastDay } from "./invoice.resolver";
import { ServicePeriod } from "./invoice.types";
import type { LateAdjustment, LateAdjustmentState } from "./late-adjustment";
import { LateAdjustmentConnection, LateAdjustmentStateEnum, LateAdjustmentType } from "./late-adjustment.types";
import { lateAdjustmentsOf, readLateAdjustments } from "./read-late-adjustments";

@Resolver(() => LateAdjustmentType)
export class LateAdjustmentResolver {
  @Query(() => LateAdjustmentConnection, {
    description:
      "What came too late for the invoice of its period and is on no draft: adjustments that wait for the next invoice, and usage that is left as agreed. What was noticed last comes first.",
  })
  lateAdjustments(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("state", () => LateAdjustmentStateEnum, { nullable: true }) state: LateAdjustmentState | null,
    @Arg("contractId", () => ID, { nullable: true }) contractId: string | null,
    @Arg("customerId", () => ID, { nullable: true }) customerId: string | null,
    @Ctx() context: RequestContext,
  ) {
    return readLateAdjustments(context, args, {
      state: state ?? null,
      contractId: contractId ?? null,
      customerId: customerId ?? null,
    });
  }

  @FieldResolver(() => ContractType)
  contract(@Root() { contractId }: LateAdjustment, @Ctx() context: RequestContext) {
    return context.mustLoad(contractsById, contractId);
  }

  @FieldResolver(() => ServicePeriod, { description: "The days that were billed before it was known." })
  servicePeriod(@Root() { serviceStartsOn, serviceEndsBefore }: LateAdjustment) {
    return withLastDay({ startsOn: serviceStartsOn, endsBefore: serviceEndsBefore });
  }

  @FieldResolver(() => MoneyType, { description: "Before tax; with it where prices include it." })
  amount(@Root() { amount, currency }: LateAdjustment) {
    return toMoney(amount, currency);
  }
}

@Resolver(() => ContractType)
export class LateAdjustmentsOfContractResolver {
  @FieldResolver(() => [LateAdjustmentType], {
    description: "What came too late for the invoice of its period and is on no draft; what was noticed last first.",
  })
  lateAdjustments(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return lateAdjustmentsOf(context, contract);
  }
}
