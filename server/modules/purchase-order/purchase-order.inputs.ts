import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PlainDateScalar } from "../../platform/graphql/scalars";

@InputType()
export class CreatePurchaseOrderInput {
  @Field(() => ID) customerId!: string;
  @Field(() => String, { description: "As the customer gave it." }) number!: string;
  @Field(() => String, { nullable: true, description: "ISO 4217 code; default: the customer's currency." })
  currency?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Net of tax; left out: without a limit." })
  amountLimit?: Decimal | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The first day of issue; left out: any." })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; left out: no end." })
  endsBefore?: PlainDate | null;
  @Field(() => String, { nullable: true, description: "For finance alone." }) note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdatePurchaseOrderInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true }) number?: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Net of tax; null: without a limit." })
  amountLimit?: Decimal | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "null: any." }) startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: no end." })
  endsBefore?: PlainDate | null;
  @Field(() => String, { nullable: true }) note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
