import { Field, ID, InputType } from "type-graphql";
import type { Role } from "../../platform/access";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { RoleEnum } from "./access.types";

@InputType({ description: "Email and password." })
export class SignInInput {
  @Field(() => String, { description: "In any case." }) email!: string;
  @Field(() => String, { description: "Exactly as it was set." }) password!: string;
  @Field(() => ID, { nullable: true, description: "Needed by members of several organizations." }) organizationId?:
    | string
    | null;
}

@InputType({ description: "A key for a machine." })
export class CreateApiKeyInput {
  @Field(() => String, { description: "What the key is for." }) name!: string;
  @Field(() => RoleEnum, { description: "What the key may do." }) role!: Role;
  @Field(() => DateTimeScalar, { nullable: true, description: "null: never. By the world's clock, also in a sandbox." })
  expiresAt?: Date | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A key that is not to be used any more." })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "Of the API key." }) id!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
