import { Decimal as Foreign } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { allocate, roundTogether } from "../../server/domain/money/allocate";
import { CURRENCY_CODES, type Currency, currency, parseCurrency } from "../../server/domain/money/currency";
import { addUp, Decimal, parseDecimal, ZERO } from "../../server/domain/money/decimal";
import {
  add,
  compare,
  type Money,
  money,
  moneyText,
  negate,
  roundToMinorUnit,
  subtract,
  sum,
} from "../../server/domain/money/money";
import { parsePercent, percent, percentOf } from "../../server/domain/money/percent";
import { roundRunning } from "../../server/domain/money/running-total";
import { decimal } from "./billing-world";

const EUR = currency("EUR");
const JPY = currency("JPY");
const KWD = currency("KWD");

describe("decimal text", () => {
  test.each([
    ["0", "0"],
    ["-1250.00", "-1250"],
    ["0.000000000001", "0.000000000001"],
    ["1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890"],
  ])("%s is read exactly", (text, exact) => {
    const parsed = parseDecimal(text);
    expect(parsed.ok && parsed.value.toFixed()).toBe(exact);
  });

  test.each(["", " 1", "1 ", "+1", "1e3", "1,000", "1.", ".5", "--1", "0x10", "NaN", "Infinity", "١"])(
    "%j is refused as malformed",
    (text) => expect(parseDecimal(text)).toEqual({ ok: false, error: { code: "DECIMAL_MALFORMED", given: text } }),
  );

  it("is refused with more digits than the arithmetic keeps", () => {
    const parsed = parseDecimal("1".repeat(41));
    expect(!parsed.ok && parsed.error.code).toBe("DECIMAL_TOO_LONG");
  });

  it("is not touched by the settings of the shared constructor", () => {
    const { precision } = Foreign;
    Foreign.set({ precision: 2 });
    expect(decimal("1.2345").times(1).toFixed()).toBe("1.2345");
    Foreign.set({ precision });
  });
});

describe("adding up", () => {
  test.each([
    [[], "0"],
    [["0", "-0"], "0"],
    [["0.1", "0.2"], "0.3"],
    [["1234567890123456.78", "-0.000000000001", "9999999.99"], "1234567900123456.769999999999"],
    [["12.5", "-12.5"], "0"],
    [["-100000000000000000000", "0.01"], "-99999999999999999999.99"],
  ])("%j comes to %s", (amounts, total) => {
    const sum = addUp(amounts.map(decimal));
    expect(sum.toFixed()).toBe(total);
    expect(sum.isZero() && sum.isNegative()).toBe(false);
  });

  it("comes to what adding one after the other comes to", () => {
    const amount = fc
      .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: -12, max: 6 }))
      .map(([digits, exponent]) => new Decimal(`${digits}e${exponent}`));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 30 }), (amounts) => {
        const oneByOne = amounts.reduce((total, each) => total.plus(each), ZERO);
        expect(addUp(amounts).toFixed()).toBe(oneByOne.isZero() ? "0" : oneByOne.toFixed());
      }),
    );
  });
});

