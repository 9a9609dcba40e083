import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { SetExchangeRatesInput, SetReportingRatesInput } from "./exchange-rate.inputs";
import {
  ExchangeRateConnection,
  ExchangeRateType,
  ReportingRateType,
  SetExchangeRatesResult,
  SetReportingRatesResult,
} from "./exchange-rate.types";
import { readDocumentRate, readExchangeRates, readReportingRates } from "./read-rates";
import { setExchangeRates } from "./set-exchange-rates";
import { setReportingRates } from "./set-reporting-rates";

@Resolver()
export class ExchangeRateResolver {
  @Query(() => ExchangeRateConnection, { description: "Exchange rates, the newest first." })
  exchangeRates(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("from", () => String, { nullable: true, description: "ISO 4217 code." }) from: string | null | undefined,
    @Arg("to", () => String, { nullable: true, description: "ISO 4217 code." }) to: string | null | undefined,
    @Arg("through", () => PlainDateScalar, { nullable: true, description: "The newest day." })
    through: PlainDate | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return readExchangeRates(context, page, { from: from ?? null, to: to ?? null, through: through ?? null });
  }

  @Query(() => ExchangeRateType, {
    nullable: true,
    description:
      "The rate that a document of this day takes: the latest on or before it, at most 7 days old; one given the other way round is turned. null: there is none.",
  })
  documentRate(
    @Arg("from", () => String, { description: "ISO 4217 code." }) from: string,
    @Arg("to", () => String, { description: "ISO 4217 code." }) to: string,
    @Arg("on", () => PlainDateScalar) on: PlainDate,
    @Ctx() context: RequestContext,
  ) {
    return readDocumentRate(context, { from: from as CurrencyCode, to: to as CurrencyCode, on });
  }

  @Query(() => [ReportingRateType], { description: "The reporting rates of a month, by currency." })
  reportingRates(@Arg("month", () => PlainMonthScalar) month: PlainMonth, @Ctx() context: RequestContext) {
    return readReportingRates(context, month);
  }

  @Mutation(() => SetExchangeRatesResult, {
    description:
      "Sets exchange rates of days, over those set before. Issued invoices keep the rate that they were issued at.",
  })
  async setExchangeRates(
    @Arg("input", () => SetExchangeRatesInput) input: SetExchangeRatesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SetExchangeRatesSuccess", await setExchangeRates(context, { ...input }));
  }

  @Mutation(() => SetReportingRatesResult, {
    description: "Sets the rates at which reports of a month count currencies, over those set before.",
  })
  async setReportingRates(
    @Arg("input", () => SetReportingRatesInput) input: SetReportingRatesInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SetReportingRatesSuccess", await setReportingRates(context, { ...input }));
  }
}
