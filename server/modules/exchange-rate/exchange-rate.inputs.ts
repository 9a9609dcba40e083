import { Field, InputType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { RATES_MAXIMUM } from "./check-rates";

@InputType()
export class ExchangeRateInput {
  @Field(() => String, { description: "ISO 4217 code." }) from!: string;
  @Field(() => String, { description: "ISO 4217 code." }) to!: string;
  @Field(() => PlainDateScalar) on!: PlainDate;
  @Field(() => DecimalScalar, { description: 'Units of "to" for one of "from", with at most 12 decimals.' })
  rate!: Decimal;
  @Field(() => String, { description: 'Who says so, such as "ECB"; kept on each invoice that takes the rate.' })
  source!: string;
}

@InputType()
export class SetExchangeRatesInput {
  @Field(() => [ExchangeRateInput], { description: `1 to ${RATES_MAXIMUM}, each pair of currencies once a day.` })
  rates!: ExchangeRateInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ReportingRateInput {
  @Field(() => String, { description: "ISO 4217 code; not the base currency." }) currency!: string;
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => DecimalScalar, {
    description: "Units of the base currency for one of the currency, with at most 12 decimals.",
  })
  rate!: Decimal;
  @Field(() => String, { description: "Who says so." }) source!: string;
}

@InputType()
export class SetReportingRatesInput {
  @Field(() => [ReportingRateInput], { description: `1 to ${RATES_MAXIMUM}, each currency once a month.` })
  rates!: ReportingRateInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
