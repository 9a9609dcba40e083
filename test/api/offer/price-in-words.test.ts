import { describe, expect, test } from "vitest";
import { currency } from "../../../server/domain/money/currency";
import { Decimal } from "../../../server/domain/money/decimal";
import type { Price } from "../../../server/domain/pricing/price";
import { OfferWriter } from "../../../server/modules/offer/offer-writer";
import { type PriceToSay, priceDetailsInWords, priceInWords } from "../../../server/modules/offer/price-in-words";

const d = (text: string) => new Decimal(text);
const pounds = new OfferWriter("en-GB", currency("GBP"));
const tier = (upTo: string | null, unitPrice: string, flatFee?: string) => ({
  upTo: upTo === null ? null : d(upTo),
  unitPrice: d(unitPrice),
  ...(flatFee && { flatFee: d(flatFee) }),
});

const said = (price: Price, more: Partial<PriceToSay> = {}): PriceToSay => ({
  price,
  cadence: "monthly",
  unit: "call",
  measured: null,
  isMetered: true,
  ...more,
});
const unmetered = { isMetered: false, unit: "licence" };

describe("a price is read as a person reads it", () => {
  const prices: [string, PriceToSay, string[]][] = [
    ["flat", said({ model: "flat", fee: d("500") }), ["£500.00 per month"]],
    [
      "flat, every two years",
      said({ model: "flat", fee: d("1200") }, { cadence: "every_24_months" }),
      ["£1,200.00 every 24 months"],
    ],
    ["one time", said({ model: "one_time", fee: d("1000") }, { cadence: "one_time" }), ["£1,000.00 once"]],
    ["per unit, by usage", said({ model: "per_unit", unitPrice: d("0.0125") }), ["£0.0125 per call"]],
    [
      "per unit, contracted",
      said({ model: "per_unit", unitPrice: d("15") }, { ...unmetered, cadence: "annual" }),
      ["£15.00 per licence and year"],
    ],
    [
      "package",
      said({ model: "package", packageSize: d("1000"), packagePrice: d("5") }),
      ["£5.00 for every 1,000 calls or part of them"],
    ],
    [
      "graduated",
      said({ model: "graduated", tiers: [tier("1000", "0.10"), tier(null, "0.05")] }),
      ["£0.10 per call up to 1,000, then £0.05"],
    ],
    [
      "graduated, with fees",
      said({ model: "graduated", tiers: [tier("1000", "0.10", "20"), tier("5000", "0.05", "10"), tier(null, "0.02")] }),
      ["£0.10 per call up to 1,000 plus £20.00, then £0.05 up to 5,000 plus £10.00 once reached, then £0.02"],
    ],
    [
      "volume",
      said({ model: "volume", tiers: [tier("1000", "0.10"), tier("5000", "0.08"), tier(null, "0.05")] }),
      ["All calls at £0.10 each up to 1,000, at £0.08 up to 5,000, at £0.05 above"],
    ],
    [
      "percentage",
      said(
        {
          model: "percentage",
          percent: d("2.9"),
          fixedPerEvent: d("0.30"),
          minimumPerEvent: d("0.50"),
          maximumPerEvent: d("10"),
          includedEvents: d("100"),
        },
        { measured: "Card payments" },
      ),
      [
        "2.9% of Card payments plus £0.30 per transaction",
        "At least £0.50 and at most £10.00 per transaction",
        "The first 100 transactions free of charge",
      ],
    ],
    [
      "graduated percentage",
      said({
        model: "graduated_percentage",
        tiers: [
          { upTo: d("10000"), percent: d("2.9") },
          { upTo: null, percent: d("2") },
        ],
      }),
      ["2.9% of the amount up to £10,000.00, then 2%"],
    ],
    [
      "matrix",
      said({
        model: "matrix",
        dimensions: ["region", "model"],
        rows: [{ values: ["EU", "large"], unitPrice: d("0.10") }],
        defaultUnitPrice: d("0.05"),
      }),
      ["£0.10 per call where region is EU and model is large", "£0.05 per call otherwise"],
    ],
    [
      "seat",
      said(
        {
          model: "seat",
          perSeat: { model: "per_unit", unitPrice: d("15") },
          strategy: "prorate_all_changes",
        },
        { ...unmetered, unit: "seat" },
      ),
      ["£15.00 per seat and month"],
    ],
    [
      "seat, graduated",
      said(
        {
          model: "seat",
          perSeat: { model: "graduated", tiers: [tier("10", "15"), tier(null, "12")] },
          strategy: "use_maximum",
        },
        { ...unmetered, unit: "seat", cadence: "quarterly" },
      ),
      ["£15.00 per seat and quarter up to 10, then £12.00"],
    ],
  ];
  test.each(prices)("%s", (_name, price, expected) => {
    expect(priceInWords(price, pounds)).toEqual(expected);
  });

  test("with what goes beside it", () => {
    const price: Price = {
      model: "per_unit",
      unitPrice: d("0.1"),
      includedUnits: d("500"),
      minimum: d("50"),
      maximum: d("900"),
    };
    expect(priceDetailsInWords(said(price), pounds)).toEqual([
      "Includes 500 calls per month.",
      "At least £50.00 per month.",
      "At most £900.00 per month.",
    ]);
  });

  test.each([
    ["JPY", "1000", "¥1,000 per month"],
    ["KWD", "1.5", "KWD 1.500 per month"],
    ["CHF", "12.5", "CHF 12.50 per month"],
  ] as const)("in %s with the digits of the currency", (code, fee, expected) => {
    const write = new OfferWriter("en-GB", currency(code));
    expect(priceInWords(said({ model: "flat", fee: d(fee) }), write)).toEqual([expected]);
  });
});
