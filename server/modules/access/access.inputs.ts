import { Field, ID, InputType } from "type-graphql";
import type { Role } from "../../platform/access";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { RoleEnum } from "./access.types";

@InputType()
export class SignInInput {
  @Field(() => String) email!: string;
  @Field(() => String) password!: string;
  @Field(() => ID, { nullable: true, description: "Needed by members of several organizations." }) organizationId?:
    | string
    | null;
}

@InputType()
export class CreateApiKeyInput {
  @Field(() => String, { description: "What the key is for." }) name!: string;
  @Field(() => RoleEnum) role!: Role;
  @Field(() => DateTimeScalar, { nullable: true, description: "null: never. By the world's clock, also in a sandbox." })
  expiresAt?: Date | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class RevokeApiKeyInput {
  @Field(() => ID) id!: string;
  @Field(() => String) idempotencyKey!: string;
}
