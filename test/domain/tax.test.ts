import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { formatNumber, parseNumber } from "../../server/domain/invoice/numbering";
import { type AppliedTax, chooseTax, creditTax, type TaxRate, taxOf, totalsOf } from "../../server/domain/invoice/tax";
import { money, moneyText, roundToMinorUnit, sum } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import { day, decimal, EUR } from "./billing-world";

const rate = (code: string, value: string, validFrom: string): TaxRate => ({
  code,
  jurisdiction: "GB",
  percent: percent(value),
  validFrom: day(validFrom),
  category: "standard",
  exemptionText: null,
});
const rates = [
  rate("S", "20", "2026-01-01"),
  rate("S", "17.5", "2020-01-01"),
  rate("S", "21", "2026-10-01"),
  rate("R", "5", "2020-01-01"),
];
const taxed = { rates, code: "S", taxPointOn: day("2026-09-30"), status: "taxed", buyerTaxId: null } as const;
const applied = (code: string, value: string): AppliedTax => ({
  code,
  jurisdiction: "GB",
  percent: percent(value),
  category: "standard",
  exemptionText: null,
});

describe("the tax rate", () => {
  test.each([
    ["2025-12-31", "17.5"],
    ["2026-01-01", "20"],
    ["2026-09-30", "20"],
    ["2026-10-01", "21"],
  ])("is the one valid on the tax point day %s: %s %", (taxPointOn, expected) => {
    const chosen = chooseTax({ ...taxed, taxPointOn: day(taxPointOn) });
    expect(chosen.ok && chosen.value.percent.toFixed()).toBe(expected);
  });

  it("is missing before the first and for codes that nobody knows", () => {
    for (const [code, taxPointOn] of [
      ["S", day("2019-12-31")],
      ["X", day("2026-01-01")],
    ] as const) {
      expect(chooseTax({ ...taxed, code, taxPointOn })).toEqual({
        ok: false,
        error: { code: "TAX_RATE_MISSING", taxCode: code, taxPointOn },
      });
    }
  });

  it("is nothing for an exempt buyer, and for reverse charge with a tax id", () => {
    const zero = (status: "exempt" | "reverse_charge", buyerTaxId: string | null) => {
      const chosen = chooseTax({ ...taxed, status, buyerTaxId });
      return chosen.ok ? [chosen.value.percent.toFixed(), chosen.value.category] : chosen.error;
    };
    expect(zero("exempt", null)).toEqual(["0", "exempt"]);
    expect(zero("reverse_charge", "DE123456789")).toEqual(["0", "reverse_charge"]);
    for (const none of [null, "", " "]) {
      expect(zero("reverse_charge", none)).toEqual({ code: "REVERSE_CHARGE_NEEDS_TAX_ID" });
    }
  });
});

