import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { formatNumber, parseNumber } from "../../server/domain/invoice/numbering";
import {
  type AmountToTax,
  type AppliedTax,
  chooseTax,
  creditTax,
  type TaxRate,
  type TaxRounding,
  taxOf,
  taxTakenOff,
  totalsOf,
} from "../../server/domain/invoice/tax";
import { add, money, moneyText, roundToMinorUnit, subtract, sum } from "../../server/domain/money/money";
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
  const line = (amount: string, tax: AppliedTax, isInclusive = false): AmountToTax => ({
    amount: money(amount, EUR),
    tax,
    isInclusive,
  });
  const taxesOf = (lines: readonly AmountToTax[], rounding: TaxRounding) =>
    taxOf({ lines, rounding, currency: EUR }).map(({ tax }) => tax);
  const roundings = fc.constantFrom<TaxRounding>("per_line", "per_rate");
  const amountsInCents = fc.array(fc.integer({ min: -99_999, max: 99_999 }), { minLength: 1, maxLength: 12 });
  const rateValues = fc.constantFrom("0", "5", "7.7", "19", "20");
  const euros = (cents: number) => (cents / 100).toFixed(2);
  const lines = [
    line("25.06", applied("S", "15")),
    line("10.00", applied("R", "5")),
    line("25.61", applied("S", "15")),
    line("25.63", applied("S", "15")),
  ];

  it("per line rounds each, per rate each rate's sum, and both keep the order of the lines", () => {
    expect(taxesOf(lines, "per_line").map(moneyText)).toEqual(["3.76", "0.50", "3.84", "3.84"]);
    expect(taxesOf(lines, "per_rate").map(moneyText)).toEqual(["3.76", "0.50", "3.84", "3.85"]);
  });

  it("per rate adds up to the rounded tax of each rate, with negative lines among them", () => {
    fc.assert(
      fc.property(amountsInCents, rateValues, (cents, value) => {
        const same = cents.map((amount) => line(euros(amount), applied("S", value)));
        const net = cents.reduce((all, amount) => all.plus(amount), decimal(0)).div(100);
        expect(moneyText(sum(taxesOf(same, "per_rate"), EUR))).toBe(
          moneyText(roundToMinorUnit(money(net.times(value).div(100), EUR))),
        );
      }),
    );
  });

  test.each([
    ["120.00", "20", "100.00", "20.00"],
    ["100.00", "20", "83.33", "16.67"],
    ["100.00", "19", "84.03", "15.97"],
    ["0.01", "20", "0.01", "0.00"],
    ["0.03", "20", "0.02", "0.01"],
    ["-100.00", "20", "-83.33", "-16.67"],
    ["100.00", "0", "100.00", "0.00"],
  ])("out of %s at %s % is net %s and tax %s", (gross, value, net, tax) => {
    const [taxedAmount] = taxOf({
      lines: [line(gross, applied("S", value), true)],
      rounding: "per_line",
      currency: EUR,
    });
    expect(taxedAmount && [moneyText(taxedAmount.net), moneyText(taxedAmount.tax)]).toEqual([net, tax]);
  });

  it("out of prices that include it, per rate, is one rounding split over the lines", () => {
    const gross = ["10.00", "10.00", "10.00"].map((amount) => line(amount, applied("S", "20"), true));
    expect(taxesOf(gross, "per_line").map(moneyText)).toEqual(["1.67", "1.67", "1.67"]);
    expect(taxesOf(gross, "per_rate").map(moneyText)).toEqual(["1.67", "1.67", "1.66"]);
  });

  it("and net add up to the price that includes it, to the cent", () => {
    fc.assert(
      fc.property(amountsInCents, rateValues, roundings, (cents, value, rounding) => {
        const gross = cents.map((amount) => line(euros(amount), applied("S", value), true));
        for (const [index, { net, tax }] of taxOf({ lines: gross, rounding, currency: EUR }).entries()) {
          expect(moneyText(add(net, tax))).toBe(euros(cents[index] ?? 0));
        }
      }),
    );
  });

  it("adds up to the totals, rate by rate", () => {
    const taxedLines = taxOf({ lines, rounding: "per_line", currency: EUR });
    const totals = totalsOf(
      taxedLines.map((amounts, index) => ({ ...amounts, applied: (lines[index] as AmountToTax).tax })),
      EUR,
    );
    expect([totals.net, totals.tax, totals.gross].map(moneyText)).toEqual(["86.30", "11.94", "98.24"]);
    expect(totals.byRate.map(({ applied: { code }, net, tax }) => [code, moneyText(net), moneyText(tax)])).toEqual([
      ["S", "76.30", "11.44"],
      ["R", "10.00", "0.50"],
    ]);
  });

  describe("that prepaid credits take off", () => {
    const takenOffOf = (
      own: readonly AmountToTax[],
      takenOff: readonly (readonly [number, string])[],
      rounding: TaxRounding = "per_line",
    ) =>
      taxTakenOff({
        lines: own,
        takenOff: takenOff.map(([index, amount]) => ({ line: index, amount: money(amount, EUR) })),
        rounding,
        currency: EUR,
      });

    it("is all of it where the line is paid in full, in whatever parts", () => {
      const [paid] = [line("10.03", applied("S", "20"))];
      expect(taxesOf([paid], "per_line").map(moneyText)).toEqual(["2.01"]);
      const parts = takenOffOf(
        [paid],
        [
          [0, "5.01"],
          [0, "5.02"],
        ],
      );
      expect(parts.map(moneyText)).toEqual(["1.00", "1.01"]);
    });

    it("leaves the tax that what is left would have had alone", () => {
      const off = takenOffOf([line("10.03", applied("S", "20"))], [[0, "5.01"]]);
      // 20 % of 5.02 is 1.004, and 2.01 − 1.01 is 1.00.
      expect(off.map(moneyText)).toEqual(["1.01"]);
    });

    it("comes back where credits come back", () => {
      expect(takenOffOf([line("-30.00", applied("S", "20"))], [[0, "-12.00"]]).map(moneyText)).toEqual(["-2.40"]);
    });

    it("is nothing without a rate, and of other rates nothing", () => {
      const own = [line("10.00", applied("Z", "0")), line("10.00", applied("S", "20"))];
      for (const rounding of ["per_line", "per_rate"] as const) {
        expect(takenOffOf(own, [[0, "10.00"]], rounding).map(moneyText)).toEqual(["0.00"]);
      }
    });

    it("in full leaves no tax at all, included or not, per line and per rate", () => {
      fc.assert(
        fc.property(amountsInCents, rateValues, roundings, fc.boolean(), (cents, value, rounding, isInclusive) => {
          const own = cents.map((amount) => line(euros(amount), applied("S", value), isInclusive));
          const taxedLines = taxOf({ lines: own, rounding, currency: EUR });
          const takenOff = taxedLines.map(({ net }, index) => ({ line: index, amount: net }));
          const off = taxTakenOff({ lines: own, takenOff, rounding, currency: EUR });
          const taxes = taxedLines.map(({ tax }) => tax);
          // A line so small that its net is nothing, such as 0.01 at 100 %, cannot be paid by its net.
          if (taxedLines.every(({ net }) => !net.amount.isZero())) {
            expect(moneyText(sum(off, EUR))).toBe(moneyText(sum(taxes, EUR)));
          }
        }),
      );
    });

    it("per rate leaves the rounded tax of the rate on what is left", () => {
      const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 100 })), {
        minLength: 1,
        maxLength: 8,
      });
      fc.assert(
        fc.property(parts, rateValues, (all, value) => {
          const own = all.map(([cents]) => line(euros(cents), applied("S", value)));
          const takenOff = all.map(([cents, share], index) => ({
            line: index,
            amount: roundToMinorUnit(money(decimal(cents).times(share).div(10_000), EUR)),
          }));
          const off = taxTakenOff({ lines: own, takenOff, rounding: "per_rate", currency: EUR });
          const left = sum(
            own.map(({ amount }) => amount),
            EUR,
          ).amount.minus(
            sum(
              takenOff.map(({ amount }) => amount),
              EUR,
            ).amount,
          );
          expect(moneyText(subtract(sum(taxesOf(own, "per_rate"), EUR), sum(off, EUR)))).toBe(
            moneyText(roundToMinorUnit(money(left.times(value).div(100), EUR))),
          );
        }),
      );
    });
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
