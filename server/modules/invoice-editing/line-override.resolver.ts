import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { ContractType, contractsById } from "../contract";
import { type Invoice, InvoiceType } from "../invoice";
import { ConfirmLineOverrideInput, RemoveLineOverrideInput, SetLineOverrideInput } from "./invoice-editing.inputs";
import {
  ConfirmLineOverrideResult,
  ConfirmLineOverrideSuccess,
  LineOverrideConnection,
  LineOverrideStateEnum,
  LineOverrideType,
  RemoveLineOverrideResult,
  RemoveLineOverrideSuccess,
  SetLineOverrideResult,
  SetLineOverrideSuccess,
} from "./invoice-editing.types";
import type { LineOverride, OverrideState } from "./line-override";
import { invoiceOf, overrideOf, readOverrides, unconfirmedOf } from "./read-editing";
import { setLineOverride } from "./set-line-override";
import { confirmLineOverride, removeLineOverride } from "./settle-line-override";

@Resolver(() => LineOverrideType)
export class LineOverrideResolver {
  @Query(() => LineOverrideConnection, {
    description: "Amounts that people set in place of the engine's, the newest first.",
  })
  lineOverrides(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("state", () => LineOverrideStateEnum, { nullable: true, description: "Left out: whatever it is." })
    state: OverrideState | null,
    @Arg("contractId", () => ID, { nullable: true }) contractId: string | null,
    @Ctx() context: RequestContext,
  ) {
    return readOverrides(context, args, { state: state ?? null, contractId: contractId ?? null });
  }

  @FieldResolver(() => MoneyType, { description: "What people set: before tax, or with it where prices include it." })
  amount(@Root() { amount, currency }: LineOverride) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => MoneyType, { description: "What the engine came to when it was set, or last confirmed." })
  engineAmount(@Root() { engineAmount, currency }: LineOverride) {
    return toMoney(engineAmount, currency);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "What it comes to now; null where its line is gone." })
  engineAmountNow(@Root() { engineAmountNow, currency }: LineOverride) {
    return engineAmountNow === null ? null : toMoney(engineAmountNow, currency);
  }

  @FieldResolver(() => ContractType)
  contract(@Root() { contractId }: LineOverride, @Ctx() context: RequestContext) {
    return context.mustLoad(contractsById, contractId);
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: "The draft on which its line stands, or the invoice that was issued with it.",
  })
  invoice(@Root() { invoiceId }: LineOverride, @Ctx() context: RequestContext) {
    return invoiceId && invoiceOf(context, invoiceId);
  }

  @Mutation(() => SetLineOverrideResult, {
    description: "Sets an own amount for a line of a draft. It stays where the draft is calculated anew.",
  })
  async setLineOverride(
    @Arg("input", () => SetLineOverrideInput) input: SetLineOverrideInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SetLineOverrideSuccess", await setLineOverride(context, { ...input }));
  }

  @Mutation(() => ConfirmLineOverrideResult, {
    description: "Says that the own amount stays, although the engine came to another one since.",
  })
  async confirmLineOverride(
    @Arg("input", () => ConfirmLineOverrideInput) { version, ...input }: ConfirmLineOverrideInput,
    @Ctx() context: RequestContext,
  ) {
    const confirmed = await confirmLineOverride(context, { ...input, version: version ?? null });
    return toUnion("ConfirmLineOverrideSuccess", confirmed);
  }

  @Mutation(() => RemoveLineOverrideResult, { description: "Lets the engine's amount stand again." })
  async removeLineOverride(
    @Arg("input", () => RemoveLineOverrideInput) { version, ...input }: RemoveLineOverrideInput,
    @Ctx() context: RequestContext,
  ) {
    const removed = await removeLineOverride(context, { ...input, version: version ?? null });
    return toUnion("RemoveLineOverrideSuccess", removed);
  }
}

@Resolver(() => InvoiceType)
export class InvoiceOverridesResolver {
  @FieldResolver(() => Boolean, {
    description: "An own amount on it is not confirmed since the engine came to another one.",
  })
  async hasUnconfirmedOverride(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return (await unconfirmedOf(context, invoice)) > 0;
  }
}

@Resolver(() => SetLineOverrideSuccess)
export class SetLineOverrideSuccessResolver {
  @FieldResolver(() => LineOverrideType, { description: "With the draft as it is then." })
  override(@Root() { overrideId }: SetLineOverrideSuccess, @Ctx() context: RequestContext) {
    return overrideOf(context, overrideId);
  }
}

@Resolver(() => ConfirmLineOverrideSuccess)
export class ConfirmLineOverrideSuccessResolver {
  @FieldResolver(() => LineOverrideType, { description: "With the draft as it is then." })
  override(@Root() { overrideId }: ConfirmLineOverrideSuccess, @Ctx() context: RequestContext) {
    return overrideOf(context, overrideId);
  }
}

@Resolver(() => RemoveLineOverrideSuccess)
export class RemoveLineOverrideSuccessResolver {
  @FieldResolver(() => InvoiceType, { nullable: true, description: "The draft with its line; null where none has it." })
  invoice(@Root() { invoiceId }: RemoveLineOverrideSuccess, @Ctx() context: RequestContext) {
    return invoiceId && invoiceOf(context, invoiceId);
  }
}
