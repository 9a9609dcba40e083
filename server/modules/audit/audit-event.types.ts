import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Actor } from "../../platform/access";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, JsonScalar } from "../../platform/graphql/scalars";

export const ActorKindEnum = { MEMBER: "member", API_KEY: "api_key", SYSTEM: "system", SIGNER: "signer" } as const;
registerEnumType(ActorKindEnum, {
  name: "ActorKind",
  description: "Who acts: a person, a machine with an API key, Billgrid itself, or who signs a quote by a link.",
});

@ObjectType("AuditEvent", {
  description: "Who changed what, and how it was before. Never changed itself.",
  simpleResolvers: true,
})
export class AuditEventType {
  @Field(() => ID) id!: string;
  @Field(() => DateTimeScalar, { description: "By the world's clock, also in a sandbox." }) recordedAt!: Date;
  @Field(() => ActorKindEnum) actorKind!: Actor["kind"];
  @Field(() => ID, { nullable: true, description: "The member or API key; null for Billgrid itself." }) actorId!:
    | string
    | null;
  @Field(() => String, { description: "The actor's name at that time." }) actorName!: string;
  @Field(() => String, { description: 'Such as "customer.updated" or "invoice.finalize".' }) action!: string;
  @Field(() => String, { description: 'What was changed, such as "customer".' }) subjectType!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => JsonScalar, { nullable: true, description: "null for something new." }) before!: unknown;
  @Field(() => JsonScalar, { nullable: true, description: "null for something removed." }) after!: unknown;
  @Field(() => String, { description: "What was changed by one request, or by one operation, has the same." })
  requestId!: string;
}

export const AuditEventConnection = connectionOf("AuditEvent", () => AuditEventType);
