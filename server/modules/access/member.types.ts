import { Field, ID, ObjectType } from "type-graphql";
import type { Role } from "../../platform/access";
import { RoleEnum } from "./access.types";

@ObjectType("Member", { description: "A person who works in the organization.", simpleResolvers: true })
export class MemberType {
  @Field(() => ID, { description: "The member." }) id!: string;
  @Field(() => String, { description: "As people call them." }) name!: string;
  @Field(() => String, { description: "Under which they sign in, and where they get mail." }) email!: string;
  @Field(() => RoleEnum, { description: "What they may do." }) role!: Role;
  @Field(() => Boolean, { description: "May sign in." }) isActive!: boolean;
}
