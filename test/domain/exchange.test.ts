import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addDays } from "../../server/domain/calendar/plain-date";
import type { PlainMonth } from "../../server/domain/calendar/plain-month";
import { convert, documentRate, type ExchangeRate, inverse, reportingRate } from "../../server/domain/invoice/exchange";
import { type CurrencyCode, currency } from "../../server/domain/money/currency";
import { money, moneyText } from "../../server/domain/money/money";
import { day, decimal } from "./billing-world";

const rate = (from: CurrencyCode, to: CurrencyCode, on: string, value: string): ExchangeRate => ({
  from,
  to,
  on: day(on),
  rate: decimal(value),
  source: "ECB",
});
const euroInPounds = [
  rate("EUR", "GBP", "2026-10-30", "0.8712"),
  rate("EUR", "GBP", "2026-10-29", "0.8701"),
  rate("EUR", "USD", "2026-11-02", "1.1"),
];
const found = (rates: readonly ExchangeRate[], on: string, from: CurrencyCode = "EUR", to: CurrencyCode = "GBP") => {
  const chosen = documentRate(rates, { from, to, on: day(on) });
  return chosen.ok ? `${chosen.value.on} ${chosen.value.rate.toFixed()}` : chosen.error;
};

describe("the rate of a document", () => {
  test.each([
    ["2026-10-29", "2026-10-29 0.8701"],
    ["2026-10-30", "2026-10-30 0.8712"],
    ["2026-11-01", "2026-10-30 0.8712"],
    ["2026-11-06", "2026-10-30 0.8712"],
  ])("of %s is the latest on or before it: %s", (on, expected) => expect(found(euroInPounds, on)).toBe(expected));

  it("is refused when the latest is more than seven days old, and before the first, with the day of the latest", () => {
    const refusal = { code: "EXCHANGE_RATE_MISSING", from: "EUR", to: "GBP" };
    expect(found(euroInPounds, "2026-11-07")).toEqual({ ...refusal, on: "2026-11-07", latestOn: "2026-10-30" });
    expect(found(euroInPounds, "2026-10-28")).toEqual({ ...refusal, on: "2026-10-28", latestOn: null });
    expect(found([], "2026-10-28")).toEqual({ ...refusal, on: "2026-10-28", latestOn: null });
  });

  it("is turned by division where it was given the other way round, with twelve decimals", () => {
    expect(found([rate("GBP", "EUR", "2026-10-30", "1.15")], "2026-10-30")).toBe("2026-10-30 0.869565217391");
    expect(found([rate("GBP", "JPY", "2026-10-30", "200")], "2026-10-30", "JPY", "GBP")).toBe("2026-10-30 0.005");
  });

  it("is the direct one of a day that has both, and the later one of two days", () => {
    const [direct, turned] = [rate("EUR", "GBP", "2026-10-30", "0.87"), rate("GBP", "EUR", "2026-10-30", "1.25")];
    expect(found([turned, direct], "2026-10-30")).toBe("2026-10-30 0.87");
    expect(found([direct, { ...turned, on: day("2026-10-31") }], "2026-10-31")).toBe("2026-10-31 0.8");
  });

  it("does not depend on the order in which rates are given, and is never of a later day", () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 10 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 40 }), (offsets, wanted) => {
        const first = day("2026-10-01");
        const rates = offsets.map((offset) => rate("EUR", "GBP", addDays(first, offset), `0.${offset + 10}`));
        const on = addDays(first, wanted);
        const answer = found(rates, on);
        expect(found(rates.toReversed(), on)).toEqual(answer);
        const eligible = offsets.filter((offset) => offset <= wanted && offset >= wanted - 7);
        const expected = eligible.length === 0 ? "none" : addDays(first, Math.max(...eligible));
        expect(typeof answer === "string" ? answer.slice(0, 10) : "none").toBe(expected);
      }),
    );
  });
});

describe("a conversion", () => {
  test.each<[string, CurrencyCode, string, CurrencyCode, string]>([
    ["100.00", "EUR", "0.8712", "GBP", "87.12"],
    ["0.01", "EUR", "0.5", "GBP", "0.01"],
    ["-0.01", "EUR", "0.5", "GBP", "-0.01"],
    ["10.00", "EUR", "163.555", "JPY", "1636"],
    ["1000", "JPY", "0.0020005", "KWD", "2.001"],
  ])("of %s %s at %s %s is %s", (amount, from, value, to, expected) => {
    expect(moneyText(convert(money(amount, currency(from)), decimal(value), currency(to)))).toBe(expected);
  });

  it("there and back at a turned rate misses by less than what rounding there can hide", () => {
    const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(cents, fc.integer({ min: 5_000, max: 20_000 }), (amount, tenThousandths) => {
        const value = decimal(tenThousandths).div(10_000);
        const euros = money(decimal(amount).div(100), currency("EUR"));
        const back = convert(convert(euros, value, currency("GBP")), inverse(value), currency("EUR"));
        expect(back.amount.minus(euros.amount).abs().lte("0.02")).toBe(true);
      }),
    );
  });
});

describe("the reporting rate", () => {
  const october = { currency: "EUR", month: "2026-10" as PlainMonth, rate: decimal("0.87"), source: "HMRC" } as const;

  it("is that of the currency and month, and of no other", () => {
    expect(reportingRate([october], { currency: "EUR", month: october.month })).toEqual({ ok: true, value: october });
    for (const wanted of [
      { currency: "USD", month: october.month } as const,
      { currency: "EUR", month: "2026-11" as PlainMonth } as const,
    ]) {
      expect(reportingRate([october], wanted)).toEqual({
        ok: false,
        error: { code: "REPORTING_RATE_MISSING", ...wanted },
      });
    }
  });
});
