import {
  ControlLimitResolver,
  DecideSecondPersonSuccessResolver,
  RequestSecondPersonSuccessResolver,
  SecondPersonRequestResolver,
  WithdrawSecondPersonRequestSuccessResolver,
} from "./second-person.resolver";

export const resolvers = [
  ControlLimitResolver,
  SecondPersonRequestResolver,
  RequestSecondPersonSuccessResolver,
  DecideSecondPersonSuccessResolver,
  WithdrawSecondPersonRequestSuccessResolver,
] as const;
