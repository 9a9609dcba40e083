import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { ReportingRate } from "../../domain/invoice/exchange";
import type { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { checkCount, checkCurrency, checkOnce, checkRate } from "./check-rates";
import { putReportingRates } from "./exchange-rate.store";

export type NewReportingRate = {
  readonly currency: string;
  readonly month: PlainMonth;
  readonly rate: Decimal;
  readonly source: string;
};

/** Sets what currencies count in the base currency in the reports of months, over what was set before. */
export const setReportingRates = command({
  name: "setReportingRates",
  permission: "change_catalog",
  run: async ({ rates }: { readonly rates: readonly NewReportingRate[] }, { caller, now, note }) => {
    const { baseCurrency } = await loadOrganization();
    const problems = new InputProblems();
    checkCount(rates.length, problems);
    rates.forEach((rate, index) => {
      const path = ["rates", String(index)];
      checkCurrency(rate.currency, problems, ...path, "currency");
      if (rate.currency === baseCurrency) {
        const message = `${baseCurrency} is the base currency and counts as it is.`;
        problems.report("CURRENCIES_ALIKE", message, ...path, "currency");
      }
      checkRate(rate, problems, ...path);
    });
    checkOnce(rates, ({ currency, month }) => `${currency} in ${month}`, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const replaced = await putReportingRates(rates as readonly ReportingRate[], now);
    note({
      action: "reporting_rates.set",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before: replaced.length > 0 ? { rates: replaced } : null,
      after: { rates },
    });
    return ok({ set: rates.length, replaced: replaced.length });
  },
});