describe("currency", () => {
  test.each([
    ["EUR", 2],
    ["JPY", 0],
    ["KWD", 3],
    ["UYW", 4],
  ] as const)("%s has %d minor units", (code, minorUnits) => expect(currency(code).minorUnits).toBe(minorUnits));

  it("is known by its ISO code in capitals alone", () => {
    expect(parseCurrency("GBP")).toEqual({ ok: true, value: { code: "GBP", minorUnits: 2 } });
    for (const given of ["gbp", "XXX", "", "toString", "DEM"]) {
      expect(parseCurrency(given)).toEqual({ ok: false, error: { code: "CURRENCY_UNKNOWN", given } });
    }
  });

  it("has the 155 active currencies, none of them twice", () => {
    expect(new Set(CURRENCY_CODES).size).toBe(CURRENCY_CODES.length);
    expect(CURRENCY_CODES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});

describe("money", () => {
  it("does not mix currencies, in types nor at run time", () => {
    // @ts-expect-error - euros and yen do not add
    expect(() => add(money("1", EUR), money("1", JPY))).toThrow("EUR and JPY do not mix");
    // @ts-expect-error - nor do they compare
    expect(() => compare(money("1", EUR), money("1", JPY))).toThrow();
    expect(() => sum([money("1", JPY) as Money], EUR as Currency)).toThrow();
  });

  it("takes no JS number", () => {
    // @ts-expect-error - a number would have lost digits already
    money(0.1, EUR);
    expectTypeOf<Parameters<typeof money>[0]>().toEqualTypeOf<Decimal | string>();
  });

  it("adds, subtracts, negates and compares", () => {
    expect(moneyText(subtract(money("1.10", EUR), money("2.30", EUR)))).toBe("-1.20");
    expect(negate(money("0", EUR)).amount.isNegative()).toBe(false);
    expect(compare(money("1", EUR), money("1.00", EUR))).toBe(0);
    expect(moneyText(sum([], EUR))).toBe("0.00");
  });

  test.each([
    ["1.004", EUR, "1.00"],
    ["1.005", EUR, "1.01"],
    ["-1.005", EUR, "-1.01"],
    ["0.5", JPY, "1"],
    ["-0.4", JPY, "0"],
    ["1.0005", KWD, "1.001"],
  ])("%s rounds half away from zero in %o", (amount, unit, expected) => {
    expect(moneyText(roundToMinorUnit(money(amount, unit as Currency)))).toBe(expected);
  });
});

describe("percent", () => {
  test.each([
    ["0", []],
    ["0.001", ["PERCENT_BELOW_ONE"]],
    ["0.999", ["PERCENT_BELOW_ONE"]],
    ["1", []],
    ["100", []],
  ])("%s is read with warnings %j", (text, warnings) => {
    const parsed = parsePercent(text);
    expect(parsed.ok && parsed.value.warnings).toEqual(warnings);
  });

  test.each(["-0.01", "100.01", "101"])("%s is refused", (given) => {
    expect(parsePercent(given)).toEqual({ ok: false, error: { code: "PERCENT_OUT_OF_RANGE", given } });
    expect(() => percent(given)).toThrow();
  });

  it("7.5 takes 7.5 % of an amount", () => expect(percentOf(decimal(200), percent("7.5")).toFixed()).toBe("15"));
});

describe("splitting a total", () => {
  const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 24 });

  it("refuses weights below zero and weights of nothing", () => {
    const total = money("1.00", EUR);
    expect(allocate(total, [decimal(-1), decimal(2)])).toEqual({ ok: false, error: { code: "WEIGHTS_NEGATIVE" } });
    for (const none of [[], [decimal(0)]]) {
      expect(allocate(total, none)).toEqual({ ok: false, error: { code: "WEIGHTS_ALL_ZERO" } });
    }
  });

  it("throws on a total that is not whole minor units", () => {
    expect(() => allocate(money("0.001", EUR), [decimal(1)])).toThrow();
  });

  it("conserves the total, mirrors below zero, and gives nothing to a weight of nothing", () => {
    fc.assert(
      fc.property(cents, weights, (amount, list) => {
        fc.pre(list.some((weight) => weight > 0));
        const split = (total: number) => {
          const parts = allocate(money(decimal(total).div(100), EUR), list.map(decimal));
          if (!parts.ok) throw new Error(parts.error.code);
          return parts.value.map((part) => part.amount.times(100).toNumber());
        };
        const parts = split(amount);
        expect(parts.reduce((total, part) => total + part, 0)).toBe(amount);
        expect(split(-amount).map((part) => -part + 0)).toEqual(parts.map((part) => part + 0));
        for (const [index, part] of parts.entries()) if (list[index] === 0) expect(part + 0).toBe(0);
      }),
    );
  });

  it("rounds amounts together to their rounded sum, each by less than a unit", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99_999, max: 99_999 }), { maxLength: 12 }), (thousandths) => {
        const exact = thousandths.map((value) => money(decimal(value).div(1000), EUR));
        const rounded = roundTogether(exact, EUR);
        expect(moneyText(sum(rounded, EUR))).toBe(moneyText(roundToMinorUnit(sum(exact, EUR))));
        for (const [index, part] of rounded.entries()) {
          expect(
            part.amount
              .minus(exact[index]?.amount ?? 0)
              .abs()
              .lt("0.01"),
          ).toBe(true);
        }
      }),
    );
  });
});

describe("a running total", () => {
  it("gives two halves of 9.99 as 5.00 and 4.99", () => {
    const halves = roundRunning([decimal("4.995"), decimal("4.995")], EUR);
    expect(halves.map(({ amount }) => amount.toFixed(2))).toEqual(["5.00", "4.99"]);
  });

  it("ends at the rounded sum", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9999, max: 9999 }), { minLength: 1, maxLength: 30 }), (values) => {
        const parts = values.map((value) => decimal(value).div(7));
        const total = parts.reduce((all, part) => all.plus(part), new Decimal(0));
        const given = roundRunning(parts, EUR).reduce((all, { amount }) => all.plus(amount), new Decimal(0));
        expect(given.equals(roundToMinorUnit(money(total, EUR)).amount)).toBe(true);
      }),
    );
  });
});
