import { Field, InputType, Int } from "type-graphql";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";

@InputType({ description: "What is left out stays as it is; null takes it away." })
export class SetOfferTemplateInput {
  @Field(() => Int, { description: "The version that the change was made on; 0 where nothing was set yet." })
  version!: number;
  @Field(() => String, { nullable: true, description: "Before the terms; up to 5,000 characters." })
  introduction?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "After everything but the signatures; up to 100,000 characters, over as many pages as it needs.",
  })
  closing?: string | null;
  @Field(() => String, { nullable: true, description: "A PNG or JPEG of up to 512 kB, as base64." })
  logo?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
