import { Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { PriceType, ProductType, pricesById, productsById } from "../catalog";
import type { BillingSchedule, Charge, MinimumCommitment, Phase } from "./contract";
import { BillingScheduleType, ChargeType, DiscountType, MinimumCommitmentType, PhaseType } from "./contract.types";
import { chargesOf, minimumsOf, phasesOf } from "./read-contracts";

@Resolver(() => BillingScheduleType)
export class BillingScheduleResolver {
  @FieldResolver(() => [PhaseType], { description: "In order, without gaps over the term." })
  phases(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return phasesOf(context, schedule);
  }

  @FieldResolver(() => [MinimumCommitmentType], { description: "What is billed at the least." })
  minimums(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return minimumsOf(context, schedule);
  }
}

@Resolver(() => PhaseType)
export class PhaseResolver {
  @FieldResolver(() => [ChargeType], { description: "In the order of the invoice; none while nothing is billed." })
  charges(@Root() phase: Phase, @Ctx() context: RequestContext) {
    return chargesOf(context, phase);
  }
}

@Resolver(() => ChargeType)
export class ChargeResolver {
  @FieldResolver(() => PriceType, { description: "The version that this phase bills." })
  price(@Root() { priceId }: Charge, @Ctx() context: RequestContext) {
    return context.mustLoad(pricesById, priceId);
  }

  @FieldResolver(() => ProductType, { description: "The product of the price." })
  product(@Root() { productId }: Charge, @Ctx() context: RequestContext) {
    return context.mustLoad(productsById, productId);
  }

  @FieldResolver(() => [DiscountType], { description: "In the order in which they are taken." })
  discounts(@Root() { discounts, currency }: Charge) {
    return discounts.map((discount) => ({
      ...discount,
      percent: discount.kind === "percent" ? discount.percent : null,
      amount: discount.kind === "fixed" ? toMoney(discount.amount, currency) : null,
    }));
  }
}

@Resolver(() => MinimumCommitmentType)
export class MinimumCommitmentResolver {
  @FieldResolver(() => MoneyType, { description: "Per full period." })
  amount(@Root() { amount, currency }: MinimumCommitment) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => [ID], {
    nullable: true,
    description: "The price lineages that count towards it; null: all of the contract.",
  })
  lineageIds(@Root() { lineageIds }: MinimumCommitment) {
    return lineageIds === "all" ? null : lineageIds;
  }

  @FieldResolver(() => ProductType, { description: "Under which the true-up is billed." })
  product(@Root() { productId }: MinimumCommitment, @Ctx() context: RequestContext) {
    return context.mustLoad(productsById, productId);
  }
}
