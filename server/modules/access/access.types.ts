import { createUnionType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Role } from "../../platform/access";
import { resultUnion, UserError } from "../../platform/graphql/errors";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import type { Caller } from "../../platform/request-context";
import { OrganizationModeEnum } from "../organization";

export const RoleEnum = {
  ADMIN: "admin",
  FINANCE: "finance",
  SALES: "sales",
  ANALYST: "analyst",
  INTEGRATION: "integration",
} as const;
registerEnumType(RoleEnum, {
  name: "Role",
  description: "What a member or an API key may do. Everybody may read.",
  valuesConfig: {
    ADMIN: { description: "Everything, and decides who may do what." },
    FINANCE: { description: "Everything but administration." },
    SALES: { description: "Customers. May not activate contracts or bill." },
    ANALYST: { description: "Only reads." },
    INTEGRATION: { description: "Customers, catalog, contracts and usage. May not bill." },
  },
});

export const ViewerKindEnum = { MEMBER: "member", API_KEY: "api_key" } as const;
registerEnumType(ViewerKindEnum, { name: "ViewerKind", description: "A person or a machine." });

@ObjectType("Viewer", { description: "Who is asking.", simpleResolvers: true })
export class ViewerType {
  organizationId!: string;
  @Field(() => ViewerKindEnum, { description: "A person or a machine." }) kind!: "member" | "api_key";
  @Field(() => ID, { description: "Of the member or the API key." }) id!: string;
  @Field(() => String, { description: "Of the member or the API key." }) name!: string;
  @Field(() => String, { nullable: true, description: "null for an API key." }) email!: string | null;
  @Field(() => RoleEnum, { description: "What the viewer may do." }) role!: Role;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the token ends; null: never. By the world's clock, also in a sandbox.",
  })
  expiresAt!: Date | null;
}

export const toViewer = ({ organizationId, actor, expiresAt }: Caller) => ({ organizationId, ...actor, expiresAt });

@ObjectType({ description: "Send the token as `Authorization: Bearer …`.", simpleResolvers: true })
export class SignInSuccess {
  @Field(() => String, { description: "The session; kept nowhere, so keep it yourself." }) token!: string;
  @Field(() => DateTimeScalar, { description: "Twelve hours from now, by the world's clock." }) expiresAt!: Date;
  @Field(() => ViewerType, { description: "Who signed in." }) viewer!: ViewerType;
}

@ObjectType({ description: "An organization that the account is a member of.", simpleResolvers: true })
export class OrganizationChoice {
  @Field(() => ID, { description: "What to send as organizationId." }) id!: string;
  @Field(() => String, { description: "Of the organization." }) legalName!: string;
  @Field(() => OrganizationModeEnum, { description: "Whether it is for real." }) mode!: "live" | "sandbox";
}

@ObjectType({
  implements: UserError,
  description: "BAD_CREDENTIALS; TOO_MANY_ATTEMPTS; CHOOSE_ORGANIZATION, where `organizations` says which there are.",
  simpleResolvers: true,
})
export class SignInRefused extends UserError {
  @Field(() => [OrganizationChoice], { description: "Empty unless one has to be chosen." })
  organizations!: OrganizationChoice[];
}

export const SignInResult = createUnionType({
  name: "SignInResult",
  description: "A session, or why there is none.",
  types: () => [SignInSuccess, SignInRefused] as const,
  resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
});

@ObjectType({ simpleResolvers: true, description: "The session of the token is over." })
export class SignOutSuccess {
  @Field(() => Boolean, { description: "false for an API key, which has no session: revoke it." }) signedOut!: boolean;
}

@ObjectType("ApiKey", { description: "How a machine signs in.", simpleResolvers: true })
export class ApiKeyType {
  @Field(() => ID, { description: "Names the key when it is revoked." }) id!: string;
  @Field(() => String, { description: "What the key is for." }) name!: string;
  @Field(() => RoleEnum, { description: "What the key may do." }) role!: Role;
  @Field(() => String, { description: "The last characters, to tell keys apart." }) hint!: string;
  @Field(() => DateTimeScalar, { description: "When it was made." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "null: never." }) expiresAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "To the minute; null: not yet." })
  lastUsedAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was revoked; null: it was not." })
  revokedAt!: Date | null;
}

@ObjectType({ description: "The key was made." })
export class CreateApiKeySuccess {
  apiKeyId!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "The key itself, shown this once: it is not kept. null when the command is repeated; then revoke the key and make another.",
  })
  token!: string | null;
}
export const CreateApiKeyResult = resultUnion("CreateApiKeyResult", () => CreateApiKeySuccess);

@ObjectType({ description: "The key is refused from now on." })
export class RevokeApiKeySuccess {
  apiKeyId!: string;
}
export const RevokeApiKeyResult = resultUnion("RevokeApiKeyResult", () => RevokeApiKeySuccess);
