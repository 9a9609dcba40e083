import type { PlainDate } from "../../domain/calendar/plain-date";
import {
  convert,
  documentRate,
  type ExchangeRate,
  type ExchangeRateMissing,
  type RateWanted,
} from "../../domain/invoice/exchange";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { money } from "../../domain/money/money";
import { ok, type Result } from "../../domain/result";
import { ratesFor } from "../exchange-rate";
import type { Invoice } from "./invoice";

/** The rate to the base currency; null for the base currency itself. */
export type DocumentRates = (from: CurrencyCode) => Result<ExchangeRate | null, ExchangeRateMissing>;

/** The document rates of a tax point to the base currency, read at once for all these currencies. */
export async function documentRates(
  currencies: readonly CurrencyCode[],
  { baseCurrency, taxPointOn }: { readonly baseCurrency: CurrencyCode; readonly taxPointOn: PlainDate },
): Promise<DocumentRates> {
  const wantedOf = (from: CurrencyCode): RateWanted => ({ from, to: baseCurrency, on: taxPointOn });
  const foreign = [...new Set(currencies)].filter((code) => code !== baseCurrency);
  const rates = await ratesFor(foreign.map(wantedOf));
  return (from) => (from === baseCurrency ? ok(null) : documentRate(rates, wantedOf(from)));
}

/** The rate that a document is issued at, and its amounts in the base currency. Decimal text. */
export type DocumentFx = {
  readonly rate: string;
  readonly on: PlainDate;
  readonly source: string;
  readonly netInBase: string;
  readonly taxInBase: string;
};

/** Net and tax are each rounded to the base currency once. */
export function fxOf(
  { netTotal, taxTotal }: Pick<Invoice, "netTotal" | "taxTotal">,
  { from, to, rate, on, source }: ExchangeRate,
): DocumentFx {
  const inBase = (amount: string) => convert(money(amount, currency(from)), rate, currency(to)).amount.toFixed();
  return { rate: rate.toFixed(), on, source, netInBase: inBase(netTotal), taxInBase: inBase(taxTotal) };
}
