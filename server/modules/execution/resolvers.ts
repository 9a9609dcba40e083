import {
  AmendmentOriginResolver,
  ContractQuoteResolver,
  ExecuteQuoteSuccessResolver,
  ExecutionResolver,
} from "./execution.resolver";

export const resolvers = [
  ExecutionResolver,
  ExecuteQuoteSuccessResolver,
  ContractQuoteResolver,
  AmendmentOriginResolver,
] as const;
