import { addDays } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import { documentRate } from "../../domain/invoice/exchange";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { type Decimal, ONE, ZERO } from "../../domain/money/decimal";
import { money, roundToMinorUnit, zero } from "../../domain/money/money";
import { changeOf } from "../../domain/variance/driver";
import { inBaseCurrency } from "../../domain/variance/running";
import { ratesFor, reportingRatesOf } from "../exchange-rate";
import type { GridLine } from "./grid-line";

/** What one unit of each currency is worth in the base currency in each month. */
export type MonthRates = (code: CurrencyCode, month: PlainMonth) => Decimal | null;

/** The reporting rate of the month; where there is none, the document rate of its last day. */
export async function loadMonthRates(
  codes: readonly CurrencyCode[],
  months: readonly PlainMonth[],
  base: CurrencyCode,
): Promise<MonthRates> {
  const foreign = [...new Set(codes)].filter((code) => code !== base);
  const found = new Map<string, Decimal>();
  if (foreign.length > 0) {
    const wanted = months.flatMap((month) =>
      foreign.map((from) => ({ month, from, to: base, on: addDays(firstDayOf(shiftMonth(month, 1)), -1) })),
    );
    const [rates, ...reported] = await Promise.all([ratesFor(wanted), ...months.map(reportingRatesOf)]);
    for (const { month, ...asked } of wanted) {
      const rate = documentRate(rates, asked);
      if (rate.ok) found.set(`${asked.from} ${month}`, rate.value.rate);
    }
    for (const { currency: code, month, rate } of reported.flat()) found.set(`${code} ${month}`, rate);
  }
  return (code, month) => (code === base ? ONE : (found.get(`${code} ${month}`) ?? null));
}

/**
 * A row in the base currency, with what the rates moved as FX. Against a mean each month has its rate. Where a rate is
 * missing the row stays in its own currency and says so.
 */
export function lineInBase(
  line: GridLine,
  rates: MonthRates,
  { base, baselineMonths }: { readonly base: CurrencyCode; readonly baselineMonths: readonly PlainMonth[] },
): GridLine {
  const now = rates(line.currency, line.month);
  const before = baselineMonths.map((month) => rates(line.currency, month));
  if (now === null || before.includes(null)) {
    const flags = line.flags.includes("EXCHANGE_RATE_MISSING")
      ? line.flags
      : ([...line.flags, "EXCHANGE_RATE_MISSING"] as const);
    return { ...line, flags };
  }
  const into = currency(base);
  const against = line.against.map((variance, index) => ({ ...variance, rate: before[index] ?? now }));
  if (against.length === 0) {
    const current = roundToMinorUnit(money(line.current.amount.times(now), into));
    return { ...line, current, previous: zero(into), changeWithoutTiming: zero(into), fx: ZERO, shownIn: base };
  }
  const { baseline, drivers, fx } = inBaseCurrency(against, { currentRate: now, base: into });
  const current = baseline.plus(changeOf(drivers)).plus(fx);
  return {
    ...line,
    current: money(current, into),
    previous: money(baseline, into),
    drivers,
    fx,
    changeWithoutTiming: money(current.minus(baseline).minus(drivers.timing ?? ZERO), into),
    shownIn: base,
  };
}
