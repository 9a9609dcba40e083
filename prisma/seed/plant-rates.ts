import { localDayOf } from "../../server/domain/calendar/local-day";
import { type PlainMonth, shiftMonth } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import { setExchangeRates } from "../../server/modules/exchange-rate/set-exchange-rates";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut } from "./carry-out";
import { CURRENCIES, type DemoCurrency } from "./catalog";
import { SELLER } from "./seller";
import { billedAt, MONTH_TO_CLOSE } from "./timeline";

type Foreign = Exclude<DemoCurrency, "GBP">;

/** What one unit is about worth in pounds, and how far it moves from one month to the next. */
const WORTH: { readonly [C in Foreign]: readonly [worth: string, step: string] } = {
  USD: ["0.7600", "0.0040"],
  EUR: ["0.8650", "0.0020"],
  JPY: ["0.005050", "0.000020"],
};
/** So many steps above or below, month after month. */
const MOVES = [0, 1, 2, 1, -1, -2, 0, 2];

/** Gives the rates of all days on which the company issues its invoices, at once. */
export async function plantRates(context: RequestContext, months: readonly PlainMonth[]): Promise<void> {
  const opening = shiftMonth(months[0] ?? MONTH_TO_CLOSE, -1);
  const foreign = CURRENCIES.filter((currency) => currency !== "GBP");
  const rates = [opening, ...months].flatMap((month, index) =>
    foreign.map((from) => {
      const [worth, step] = WORTH[from];
      const moved = new Decimal(step).times(MOVES[index % MOVES.length] ?? 0);
      const on = localDayOf(billedAt(month), SELLER.timeZone);
      return { from, to: "GBP", on, rate: moved.plus(worth), source: "Bank of Lantern Yard" };
    }),
  );
  await carryOut(setExchangeRates, context, { rates });
}
