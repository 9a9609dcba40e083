import { localDayOf } from "../../server/domain/calendar/local-day";
import { type PlainMonth, shiftMonth } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import { setExchangeRates } from "../../server/modules/exchange-rate/set-exchange-rates";
import { setReportingRates } from "../../server/modules/exchange-rate/set-reporting-rates";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut } from "./carry-out";
import { CURRENCIES, type DemoCurrency } from "./catalog";
import { SELLER } from "./seller";
import { billedAt, MONTH_TO_CLOSE } from "./timeline";

type Foreign = Exclude<DemoCurrency, "GBP">;
const FOREIGN = CURRENCIES.filter((currency): currency is Foreign => currency !== "GBP");

/** What one unit is about worth in pounds, and how far it moves from one month to the next. */
const WORTH: { readonly [C in Foreign]: readonly [worth: string, step: string] } = {
  USD: ["0.7600", "0.0040"],
  EUR: ["0.8650", "0.0020"],
  JPY: ["0.005050", "0.000020"],
};
/** So many steps above or below, month after month back from the last one. */
const MOVES = [0, -2, -1, 1, 2, 1, 0, 2];

/** In the month to close the dollar loses what it usually does not lose in a year. */
export const DOLLAR = { september: "0.7520", october: "0.7110" };
const SOURCE = "Bank of Lantern Yard";

/**
 * Gives the rates of all days on which the company issues its invoices, and those of its reports, at once. The running
 * month reports at the rates of the one before it, as long as it has none of its own.
 */
export async function plantRates(context: RequestContext, months: readonly PlainMonth[]): Promise<void> {
  const opening = shiftMonth(months[0] ?? MONTH_TO_CLOSE, -1);
  const all = [opening, ...months];
  const rates = all.flatMap((month) =>
    FOREIGN.map((from) => {
      const on = localDayOf(billedAt(month), SELLER.timeZone);
      return { from, to: "GBP", on, rate: rateIn(month, from, all), source: SOURCE };
    }),
  );
  await carryOut(setExchangeRates, context, { rates });
  const reported = [...all, shiftMonth(MONTH_TO_CLOSE, 1)].flatMap((month) =>
    FOREIGN.map((currency) => ({ currency, month, rate: rateIn(month, currency, all), source: SOURCE })),
  );
  await carryOut(setReportingRates, context, { rates: reported });
}

function rateIn(month: PlainMonth, currency: Foreign, months: readonly PlainMonth[]): Decimal {
  const monthsBack = Math.max(0, months.length - 1 - months.indexOf(month < MONTH_TO_CLOSE ? month : MONTH_TO_CLOSE));
  if (currency === "USD" && monthsBack === 0) return new Decimal(DOLLAR.october);
  const [worth, step] = WORTH[currency];
  return new Decimal(step).times(MOVES[monthsBack % MOVES.length] ?? 0).plus(worth);
}
