import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { readControlLimits, readRequests, requestMade } from "./read-second-person";
import { decideSecondPerson, requestSecondPerson, withdrawSecondPersonRequest } from "./request-second-person";
import type { ControlLimit, RequestState, SecondPersonRequest } from "./second-person";
import {
  DecideSecondPersonInput,
  RequestSecondPersonInput,
  SetControlLimitsInput,
  WithdrawSecondPersonRequestInput,
} from "./second-person.inputs";
import {
  ControlLimitType,
  DecideSecondPersonResult,
  DecideSecondPersonSuccess,
  RequestSecondPersonResult,
  RequestSecondPersonSuccess,
  SecondPersonRequestConnection,
  SecondPersonRequestType,
  SecondPersonStateEnum,
  SetControlLimitsResult,
  WithdrawSecondPersonRequestResult,
  WithdrawSecondPersonRequestSuccess,
} from "./second-person.types";
import { setControlLimits } from "./set-control-limits";

@Resolver(() => ControlLimitType)
export class ControlLimitResolver {
  @Query(() => [ControlLimitType], { description: "Above which amounts a second person decides." })
  controlLimits(@Ctx() context: RequestContext) {
    return readControlLimits(context);
  }

  @Mutation(() => SetControlLimitsResult, {
    description: "Says above which amounts a second person decides, in the place of all limits there were.",
  })
  async setControlLimits(
    @Arg("input", () => SetControlLimitsInput) input: SetControlLimitsInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SetControlLimitsSuccess", await setControlLimits(context, input));
  }

  @FieldResolver(() => MoneyType, { description: "Up to and including so much one person is enough." })
  amount(@Root() { amount, currency }: ControlLimit) {
    return toMoney(amount, currency);
  }
}

@Resolver(() => SecondPersonRequestType)
export class SecondPersonRequestResolver {
  @Query(() => SecondPersonRequestConnection, { description: "What second persons were asked for, the newest first." })
  secondPersonRequests(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("state", () => SecondPersonStateEnum, { nullable: true }) state: RequestState | null,
    @Ctx() context: RequestContext,
  ) {
    return readRequests(context, args, state ?? null);
  }

  @Mutation(() => RequestSecondPersonResult, {
    description:
      "Asks another person of finance to let something be done that is above a limit. Do it again when it is approved.",
  })
  async requestSecondPerson(
    @Arg("input", () => RequestSecondPersonInput) input: RequestSecondPersonInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RequestSecondPersonSuccess", await requestSecondPerson(context, input));
  }

  @Mutation(() => DecideSecondPersonResult, { description: "Lets somebody else's request be done, or not." })
  async decideSecondPerson(
    @Arg("input", () => DecideSecondPersonInput) { note = null, ...input }: DecideSecondPersonInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DecideSecondPersonSuccess", await decideSecondPerson(context, { ...input, note }));
  }

  @Mutation(() => WithdrawSecondPersonRequestResult, { description: "Takes a request back that waits for a decision." })
  async withdrawSecondPersonRequest(
    @Arg("input", () => WithdrawSecondPersonRequestInput) input: WithdrawSecondPersonRequestInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("WithdrawSecondPersonRequestSuccess", await withdrawSecondPersonRequest(context, input));
  }

  @FieldResolver(() => MoneyType, { description: "Up to so much." })
  amount(@Root() { amount, currency }: SecondPersonRequest) {
    return toMoney(amount, currency);
  }
}

@Resolver(() => RequestSecondPersonSuccess)
export class RequestSecondPersonSuccessResolver {
  @FieldResolver(() => SecondPersonRequestType)
  request(@Root() { requestId }: RequestSecondPersonSuccess, @Ctx() context: RequestContext) {
    return requestMade(context, requestId);
  }
}

@Resolver(() => DecideSecondPersonSuccess)
export class DecideSecondPersonSuccessResolver {
  @FieldResolver(() => SecondPersonRequestType)
  request(@Root() { requestId }: DecideSecondPersonSuccess, @Ctx() context: RequestContext) {
    return requestMade(context, requestId);
  }
}

@Resolver(() => WithdrawSecondPersonRequestSuccess)
export class WithdrawSecondPersonRequestSuccessResolver {
  @FieldResolver(() => SecondPersonRequestType)
  request(@Root() { requestId }: WithdrawSecondPersonRequestSuccess, @Ctx() context: RequestContext) {
    return requestMade(context, requestId);
  }
}