describe("tax of lines", () => {
  const line = (net: string, tax: AppliedTax) => ({ net: money(net, EUR), tax });
  const lines = [
    line("25.06", applied("S", "15")),
    line("10.00", applied("R", "5")),
    line("25.61", applied("S", "15")),
    line("25.63", applied("S", "15")),
  ];

  it("per line rounds each, per rate each rate's sum, and both keep the order of the lines", () => {
    expect(taxOf({ lines, rounding: "per_line", currency: EUR }).map(moneyText)).toEqual([
      "3.76",
      "0.50",
      "3.84",
      "3.84",
    ]);
    expect(taxOf({ lines, rounding: "per_rate", currency: EUR }).map(moneyText)).toEqual([
      "3.76",
      "0.50",
      "3.84",
      "3.85",
    ]);
  });

  it("per rate adds up to the rounded tax of each rate, with negative lines among them", () => {
    const nets = fc.array(fc.integer({ min: -99_999, max: 99_999 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(nets, fc.constantFrom("5", "7.7", "19", "20"), (cents, value) => {
        const same = cents.map((amount) => line((amount / 100).toFixed(2), applied("S", value)));
        const total = sum(taxOf({ lines: same, rounding: "per_rate", currency: EUR }), EUR);
        const net = cents.reduce((all, amount) => all.plus(amount), decimal(0)).div(100);
        expect(moneyText(total)).toBe(moneyText(roundToMinorUnit(money(net.times(value).div(100), EUR))));
      }),
    );
  });

  it("adds up to the totals, rate by rate", () => {
    const taxes = taxOf({ lines, rounding: "per_line", currency: EUR });
    const totals = totalsOf(
      lines.map(({ net, tax }, index) => ({ net, applied: tax, tax: taxes[index] ?? money("0", EUR) })),
      EUR,
    );
    expect([totals.net, totals.tax, totals.gross].map(moneyText)).toEqual(["86.30", "11.94", "98.24"]);
    expect(totals.byRate.map(({ applied: { code }, net, tax }) => [code, moneyText(net), moneyText(tax)])).toEqual([
      ["S", "76.30", "11.44"],
      ["R", "10.00", "0.50"],
    ]);
  });
});

describe("the tax of credits", () => {
  const euros = (text: string) => money(text, EUR);
  const credit = (netCredited: string, netBefore = "0", taxBefore = "0", lineNet = "10.00", lineTax = "1.90") =>
    creditTax({
      lineNet: euros(lineNet),
      lineTax: euros(lineTax),
      netCreditedBefore: euros(netBefore),
      taxCreditedBefore: euros(taxBefore),
      netCredited: euros(netCredited),
    });

  test.each([
    ["9.99", "1.90"],
    ["10.00", "1.90"],
  ])("on %s of 10.00 is %s", (amount, expected) => {
    const tax = credit(amount);
    expect(tax.ok && moneyText(tax.value)).toBe(expected);
  });

  it("is refused above the line, with what can still be credited", () => {
    expect(credit("10.01")).toEqual({ ok: false, error: { code: "CREDIT_ABOVE_LINE", creditable: euros("10.00") } });
    const refused = credit("5.00", "6.00");
    expect(!refused.ok && moneyText(refused.error.creditable)).toBe("4.00");
  });

  it("of a line below zero mirrors", () => {
    const tax = credit("-10.00", "0", "0", "-10.00", "-1.90");
    expect(tax.ok && moneyText(tax.value)).toBe("-1.90");
    expect(credit("-10.01", "0", "0", "-10.00", "-1.90").ok).toBe(false);
  });

  it("in any parts adds up to the tax of the line", () => {
    const parts = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 25 }), (cents, value) => {
        const lineNet = money(decimal(cents.reduce((all, part) => all + part, 0)).div(100), EUR);
        const lineTax = roundToMinorUnit(money(lineNet.amount.times(value).div(100), EUR));
        let netCreditedBefore = money("0", EUR);
        let taxCreditedBefore = money("0", EUR);
        for (const part of cents) {
          const netCredited = money(decimal(part).div(100), EUR);
          const tax = creditTax({ lineNet, lineTax, netCreditedBefore, taxCreditedBefore, netCredited });
          if (!tax.ok) throw new Error(tax.error.code);
          netCreditedBefore = sum([netCreditedBefore, netCredited], EUR);
          taxCreditedBefore = sum([taxCreditedBefore, tax.value], EUR) as typeof taxCreditedBefore;
        }
        expect(moneyText(taxCreditedBefore)).toBe(moneyText(lineTax));
      }),
    );
  });
});

describe("document numbers", () => {
  const yearly = { prefix: "INV-", isYearly: true, digits: 5 };
  const plain = { prefix: "CN", isYearly: false, digits: 3 };

  test.each([
    [yearly, { year: 2026, counter: 42 }, "INV-2026-00042"],
    [yearly, { year: 2026, counter: 123_456 }, "INV-2026-123456"],
    [plain, { year: null, counter: 7 }, "CN007"],
  ])("are written and read back: %o %o %s", (series, parts, text) => {
    expect(formatNumber(series, parts)).toBe(text);
    expect(parseNumber(series, text)).toEqual({ ok: true, value: parts });
  });

  test.each(["INV-2026-0042", "INV-2026-00000", "INV-00042", "inv-2026-00042", "INV-2026-00042 ", "INV-2026-042x", ""])(
    "%j is none of the series",
    (given) => expect(parseNumber(yearly, given)).toEqual({ ok: false, error: { code: "NUMBER_MALFORMED", given } }),
  );

  it("begin with 1", () => {
    expect(() => formatNumber(plain, { year: null, counter: 0 })).toThrow();
    expect(() => formatNumber(yearly, { year: null, counter: 1 })).toThrow();
  });
});
