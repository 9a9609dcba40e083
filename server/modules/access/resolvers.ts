import {
  AccessResolver,
  CreateApiKeySuccessResolver,
  RevokeApiKeySuccessResolver,
  ViewerResolver,
} from "./access.resolver";
import { MemberResolver } from "./member.resolver";

export const resolvers = [
  AccessResolver,
  ViewerResolver,
  MemberResolver,
  CreateApiKeySuccessResolver,
  RevokeApiKeySuccessResolver,
] as const;
