import { Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import type { ContractDiscount } from "../../domain/contract/contract";
import type { CurrencyCode } from "../../domain/money/currency";
import { MoneyType, PlainDateScalar, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { askFor, PriceType, ProductType, pricesById, productsById } from "../catalog";
import type { BillingSchedule, Charge, Phase, SpendBound } from "./contract";
import { BillingScheduleType } from "./contract.types";
import { boundsOf, chargesOf, phasesOf, revisionOf } from "./read-contracts";
import {
  BoundCadenceEnum,
  ChargeType,
  ContractDiscountType,
  DiscountType,
  PhaseType,
  SpendBoundType,
} from "./terms.types";

@Resolver(() => BillingScheduleType)
export class BillingScheduleResolver {
  @FieldResolver(() => PlainDateScalar, { description: "The first day of the term." })
  async startsOn(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return (await revisionOf(context, schedule)).startsOn;
  }

  @FieldResolver(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last of the term; null: until further notice.",
  })
  async endsBefore(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return (await revisionOf(context, schedule)).endsBefore;
  }

  @FieldResolver(() => [PhaseType], { description: "In order, without gaps over the term." })
  phases(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return phasesOf(context, schedule);
  }

  @FieldResolver(() => [SpendBoundType], { description: "What is billed at the least." })
  minimums(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return boundsOf(context, schedule, "minimum");
  }

  @FieldResolver(() => [SpendBoundType], { description: "What is billed at the most." })
  maximums(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    return boundsOf(context, schedule, "maximum");
  }

  @FieldResolver(() => [ContractDiscountType], {
    description: "Over several charges, after the charges' own; in the order in which they are taken.",
  })
  async discounts(@Root() schedule: BillingSchedule, @Ctx() context: RequestContext) {
    const { discounts, currency } = await revisionOf(context, schedule);
    return discounts.map((discount) => discountOf(discount, currency));
  }
}

function discountOf(discount: ContractDiscount, code: CurrencyCode) {
  const { scope } = discount;
  const cadence = discount.kind === "fixed" ? askFor(discount.cadence) : null;
  return {
    ...discount,
    scope: {
      kind: scope.kind,
      lineageIds: scope.kind === "group" ? scope.lineageIds : null,
      boundId: scope.kind === "commitment" ? scope.boundId : null,
    },
    percent: discount.kind === "percent" ? discount.percent : null,
    amount: discount.kind === "fixed" ? toMoney(discount.amount, code) : null,
    cadence: cadence?.cadence ?? null,
    cadenceMonths: cadence?.months ?? null,
  };
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

@Resolver(() => SpendBoundType)
export class SpendBoundResolver {
  @FieldResolver(() => MoneyType, { description: "Per full period." })
  amount(@Root() { amount, currency }: SpendBound) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => BoundCadenceEnum, { description: "The period over which charges are compared with it." })
  cadence(@Root() { cadence }: SpendBound) {
    return cadence === "term" ? cadence : askFor(cadence).cadence;
  }

  @FieldResolver(() => Int, { nullable: true, description: "With the cadence CUSTOM." })
  cadenceMonths(@Root() { cadence }: SpendBound) {
    return cadence === "term" ? null : askFor(cadence).months;
  }

  @FieldResolver(() => [ID], {
    nullable: true,
    description: "The price lineages that count towards it; null: all of the contract.",
  })
  lineageIds(@Root() { lineageIds }: SpendBound) {
    return lineageIds === "all" ? null : lineageIds;
  }

  @FieldResolver(() => ProductType, { description: "Under which a true-up, or what is taken back, is billed." })
  product(@Root() { productId }: SpendBound, @Ctx() context: RequestContext) {
    return context.mustLoad(productsById, productId);
  }
}
