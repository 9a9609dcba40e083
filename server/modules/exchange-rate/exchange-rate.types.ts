import { Field, Int, ObjectType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DecimalScalar, PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";

@ObjectType("ExchangeRate", {
  description: "What one unit of a currency was worth in another on a day.",
  simpleResolvers: true,
})
export class ExchangeRateType {
  @Field(() => String, { description: "ISO 4217 code." }) from!: string;
  @Field(() => String, { description: "ISO 4217 code." }) to!: string;
  @Field(() => PlainDateScalar) on!: PlainDate;
  @Field(() => DecimalScalar, { description: 'Units of "to" for one of "from".' }) rate!: Decimal;
  @Field(() => String, { description: 'Who says so, such as "ECB".' }) source!: string;
}

export const ExchangeRateConnection = connectionOf("ExchangeRate", () => ExchangeRateType);

@ObjectType("ReportingRate", {
  description: "What one unit of a currency counts in the base currency in the reports of a month.",
  simpleResolvers: true,
})
export class ReportingRateType {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => DecimalScalar, { description: "Units of the base currency for one of the currency." }) rate!: Decimal;
  @Field(() => String, { description: "Who says so." }) source!: string;
}

@ObjectType({ description: "The rates are set.", simpleResolvers: true })
export class SetExchangeRatesSuccess {
  @Field(() => Int, { description: "How many rates were sent." }) set!: number;
  @Field(() => Int, { description: "How many of them were set before, and to something else." }) replaced!: number;
  @Field(() => Int, { description: "Drafts that waited for a rate and became stale: recalculate them." })
  staleInvoices!: number;
}
export const SetExchangeRatesResult = resultUnion("SetExchangeRatesResult", () => SetExchangeRatesSuccess);

@ObjectType({ description: "The rates are set.", simpleResolvers: true })
export class SetReportingRatesSuccess {
  @Field(() => Int, { description: "How many rates were sent." }) set!: number;
  @Field(() => Int, { description: "How many of them were set before, and to something else." }) replaced!: number;
}
export const SetReportingRatesResult = resultUnion("SetReportingRatesResult", () => SetReportingRatesSuccess);
