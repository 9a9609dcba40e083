import {
  CreditEntryResolver,
  CreditGrantResolver,
  CustomerCreditsResolver,
  GrantCreditsSuccessResolver,
  VoidCreditGrantSuccessResolver,
} from "./credit.resolver";

export const resolvers = [
  CreditGrantResolver,
  CreditEntryResolver,
  CustomerCreditsResolver,
  GrantCreditsSuccessResolver,
  VoidCreditGrantSuccessResolver,
] as const;
