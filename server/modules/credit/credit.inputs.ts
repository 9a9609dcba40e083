import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CreditKind } from "../../domain/invoice/prepaid-credits";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { GRACE_DAYS } from "./credit";
import { CreditKindEnum } from "./credit.types";

@InputType({ description: "What goes on of what is left when a grant lapses: a percent, at most an amount, or both." })
export class CreditRolloverInput {
  @Field(() => PercentScalar, { nullable: true, description: "Of what is left; left out: all of it." })
  percent?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "At the most, in the grant's currency." })
  maximumAmount?: Decimal | null;
  @Field(() => Int, { description: "1 to 120." }) months!: number;
}

@InputType()
export class GrantCreditsInput {
  @Field(() => ID) customerId!: string;
  @Field(() => CreditKindEnum) kind!: CreditKind;
  @Field(() => String, { description: 'As it stands on invoices, such as "Annual prepayment".' }) name!: string;
  @Field(() => DecimalScalar, { description: "Net of tax, with no more decimals than the currency has." })
  amount!: Decimal;
  @Field(() => String, { nullable: true, description: "ISO 4217 code; default: the customer's currency." })
  currency?: string | null;
  @Field(() => PlainDateScalar, { description: "The first day on which what is earned may be paid with it." })
  startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; left out: no end." })
  endsBefore?: PlainDate | null;
  @Field(() => Int, {
    nullable: true,
    description: `How many days after its end it lapses, 0 to 366; default ${GRACE_DAYS}. Until then invoices in arrears for its last days may draw on it.`,
  })
  graceDays?: number | null;
  @Field(() => Int, { defaultValue: 100, description: "0 to 1000; the lowest number is used first." })
  priority!: number;
  @Field(() => [ID], { nullable: true, description: "The products that it may pay for; left out: all." })
  productIds?: string[] | null;
  @Field(() => CreditRolloverInput, { nullable: true, description: "Left out: what is left expires." })
  rollover?: CreditRolloverInput | null;
  @Field(() => String, { nullable: true, description: "For finance alone." }) note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class VoidCreditGrantInput {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: "Why it is taken back; kept in the audit trail." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
