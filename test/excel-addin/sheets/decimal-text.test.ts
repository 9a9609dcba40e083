import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  equalDecimals,
  longestPlaces,
  percentToCellRatio,
  signOf,
  sumDecimals,
  toCellNumber,
} from "../../../excel-addin/sheets/decimal-text";

describe("decimals of the server in the sheet", () => {
  it("become numbers as they are", () => {
    expect(toCellNumber("1250.00")).toBe(1250);
    expect(toCellNumber("-0.05")).toBe(-0.05);
    expect(toCellNumber("999999999999.99")).toBe(999999999999.99);
  });

  it.each(["", "1,250.00", "1e3", "NaN", "0x10", " 1", "1.", ".5", "--1"])(
    "refuse %j instead of showing a zero",
    (text) => {
      expect(() => toCellNumber(text)).toThrow(RangeError);
    },
  );

  it("turn percents into ratios without dividing", () => {
    expect(percentToCellRatio("7.5")).toBe(0.075);
    expect(percentToCellRatio("-12.34")).toBe(-0.1234);
    expect(percentToCellRatio("0")).toBe(0);
  });

  it("add up exactly where doubles do not", () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(sumDecimals(["0.1", "0.2"])).toBe("0.3");
    expect(sumDecimals(["9007199254740993.01", "0.01"])).toBe("9007199254740993.02");
    expect(sumDecimals(["10.50", "-20.75"])).toBe("-10.25");
    expect(sumDecimals(["0.05", "-0.10"])).toBe("-0.05");
    expect(sumDecimals(["1200", "300"])).toBe("1500");
    expect(sumDecimals(["1.005", "2"])).toBe("3.005");
    expect(sumDecimals(["-0.30", "0.30"])).toBe("0.00");
    expect(sumDecimals([])).toBe("0");
  });

  it("are equal whatever their zeros", () => {
    expect(equalDecimals("10.50", "10.5")).toBe(true);
    expect(equalDecimals("10.50", "10.51")).toBe(false);
    expect(equalDecimals("0", "-0.00")).toBe(true);
  });

  it("know their sign and their places", () => {
    expect([signOf("0.01"), signOf("-0.01"), signOf("0.00"), signOf("-0")]).toEqual([1, -1, 0, 0]);
    expect(longestPlaces(["1200", "10.50", "0.001"])).toBe(3);
    expect(longestPlaces([])).toBe(0);
  });

  it("sum to the same in any order", () => {
    const cents = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 20 }), (amounts) => {
        const texts = amounts.map((amount) => toText(amount));
        const sum = amounts.reduce((total, amount) => total + amount, 0);
        expect(equalDecimals(sumDecimals(texts), toText(sum))).toBe(true);
        expect(sumDecimals([...texts].reverse())).toBe(sumDecimals(texts));
      }),
    );
  });
});

function toText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
