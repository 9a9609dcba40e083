import { describe, expect, test } from "vitest";
import { Decimal } from "../../server/domain/money/decimal";
import type { Price } from "../../server/domain/pricing/price";
import { priceFromTerms, termsFromPrice } from "../../server/domain/pricing/price-terms";

const d = (text: string) => new Decimal(text);
const tiers = [
  { upTo: d("100"), unitPrice: d("0.000000000001"), flatFee: d("0") },
  { upTo: null, unitPrice: d("1234567890123456.123456789012") },
];

/** One of each model, with every field it can have on some of them. */
const prices: readonly Price[] = [
  { model: "flat", fee: d("1250.00"), minimum: d("10"), maximum: d("20000") },
  { model: "per_unit", unitPrice: d("0.05"), includedUnits: d("0.5") },
  { model: "package", packageSize: d("1000"), packagePrice: d("9.9"), includedUnits: d("1") },
  { model: "graduated", tiers, feeAtZero: false },
  { model: "volume", tiers },
  {
    model: "percentage",
    percent: d("2.9"),
    fixedPerEvent: d("0.3"),
    minimumPerEvent: d("1"),
    maximumPerEvent: d("10"),
    includedEvents: d("5"),
    includedAmount: d("100"),
  },
  { model: "percentage", percent: d("250") },
  { model: "seat", perSeat: { model: "per_unit", unitPrice: d("15") }, strategy: "prorate_increments" },
  { model: "seat", perSeat: { model: "graduated", tiers, feeAtZero: true }, strategy: "use_maximum" },
  { model: "one_time", fee: d("0") },
];

describe("Stored price terms", () => {
  test.each(prices.map((price) => [price.model, price] as const))("give the %s price back as it was", (_, price) => {
    const stored = JSON.parse(JSON.stringify(termsFromPrice(price)));
    expect(priceFromTerms(price.model, stored)).toEqual(price);
  });

  test("hold numbers as text, without exponents", () => {
    expect(termsFromPrice({ model: "graduated", tiers })).toEqual({
      tiers: [
        { upTo: "100", unitPrice: "0.000000000001", flatFee: "0" },
        { upTo: null, unitPrice: "1234567890123456.123456789012" },
      ],
    });
  });

  test("leave out what a price does not have", () => {
    expect(termsFromPrice({ model: "flat", fee: d("5"), minimum: null })).toEqual({ fee: "5" });
  });

  test("never read as a price of zero where the number is missing", () => {
    expect(() => priceFromTerms("flat", {})).toThrow('decimal text in "fee"');
    expect(() => priceFromTerms("per_unit", { unitPrice: null })).toThrow('decimal text in "unitPrice"');
  });
});
