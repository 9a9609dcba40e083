import type { PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { ExchangeRate, RateWanted, ReportingRate } from "../../domain/invoice/exchange";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";

type Row = Omit<ExchangeRate, "rate"> & { readonly rate: string };
const COLUMNS = `rate.from_currency AS "from", rate.to_currency AS "to", rate.valid_on AS "on", rate.rate, rate.source`;
const toRate = (row: Row): ExchangeRate => ({ ...row, rate: new Decimal(row.rate) });

/** What documents may take their rates from: for each one wanted, the latest of either direction. */
export async function ratesFor(wanted: readonly RateWanted[]): Promise<ExchangeRate[]> {
  if (wanted.length === 0) return [];
  const { rows } = await query<Row>({
    name: "exchange-rates-for",
    text: `SELECT ${COLUMNS}
           FROM unnest($1::bpchar[], $2::bpchar[], $3::date[]) AS wanted (from_currency, to_currency, on_day)
           CROSS JOIN LATERAL (
             (SELECT * FROM exchange_rate WHERE from_currency = wanted.from_currency AND to_currency = wanted.to_currency
                AND valid_on <= wanted.on_day ORDER BY valid_on DESC LIMIT 1)
             UNION ALL
             (SELECT * FROM exchange_rate WHERE from_currency = wanted.to_currency AND to_currency = wanted.from_currency
                AND valid_on <= wanted.on_day ORDER BY valid_on DESC LIMIT 1)) AS rate`,
    values: [wanted.map(({ from }) => from), wanted.map(({ to }) => to), wanted.map(({ on }) => on)],
  });
  return rows.map(toRate);
}

/** Null stands for "any". */
export type ExchangeRateFilter = {
  readonly from: string | null;
  readonly to: string | null;
  /** the newest day, included */
  readonly through: PlainDate | null;
};

/** The newest first. */
export async function listExchangeRates(filter: ExchangeRateFilter, { after, limit }: Page): Promise<ExchangeRate[]> {
  const { rows } = await query<Row>({
    name: "list-exchange-rates",
    text: `SELECT ${COLUMNS} FROM exchange_rate AS rate
           WHERE ($1::text IS NULL OR rate.from_currency = $1) AND ($2::text IS NULL OR rate.to_currency = $2)
             AND ($3::date IS NULL OR rate.valid_on <= $3)
             AND ($4::date IS NULL OR rate.valid_on < $4 OR (rate.valid_on = $4 AND (rate.from_currency, rate.to_currency) > ($5, $6)))
           ORDER BY rate.valid_on DESC, rate.from_currency, rate.to_currency LIMIT $7`,
    values: [filter.from, filter.to, filter.through, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit],
  });
  return rows.map(toRate);
}

/** Writes rates, over those of the same currencies and day; answers those that were there before and said otherwise. */
export async function putExchangeRates(rates: readonly ExchangeRate[], now: Date): Promise<ExchangeRate[]> {
  const columns = [
    rates.map(({ from }) => from),
    rates.map(({ to }) => to),
    rates.map(({ on }) => on),
    rates.map(({ rate }) => rate.toFixed()),
    rates.map(({ source }) => source),
  ];
  const { rows } = await query<Row>(
    `SELECT ${COLUMNS} FROM exchange_rate AS rate
     JOIN unnest($1::text[], $2::text[], $3::date[], $4::numeric[], $5::text[]) AS given (from_currency, to_currency, valid_on, rate, source)
       ON given.from_currency = rate.from_currency AND given.to_currency = rate.to_currency AND given.valid_on = rate.valid_on
     WHERE (given.rate, given.source) IS DISTINCT FROM (rate.rate, rate.source)
     ORDER BY rate.valid_on, rate.from_currency, rate.to_currency FOR UPDATE OF rate`,
    columns,
  );
  await query(
    `INSERT INTO exchange_rate (organization_id, from_currency, to_currency, valid_on, rate, source, recorded_at)
     SELECT $1, from_currency, to_currency, valid_on, rate, source, $2
     FROM unnest($3::text[], $4::text[], $5::date[], $6::numeric[], $7::text[]) AS given (from_currency, to_currency, valid_on, rate, source)
     ORDER BY valid_on, from_currency, to_currency
     ON CONFLICT (organization_id, from_currency, to_currency, valid_on)
       DO UPDATE SET rate = excluded.rate, source = excluded.source, recorded_at = excluded.recorded_at
       WHERE (exchange_rate.rate, exchange_rate.source) IS DISTINCT FROM (excluded.rate, excluded.source)`,
    [organizationId(), now, ...columns],
  );
  return rows.map(toRate);
}

type ReportingRow = Omit<ReportingRate, "rate"> & { readonly rate: string };
const REPORTING = `rate.currency, to_char(rate.month, 'YYYY-MM') AS month, rate.rate, rate.source`;
const toReportingRate = (row: ReportingRow): ReportingRate => ({ ...row, rate: new Decimal(row.rate) });

/** The reporting rates of a month, by currency. */
export async function reportingRatesOf(month: PlainMonth): Promise<ReportingRate[]> {
  const { rows } = await query<ReportingRow>({
    name: "reporting-rates-of",
    text: `SELECT ${REPORTING} FROM reporting_rate AS rate WHERE rate.month = $1 ORDER BY rate.currency`,
    values: [firstDayOf(month)],
  });
  return rows.map(toReportingRate);
}

/** Like putExchangeRates, of reporting rates. */
export async function putReportingRates(rates: readonly ReportingRate[], now: Date): Promise<ReportingRate[]> {
  const columns = [
    rates.map(({ currency }) => currency),
    rates.map(({ month }) => firstDayOf(month)),
    rates.map(({ rate }) => rate.toFixed()),
    rates.map(({ source }) => source),
  ];
  const { rows } = await query<ReportingRow>(
    `SELECT ${REPORTING} FROM reporting_rate AS rate
     JOIN unnest($1::text[], $2::date[], $3::numeric[], $4::text[]) AS given (currency, month, rate, source)
       ON given.currency = rate.currency AND given.month = rate.month
     WHERE (given.rate, given.source) IS DISTINCT FROM (rate.rate, rate.source)
     ORDER BY rate.month, rate.currency FOR UPDATE OF rate`,
    columns,
  );
  await query(
    `INSERT INTO reporting_rate (organization_id, currency, month, rate, source, recorded_at)
     SELECT $1, currency, month, rate, source, $2
     FROM unnest($3::text[], $4::date[], $5::numeric[], $6::text[]) AS given (currency, month, rate, source)
     ORDER BY month, currency
     ON CONFLICT (organization_id, currency, month)
       DO UPDATE SET rate = excluded.rate, source = excluded.source, recorded_at = excluded.recorded_at
       WHERE (reporting_rate.rate, reporting_rate.source) IS DISTINCT FROM (excluded.rate, excluded.source)`,
    [organizationId(), now, ...columns],
  );
  return rows.map(toReportingRate);
}

/** Drafts that only wait for a rate of one of these currencies become stale, so that they are calculated anew. */
export async function markDraftsWithoutRateStale(currencies: readonly CurrencyCode[], now: Date): Promise<number> {
  const { rowCount } = await query(
    `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'exchange_rate'), stale_since = coalesce(stale_since, $2)
     WHERE number IS NULL AND currency = ANY ($1::text[]) AND 'exchange_rate_missing' = ANY (blockers)
       AND NOT 'exchange_rate' = ANY (stale_reasons)`,
    [currencies, now],
  );
  return rowCount ?? 0;
}
