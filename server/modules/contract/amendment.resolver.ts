import { Arg, type ClassType, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { PriceType, pricesById } from "../catalog";
import { amendContract, cancelContract, resumeContract } from "./amend-contract";
import type { Amendment } from "./amendment";
import {
  AmendContractInput,
  CancelContractInput,
  newAmendmentOf,
  RenewContractInput,
  ResumeContractInput,
} from "./amendment.inputs";
import {
  AmendContractResult,
  AmendContractSuccess,
  AmendmentChangeType,
  AmendmentType,
  CancelContractResult,
  CancelContractSuccess,
  RenewContractResult,
  RenewContractSuccess,
  ResumeContractResult,
  ResumeContractSuccess,
} from "./amendment.types";
import type { Contract } from "./contract";
import { BillingScheduleType, ContractType } from "./contract.types";
import { amendmentOf, amendmentsOf, contractOf, scheduleOf } from "./read-contracts";
import { renewContract } from "./renew-contract";
import type { StoredChange } from "./stored-changes";
import { storedIdOf } from "./stored-id";

@Resolver(() => ContractType)
export class ContractAmendmentsResolver {
  @FieldResolver(() => [AmendmentType], { description: "In the order in which they were recorded." })
  amendments(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return amendmentsOf(context, contract);
  }

  @Mutation(() => AmendContractResult, {
    description:
      "Changes what a contract bills from a day on: charges, quantities, prices, discounts, minimums, the term. For administrators and finance.",
  })
  async amendContract(
    @Arg("input", () => AmendContractInput) input: AmendContractInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey } = input;
    const asked = { id, version, ...newAmendmentOf(input), idempotencyKey };
    return toUnion("AmendContractSuccess", await amendContract(context, asked));
  }

  @Mutation(() => CancelContractResult, {
    description: "Ends a contract on a day, or when what is billed runs out. For administrators and finance.",
  })
  async cancelContract(
    @Arg("input", () => CancelContractInput) input: CancelContractInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("CancelContractSuccess", await cancelContract(context, { ...input }));
  }

  @Mutation(() => ResumeContractResult, {
    description: "Takes the last cancellation back, from a day on. For administrators and finance.",
  })
  async resumeContract(
    @Arg("input", () => ResumeContractInput) input: ResumeContractInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ResumeContractSuccess", await resumeContract(context, { ...input }));
  }

  @Mutation(() => RenewContractResult, {
    description:
      "Gives a contract a further term now. Without it, contracts with a renewal rule renew by themselves. For administrators and finance.",
  })
  async renewContract(
    @Arg("input", () => RenewContractInput) input: RenewContractInput,
    @Ctx() context: RequestContext,
  ) {
    const asked = { ...input, months: input.months ?? null, upliftPercent: input.upliftPercent ?? null };
    return toUnion("RenewContractSuccess", await renewContract(context, asked));
  }
}

@Resolver(() => AmendmentType)
export class AmendmentResolver {
  @FieldResolver(() => [AmendmentChangeType], { description: "Made in this order." })
  changes(@Root() { changes }: Amendment) {
    return changes.map(changeOf);
  }

  @FieldResolver(() => BillingScheduleType, { description: "What was billed until it was recorded." })
  before(@Root() amendment: Amendment, @Ctx() context: RequestContext) {
    return scheduleOf(context, amendment, amendment.revision - 1);
  }

  @FieldResolver(() => BillingScheduleType, { description: "What was billed once it was recorded." })
  after(@Root() amendment: Amendment, @Ctx() context: RequestContext) {
    return scheduleOf(context, amendment, amendment.revision);
  }
}

type ShownChange = ReturnType<typeof changeOf>;

function changeOf(change: StoredChange) {
  const charge = "charge" in change ? change.charge : null;
  const own = change.kind === "add_bound" ? change.terms : change.kind === "add_discount" ? change.discount : null;
  const quantity = charge?.quantity ?? ("quantity" in change ? change.quantity : null);
  const boundId = "boundId" in change ? change.boundId : change.kind === "add_bound" ? change.terms.id : null;
  const discountId =
    "discountId" in change ? change.discountId : change.kind === "add_discount" ? change.discount.id : null;
  return {
    kind: change.kind,
    lineageId: "lineageId" in change ? change.lineageId : (charge?.lineageId ?? null),
    priceId: charge?.priceId ?? (change.kind === "change_price" ? change.priceId : null),
    description: charge?.description ?? own?.description ?? null,
    quantity,
    boundId: boundId && storedIdOf(boundId),
    discountId: discountId && storedIdOf(discountId),
    at: change.kind === "cancel" ? change.at : null,
    endsBefore: "endsBefore" in change ? change.endsBefore : (own?.endsBefore ?? null),
  };
}

@Resolver(() => AmendmentChangeType)
export class AmendmentChangeResolver {
  @FieldResolver(() => PriceType, { nullable: true, description: "The price from then on." })
  price(@Root() { priceId }: ShownChange, @Ctx() context: RequestContext) {
    return priceId === null ? null : context.mustLoad(pricesById, priceId);
  }
}

/** What recording an amendment answers, whatever it is called. */
type AmendmentSuccess = { readonly contractId: string; readonly amendmentId: string };

function successResolver(success: () => ClassType) {
  @Resolver(success)
  class AmendmentSuccessResolver {
    @FieldResolver(() => ContractType, { description: "As it is now." })
    contract(@Root() recorded: AmendmentSuccess, @Ctx() context: RequestContext) {
      return contractOf(context, recorded);
    }

    @FieldResolver(() => AmendmentType, { description: "The record of the change." })
    amendment(@Root() recorded: AmendmentSuccess, @Ctx() context: RequestContext) {
      return amendmentOf(context, recorded);
    }
  }
  return AmendmentSuccessResolver;
}

export const AmendContractSuccessResolver = successResolver(() => AmendContractSuccess);
export const CancelContractSuccessResolver = successResolver(() => CancelContractSuccess);
export const ResumeContractSuccessResolver = successResolver(() => ResumeContractSuccess);
export const RenewContractSuccessResolver = successResolver(() => RenewContractSuccess);
