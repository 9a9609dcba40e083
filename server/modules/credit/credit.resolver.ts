import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { ProductType } from "../catalog";
import { type Customer, CustomerType } from "../customer";
import type { CreditEntry, CreditGrant } from "./credit";
import { GrantCreditsInput, VoidCreditGrantInput } from "./credit.inputs";
import {
  CreditEntryType,
  CreditGrantType,
  CreditRolloverType,
  GrantCreditsResult,
  GrantCreditsSuccess,
  VoidCreditGrantResult,
  VoidCreditGrantSuccess,
} from "./credit.types";
import { grantCredits } from "./grant-credits";
import { creditGrantOf, creditGrantsOf, customerOf, entriesOf, findCreditGrant, productsOf } from "./read-credits";
import { voidCreditGrant } from "./void-credit-grant";

@Resolver(() => CreditGrantType)
export class CreditGrantResolver {
  @Query(() => CreditGrantType, { nullable: true, description: "null: there is none in this organization." })
  creditGrant(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findCreditGrant(context, id);
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() grant: CreditGrant, @Ctx() context: RequestContext) {
    return customerOf(context, grant);
  }

  @FieldResolver(() => MoneyType, { description: "What was granted." })
  amount(@Root() { amount, currency }: CreditGrant) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => MoneyType, { description: "The sum of the entries: what is left of it." })
  balance(@Root() { balance, currency }: CreditGrant) {
    return toMoney(balance, currency);
  }

  @FieldResolver(() => MoneyType, { description: "What will be left when all drafts are issued as they are now." })
  projectedBalance(@Root() { projectedBalance, currency }: CreditGrant) {
    return toMoney(projectedBalance, currency);
  }

  @FieldResolver(() => [ProductType], { nullable: true, description: "What it may pay for; null: everything." })
  products(@Root() grant: CreditGrant, @Ctx() context: RequestContext) {
    return grant.productIds.length === 0 ? null : productsOf(context, grant);
  }

  @FieldResolver(() => CreditRolloverType, { nullable: true, description: "null: what is left expires." })
  rollover(@Root() { rollover, currency }: CreditGrant) {
    return (
      rollover && { ...rollover, maximumAmount: rollover.maximumAmount && toMoney(rollover.maximumAmount, currency) }
    );
  }

  @FieldResolver(() => CreditGrantType, {
    nullable: true,
    description: "The grant of which this is what rolled over.",
  })
  rolledOverFrom(@Root() { rolledOverFromId }: CreditGrant, @Ctx() context: RequestContext) {
    return rolledOverFromId && creditGrantOf(context, { creditGrantId: rolledOverFromId });
  }

  @FieldResolver(() => [CreditEntryType], { description: "In the order in which they were recorded." })
  entries(@Root() grant: CreditGrant, @Ctx() context: RequestContext) {
    return entriesOf(context, grant);
  }

  @Mutation(() => GrantCreditsResult, {
    description:
      "Gives credits to a customer. They are there for what is earned on the grant's days, also before today.",
  })
  async grantCredits(@Arg("input", () => GrantCreditsInput) input: GrantCreditsInput, @Ctx() context: RequestContext) {
    const { currency, endsBefore, graceDays, productIds, rollover, note, ...given } = input;
    const grant = {
      ...given,
      currency: currency ?? null,
      endsBefore: endsBefore ?? null,
      graceDays: graceDays ?? null,
      productIds: productIds ?? null,
      rollover: rollover
        ? {
            percent: rollover.percent ?? null,
            maximumAmount: rollover.maximumAmount ?? null,
            months: rollover.months,
          }
        : null,
      note: note ?? null,
    };
    return toUnion("GrantCreditsSuccess", await grantCredits(context, grant));
  }

  @Mutation(() => VoidCreditGrantResult, {
    description: "Takes back a grant that was made by mistake. One of which something was used is refused.",
  })
  async voidCreditGrant(
    @Arg("input", () => VoidCreditGrantInput) input: VoidCreditGrantInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("VoidCreditGrantSuccess", await voidCreditGrant(context, { ...input }));
  }
}

@Resolver(() => CreditEntryType)
export class CreditEntryResolver {
  @FieldResolver(() => MoneyType, { description: "Above zero added to the balance, below zero taken from it." })
  amount(@Root() { amount, currency }: CreditEntry) {
    return toMoney(amount, currency);
  }
}

@Resolver(() => CustomerType)
export class CustomerCreditsResolver {
  @FieldResolver(() => [CreditGrantType], { description: "All credits that the customer was ever granted." })
  creditGrants(@Root() customer: Customer, @Ctx() context: RequestContext) {
    return creditGrantsOf(context, customer);
  }
}

@Resolver(() => GrantCreditsSuccess)
export class GrantCreditsSuccessResolver {
  @FieldResolver(() => CreditGrantType, { description: "As it was granted." })
  creditGrant(@Root() success: GrantCreditsSuccess, @Ctx() context: RequestContext) {
    return creditGrantOf(context, success);
  }
}

@Resolver(() => VoidCreditGrantSuccess)
export class VoidCreditGrantSuccessResolver {
  @FieldResolver(() => CreditGrantType, { description: "With nothing left." })
  creditGrant(@Root() success: VoidCreditGrantSuccess, @Ctx() context: RequestContext) {
    return creditGrantOf(context, success);
  }
}
