import { Field, ID, InputType } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar } from "../../platform/graphql/scalars";
import type { ControlledKind } from "./second-person";
import { ControlledKindEnum } from "./second-person.types";

@InputType({ description: "Above so much a second person decides." })
export class ControlLimitInput {
  @Field(() => ControlledKindEnum) kind!: ControlledKind;
  @Field(() => String, { description: "ISO 4217 code; other currencies have limits of their own, or none." })
  currency!: string;
  @Field(() => DecimalScalar, { description: "Up to and including so much one person is enough; 0: never." })
  amount!: Decimal;
}

@InputType({ description: "All limits there are to be." })
export class SetControlLimitsInput {
  @Field(() => [ControlLimitInput], { description: "None: one person is always enough." }) limits!: ControlLimitInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What a second person is to let you do." })
export class RequestSecondPersonInput {
  @Field(() => ControlledKindEnum) kind!: ControlledKind;
  @Field(() => ID, {
    description: "The draft, the draft credit note, the invoice to write off; of a refund the credit note or customer.",
  })
  subjectId!: string;
  @Field(() => String, { description: "ISO 4217 code of the document." }) currency!: string;
  @Field(() => DecimalScalar, { description: "Up to so much." }) amount!: Decimal;
  @Field(() => String, { description: "Why, up to 1,000 characters." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "The second person's word." })
export class DecideSecondPersonInput {
  @Field(() => ID, { description: "A request of somebody else." }) requestId!: string;
  @Field(() => Boolean, { description: "Whether it may be done." }) isApproved!: boolean;
  @Field(() => String, { nullable: true, description: "Why." }) note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A request that is no longer needed." })
export class WithdrawSecondPersonRequestInput {
  @Field(() => ID, { description: "A request that waits for a decision." }) requestId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
