import {
  AccessResolver,
  CreateApiKeySuccessResolver,
  RevokeApiKeySuccessResolver,
  ViewerResolver,
} from "./access.resolver";

export const resolvers = [
  AccessResolver,
  ViewerResolver,
  CreateApiKeySuccessResolver,
  RevokeApiKeySuccessResolver,
] as const;
