import type { PlainMonth } from "../../domain/calendar/plain-month";
import { documentRate, type ExchangeRate, type RateWanted, type ReportingRate } from "../../domain/invoice/exchange";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { type ExchangeRateFilter, listExchangeRates, ratesFor, reportingRatesOf } from "./exchange-rate.store";

export async function readExchangeRates(context: RequestContext, args: PageArgs, filter: ExchangeRateFilter) {
  context.require("read");
  const page = toPage(args, ["text", "text", "text"]);
  return toConnection(page, await listExchangeRates(filter, page), ({ on, from, to }) => [on, from, to]);
}

/** The rate that an invoice with this tax point would be issued at; null: there is none so young. */
export async function readDocumentRate(context: RequestContext, wanted: RateWanted): Promise<ExchangeRate | null> {
  context.require("read");
  const rate = documentRate(await ratesFor([wanted]), wanted);
  return rate.ok ? rate.value : null;
}

export function readReportingRates(context: RequestContext, month: PlainMonth): Promise<ReportingRate[]> {
  context.require("read");
  return reportingRatesOf(month);
}
