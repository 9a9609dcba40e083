import type { PlainDate } from "../../domain/calendar/plain-date";
import type { ExchangeRate } from "../../domain/invoice/exchange";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { checkCount, checkCurrency, checkOnce, checkRate } from "./check-rates";
import { markDraftsWithoutRateStale, putExchangeRates } from "./exchange-rate.store";

export type NewExchangeRate = {
  readonly from: string;
  readonly to: string;
  readonly on: PlainDate;
  readonly rate: Decimal;
  readonly source: string;
};

/** Sets rates of days, over those set before; invoices that were issued keep the rate that they were issued at. */
export const setExchangeRates = command({
  name: "setExchangeRates",
  permission: "change_catalog",
  run: async ({ rates }: { readonly rates: readonly NewExchangeRate[] }, { caller, now, note }) => {
    const problems = new InputProblems();
    checkCount(rates.length, problems);
    rates.forEach((rate, index) => {
      const path = ["rates", String(index)];
      checkCurrency(rate.from, problems, ...path, "from");
      checkCurrency(rate.to, problems, ...path, "to");
      if (rate.from === rate.to) {
        problems.report(
          "CURRENCIES_ALIKE",
          `A rate is between two currencies, not ${rate.from} and itself.`,
          ...path,
          "to",
        );
      }
      checkRate(rate, problems, ...path);
    });
    checkOnce(rates, ({ from, to, on }) => `${from} to ${to} on ${on}`, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const given = rates as readonly ExchangeRate[];
    const replaced = await putExchangeRates(given, now);
    const currencies = [...new Set(given.flatMap(({ from, to }): CurrencyCode[] => [from, to]))];
    const staleInvoices = await markDraftsWithoutRateStale(currencies, now);
    note({
      action: "exchange_rates.set",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before: replaced.length > 0 ? { rates: replaced } : null,
      after: { rates },
    });
    return ok({ set: rates.length, replaced: replaced.length, staleInvoices });
  },
});
