import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { OrganizationType } from "../organization";
import { CreateApiKeyInput, RevokeApiKeyInput, SignInInput } from "./access.inputs";
import {
  ApiKeyType,
  CreateApiKeyResult,
  CreateApiKeySuccess,
  RevokeApiKeyResult,
  RevokeApiKeySuccess,
  SignInResult,
  SignOutSuccess,
  toViewer,
  ViewerType,
} from "./access.types";
import { createApiKey } from "./create-api-key";
import { apiKeyOf, organizationOfViewer, readApiKeys } from "./read-access";
import { revokeApiKey } from "./revoke-api-key";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

@Resolver()
export class AccessResolver {
  @Query(() => ViewerType, { description: "Who is asking." })
  viewer(@Ctx() context: RequestContext) {
    return toViewer(context.caller);
  }

  @Query(() => [ApiKeyType], { description: "The newest first. For administrators." })
  apiKeys(@Ctx() context: RequestContext) {
    return readApiKeys(context);
  }

  @Mutation(() => SignInResult, { description: "Opens a session of twelve hours." })
  async signIn(@Arg("input", () => SignInInput) input: SignInInput, @Ctx() { requestId, services }: RequestContext) {
    const result = await signIn({ ...input, organizationId: input.organizationId ?? null }, services.clock, requestId);
    if (result.ok) return { __typename: "SignInSuccess", ...result.value, viewer: toViewer(result.value.caller) };
    const organizations = result.error.organizations.map(({ organizationId, ...choice }) => ({
      id: organizationId,
      ...choice,
    }));
    return { __typename: "SignInRefused", ...result.error, organizations };
  }

  @Mutation(() => SignOutSuccess, { description: "Ends the session of the token." })
  async signOut(@Ctx() context: RequestContext) {
    return { signedOut: await signOut(context) };
  }

  @Mutation(() => CreateApiKeyResult, { description: "Makes an API key. For administrators." })
  async createApiKey(@Arg("input", () => CreateApiKeyInput) input: CreateApiKeyInput, @Ctx() context: RequestContext) {
    return toUnion(
      "CreateApiKeySuccess",
      await createApiKey(context, { ...input, expiresAt: input.expiresAt ?? null }),
    );
  }

  @Mutation(() => RevokeApiKeyResult, { description: "Revokes an API key at once. For administrators." })
  async revokeApiKey(@Arg("input", () => RevokeApiKeyInput) input: RevokeApiKeyInput, @Ctx() context: RequestContext) {
    return toUnion("RevokeApiKeySuccess", await revokeApiKey(context, input));
  }
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @FieldResolver(() => OrganizationType, { description: "Whose data the viewer sees." })
  organization(@Root() { organizationId }: ViewerType, @Ctx() context: RequestContext) {
    return organizationOfViewer(context, organizationId);
  }
}

@Resolver(() => CreateApiKeySuccess)
export class CreateApiKeySuccessResolver {
  @FieldResolver(() => ApiKeyType, { description: "The key without its secret." })
  apiKey(@Root() success: CreateApiKeySuccess, @Ctx() context: RequestContext) {
    return apiKeyOf(context, success);
  }
}

@Resolver(() => RevokeApiKeySuccess)
export class RevokeApiKeySuccessResolver {
  @FieldResolver(() => ApiKeyType, { description: "The key as it is now." })
  apiKey(@Root() success: RevokeApiKeySuccess, @Ctx() context: RequestContext) {
    return apiKeyOf(context, success);
  }
}
