import { Field, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../platform/graphql/scalars";

@ObjectType("SignerEmbeddedUrl", {
  description: "Where a signer signs at Dropbox Sign, for an inline frame in a page of your own; or why nowhere now.",
  simpleResolvers: true,
})
export class SignerEmbeddedUrlType {
  @Field(() => String, { nullable: true, description: "Good for minutes: ask for it when the page is shown." })
  url!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it leads nowhere any more." })
  expiresAt!: Date | null;
  @Field(() => String, { nullable: true, description: "For programs; null: there is an address." }) code!:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "For people: why there is no address." }) message!: string | null;
}
