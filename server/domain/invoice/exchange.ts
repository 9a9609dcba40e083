import { addDays, type PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import type { Currency, CurrencyCode } from "../money/currency";
import { type Decimal, ONE } from "../money/decimal";
import { type Money, money, roundToMinorUnit } from "../money/money";
import { fail, ok, type Result } from "../result";

/** What one unit of `from` was worth in `to` on a day, and who says so. */
export type ExchangeRate = {
  readonly from: CurrencyCode;
  readonly to: CurrencyCode;
  readonly on: PlainDate;
  readonly rate: Decimal;
  readonly source: string;
};

export type RateWanted = { readonly from: CurrencyCode; readonly to: CurrencyCode; readonly on: PlainDate };

/** `latestOn`: of the latest rate before the day, which is too old; null: there is none. */
export type ExchangeRateMissing = RateWanted & {
  readonly code: "EXCHANGE_RATE_MISSING";
  readonly latestOn: PlainDate | null;
};

/** Weekends and holidays have no rates; what is older no longer says anything about the day. */
export const OLDEST_RATE_DAYS = 7;

/** As many as a rate is kept with. */
const RATE_DECIMALS = 12;

/**
 * The rate that a document fixes for good (decision "FX"): the latest on or before the day, at most 7 days old. A rate
 * given the other way round is turned by division, kept with 12 decimals; on the same day the direct one is taken.
 * Refused with the day of the latest rate where there is none so young.
 */
export function documentRate(
  rates: readonly ExchangeRate[],
  wanted: RateWanted,
): Result<ExchangeRate, ExchangeRateMissing> {
  const { from, to, on } = wanted;
  const latest = rates
    .flatMap((rate) => inDirection(rate, wanted) ?? [])
    .filter((rate) => rate.on <= on)
    .reduce<Directed | null>((best, next) => (best === null || comesAfter(next, best) ? next : best), null);
  if (latest === null || latest.on < addDays(on, -OLDEST_RATE_DAYS)) {
    return fail({ code: "EXCHANGE_RATE_MISSING", from, to, on, latestOn: latest?.on ?? null });
  }
  const { isTurned: _, ...rate } = latest;
  return ok(rate);
}

type Directed = ExchangeRate & { readonly isTurned: boolean };

function inDirection(given: ExchangeRate, { from, to }: RateWanted): Directed | null {
  if (given.from === from && given.to === to) return { ...given, isTurned: false };
  if (given.from !== to || given.to !== from) return null;
  return { ...given, from, to, rate: inverse(given.rate), isTurned: true };
}

const comesAfter = (a: Directed, b: Directed): boolean => a.on > b.on || (a.on === b.on && !a.isTurned && b.isTurned);

/** What a rate is the other way round, with 12 decimals. */
export const inverse = (rate: Decimal): Decimal => ONE.div(rate).toDecimalPlaces(RATE_DECIMALS);

/** An amount in another currency, rounded once, to that currency's minor unit. */
export const convert = <C extends CurrencyCode>({ amount }: Money, rate: Decimal, currency: Currency<C>): Money<C> =>
  roundToMinorUnit(money(amount.times(rate), currency));

/** What one unit of a currency counts in the base currency in the reports of a month: one rate per currency and month. */
export type ReportingRate = {
  readonly currency: CurrencyCode;
  readonly month: PlainMonth;
  readonly rate: Decimal;
  readonly source: string;
};

export type ReportingRateMissing = {
  readonly code: "REPORTING_RATE_MISSING";
  readonly currency: CurrencyCode;
  readonly month: PlainMonth;
};

/** The reporting rate of exactly this month; no other month's stands in for it. */
export function reportingRate(
  rates: readonly ReportingRate[],
  { currency, month }: Pick<ReportingRate, "currency" | "month">,
): Result<ReportingRate, ReportingRateMissing> {
  const found = rates.find((rate) => rate.currency === currency && rate.month === month);
  return found ? ok(found) : fail({ code: "REPORTING_RATE_MISSING", currency, month });
}
