import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { period } from "../../server/domain/calendar/period";
import { addDays, daysBetween } from "../../server/domain/calendar/plain-date";
import type { Decimal } from "../../server/domain/money/decimal";
import { checkPrice } from "../../server/domain/pricing/check-price";
import { discountsFor, takeDiscounts } from "../../server/domain/pricing/discount";
import { inFreeTrial } from "../../server/domain/pricing/free-trial";
import type {
  MatrixPrice,
  PercentagePrice,
  PercentTier,
  Price,
  PriceModelName,
  PriceTerms,
  SeatStrategy,
  Tier,
} from "../../server/domain/pricing/price";
import { applyRatio, prorate } from "../../server/domain/pricing/prorate";
import { amountOf, rate, rateUsage, usageAsked } from "../../server/domain/pricing/rate";
import { rateMatrix, type UsageGroup } from "../../server/domain/pricing/rate-matrix";
import { needsEventAmounts, ratePercentage } from "../../server/domain/pricing/rate-percentage";
import { countSeats, countSeatsKnown, seatsByDay } from "../../server/domain/pricing/seats";
import type { RatedSlice } from "../../server/domain/pricing/slice";
import { uplift } from "../../server/domain/pricing/uplift";
import { amountOff, day, decimal, percentOff } from "./billing-world";

const tier = (upTo: number | null, unitPrice: string, flatFee = "0"): Tier => ({
  upTo: upTo === null ? null : decimal(upTo),
  unitPrice: decimal(unitPrice),
  flatFee: decimal(flatFee),
});
const percentTier = (upTo: number | null, percent: string, flatFee = "0"): PercentTier => ({
  upTo: upTo === null ? null : decimal(upTo),
  percent: decimal(percent),
  flatFee: decimal(flatFee),
});
const cost = (price: Price, quantity: number | string) => amountOf(rate(price, decimal(quantity))).toFixed();
const inShort = (slices: readonly RatedSlice[]) =>
  slices.map(({ quantity, unitPrice, amount }) => `${quantity} × ${unitPrice} = ${amount}`);

describe("a graduated price", () => {
  const price: Price = { model: "graduated", tiers: [tier(100, "1"), tier(200, "0.5", "10"), tier(null, "0.1")] };

  test.each([
    ["nothing", 0, "0"],
    ["one unit", 1, "1"],
    ["just below the bound", "99.999", "99.999"],
    ["the bound", 100, "100"],
    ["just above the bound, with the next tier's fee", "100.001", "110.0005"],
    ["the second bound", 200, "160"],
    ["the unbounded tier", 250, "165"],
  ])("charges %s: %s units cost %s", (_case, units, expected) => expect(cost(price, units)).toBe(expected));

  it("explains each tier reached, with its bounds", () => {
    const slices = rate(price, decimal(250));
    expect(inShort(slices)).toEqual(["100 × 1 = 100", "100 × 0.5 = 60", "50 × 0.1 = 5"]);
    expect(slices.map(({ above, upTo }) => `(${above}, ${upTo}]`)).toEqual(["(0, 100]", "(100, 200]", "(200, null]"]);
  });

  it("never gets cheaper with more units", () => {
    const units = fc.integer({ min: 0, max: 50_000 }).map((count) => decimal(count).div(100));
    fc.assert(
      fc.property(units, units, (a, b) => {
        const [less, more] = a.lt(b) ? [a, b] : [b, a];
        expect(amountOf(rate(price, less)).lte(amountOf(rate(price, more)))).toBe(true);
      }),
    );
  });

  it("charges all units once, whatever the tiers", () => {
    const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 6 });
    fc.assert(
      fc.property(bounds, fc.integer({ min: 0, max: 90_000 }), (list, hundredths) => {
        const tiers = [...list.toSorted((a, b) => a - b), null].map((bound) => tier(bound, "3"));
        const units = decimal(hundredths).div(100);
        expect(cost({ model: "graduated", tiers }, units.toFixed())).toBe(units.times(3).toFixed());
      }),
    );
  });
});

describe("a volume price", () => {
  const price: Price = { model: "volume", tiers: [tier(99, "2", "5"), tier(null, "1")] };

  test.each([
    [0, "5"],
    [99, "203"],
    ["99.001", "99.001"],
    [100, "100"],
  ])("has no gap between tiers: %s units cost %s", (units, expected) => expect(cost(price, units)).toBe(expected));
});

describe("a package price", () => {
  const price: Price = {
    model: "package",
    packageSize: decimal(10),
    packagePrice: decimal(7),
    includedUnits: decimal(5),
  };

  test.each([
    [0, "0"],
    [5, "0"],
    ["5.001", "7"],
    [15, "7"],
    ["15.001", "14"],
  ])("rounds up to whole packages after included units: %s units cost %s", (units, expected) =>
    expect(cost(price, units)).toBe(expected),
  );
});

describe("included units and the fee at zero", () => {
  const tiers = [tier(10, "1", "2"), tier(null, "1", "3")];

  test.each([
    [true, 4, "2"],
    [true, 5, "2"],
    [true, 6, "3"],
    [false, 5, "0"],
    [false, 6, "3"],
    [true, 16, "16"],
  ])("fee at zero %s: %d units, 5 of them included, cost %s", (feeAtZero, units, expected) => {
    expect(cost({ model: "graduated", tiers, feeAtZero, includedUnits: decimal(5) }, units)).toBe(expected);
  });

  it("a measured quantity below zero costs as nothing does", () => {
    expect(cost({ model: "per_unit", unitPrice: decimal(2) }, -3)).toBe("0");
  });
});

describe("fees", () => {
  it("flat is the fee whatever the quantity, one-time the fee for each unit", () => {
    expect([cost({ model: "flat", fee: decimal(9) }, 3), cost({ model: "one_time", fee: decimal(9) }, 3)]).toEqual([
      "9",
      "27",
    ]);
  });
});

describe("a percentage price", () => {
  const price = (terms: Partial<PercentagePrice>): PercentagePrice => ({
    model: "percentage",
    percent: decimal(2),
    ...terms,
  });
  const events = (...amounts: number[]) => amounts.map((amount) => ({ amount: decimal(amount), count: decimal(1) }));
  const ofEvents = (terms: Partial<PercentagePrice>, ...amounts: number[]) =>
    amountOf(ratePercentage(price(terms), { total: decimal(0), eventAmounts: events(...amounts) })).toFixed();

  it("is rated from the sum where no term looks at single events", () => {
    expect(needsEventAmounts(price({ fixedPerEvent: decimal(1) }))).toBe(false);
    expect(amountOf(ratePercentage(price({ includedAmount: decimal(100) }), { total: decimal(300) })).toFixed()).toBe(
      "4",
    );
  });

  it("bounds the percent and the fixed fee of each event together", () => {
    const terms = { fixedPerEvent: decimal(1), minimumPerEvent: decimal(2), maximumPerEvent: decimal(3) };
    expect(ofEvents(terms, 49)).toBe("2");
    expect(ofEvents(terms, 50)).toBe("2");
    expect(ofEvents(terms, 51)).toBe("2.02");
    expect(ofEvents(terms, 100)).toBe("3");
    expect(ofEvents(terms, 101)).toBe("3");
  });

  it("takes included events off in order of occurrence", () => {
    expect([
      ofEvents({ includedEvents: decimal(1) }, 100, 50),
      ofEvents({ includedEvents: decimal(1) }, 50, 100),
    ]).toEqual(["1", "2"]);
  });

  it("leaves events that the included amount covers free, fixed fee and all", () => {
    const terms = { includedAmount: decimal(150), fixedPerEvent: decimal(1) };
    expect(ofEvents(terms, 100, 50)).toBe("0");
    expect(ofEvents(terms, 100, 100)).toBe("2");
    expect(ofEvents(terms, 100, 100, 100)).toBe("5");
  });

  it("costs the same for runs of equal events as for each by itself", () => {
    const amounts = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 5 })), {
      maxLength: 8,
    });
    const option = (max: number) => fc.option(fc.integer({ min: 1, max }).map(decimal));
    const anyTerms = fc.record({
      fixedPerEvent: option(3),
      minimumPerEvent: fc.constant(decimal(1)),
      maximumPerEvent: fc.constant(decimal(4)),
      includedEvents: option(6),
      includedAmount: option(900),
    });
    fc.assert(
      fc.property(amounts, anyTerms, (list, terms) => {
        const runs = list.map(([amount, count]) => ({ amount: decimal(amount), count: decimal(count) }));
        const single = list.flatMap(([amount, count]) => events(...Array.from({ length: count }, () => amount)));
        const total = decimal(0);
        expect(amountOf(ratePercentage(price(terms), { total, eventAmounts: runs })).toFixed()).toBe(
          amountOf(ratePercentage(price(terms), { total, eventAmounts: single })).toFixed(),
        );
      }),
    );
  });

  it("throws where events are needed and only a sum is given", () => {
    expect(() => rate(price({ minimumPerEvent: decimal(1) }), decimal(100))).toThrow();
    expect(() => ratePercentage(price({ fixedPerEvent: decimal(1) }), { total: decimal(100) })).toThrow();
  });
});

describe("a graduated percentage price", () => {
  const price: Price = {
    model: "graduated_percentage",
    tiers: [percentTier(1000, "3", "5"), percentTier(5000, "2"), percentTier(null, "1.5", "10")],
  };

  test.each([
    ["nothing, with the fee of the first tier", 0, "5"],
    ["an amount in the first tier", 500, "20"],
    ["just below the bound", "999.99", "34.9997"],
    ["the bound", 1000, "35"],
    ["just above the bound", "1000.01", "35.0002"],
    ["the second bound", 5000, "115"],
    ["just above the second bound, with the next tier's fee", "5000.01", "125.00015"],
    ["corrections above all amounts as nothing", -5, "5"],
  ])("charges %s: of %s it is %s", (_case, amount, expected) => expect(cost(price, amount)).toBe(expected));

  test.each([
    [true, 199, "5"],
    [true, 200, "5"],
    [true, 201, "5.03"],
    [true, 1201, "35.02"],
    [false, 200, "0"],
    [false, "200.01", "5.0003"],
  ])("fee at zero %s: tiers begin after an included amount of 200: of %s it is %s", (feeAtZero, amount, expected) => {
    expect(cost({ ...price, feeAtZero, includedAmount: decimal(200) }, amount)).toBe(expected);
  });

  it("explains each tier reached, with its percent as a hundredth and its bounds", () => {
    const slices = rate(price, decimal(6000));
    expect(inShort(slices)).toEqual(["1000 × 0.03 = 35", "4000 × 0.02 = 80", "1000 × 0.015 = 25"]);
    expect(slices.map(({ kind, above, upTo }) => `${kind} (${above}, ${upTo}]`)).toEqual([
      "percent_tier (0, 1000]",
      "percent_tier (1000, 5000]",
      "percent_tier (5000, null]",
    ]);
  });
});

describe("a matrix price", () => {
  const price = (terms: Partial<MatrixPrice & PriceTerms> = {}): MatrixPrice & PriceTerms => ({
    model: "matrix",
    dimensions: ["region", "size"],
    rows: [
      { values: ["eu", "small"], unitPrice: decimal(1) },
      { values: ["eu", "large"], unitPrice: decimal(3) },
      { values: ["us", "large"], unitPrice: decimal(2) },
    ],
    defaultUnitPrice: decimal(10),
    ...terms,
  });
  const group = (quantity: number, values: UsageGroup["values"]): UsageGroup => ({
    values,
    quantity: decimal(quantity),
  });
  const groups = [
    group(4, { region: "us", size: "large" }),
    group(2, { region: "eu", size: "small" }),
    group(5, { region: "eu", size: "huge" }),
    group(1, { region: "eu", size: "small", colour: "red" }),
    group(7, { size: "large" }),
  ];

  it("charges each group by the row that names its values, and what none names by default", () => {
    const slices = rateMatrix(price(), groups);
    expect(slices.map(({ kind }) => kind)).toEqual(["matrix_row", "matrix_row", "matrix_default"]);
    expect(inShort(slices)).toEqual(["3 × 1 = 3", "4 × 2 = 8", "12 × 10 = 120"]);
  });

  it("explains a row by what the usage says of itself, and the rest by nothing", () => {
    expect(rateMatrix(price(), groups).map(({ dimensions }) => dimensions)).toEqual([
      [
        { property: "region", value: "eu" },
        { property: "size", value: "small" },
      ],
      [
        { property: "region", value: "us" },
        { property: "size", value: "large" },
      ],
      null,
    ]);
  });

  it("charges nothing where nothing is used", () => expect(rateMatrix(price(), [])).toEqual([]));

  it("takes a value for itself alone, not for a like one", () => {
    const similar = [group(1, { region: "EU", size: "small" }), group(1, { region: "eu,small", size: "" })];
    expect(inShort(rateMatrix(price(), similar))).toEqual(["2 × 10 = 20"]);
  });

  it("takes the first of rows that name the same", () => {
    const rows = [
      { values: ["eu", "small"], unitPrice: decimal(1) },
      { values: ["eu", "small"], unitPrice: decimal(9) },
    ];
    expect(inShort(rateMatrix(price({ rows }), [group(2, { region: "eu", size: "small" })]))).toEqual(["2 × 1 = 2"]);
  });

  test.each([
    [0, ["3 × 1 = 3", "4 × 2 = 8", "12 × 10 = 120"]],
    [2, ["1 × 1 = 1", "4 × 2 = 8", "12 × 10 = 120"]],
    [3, ["0 × 1 = 0", "4 × 2 = 8", "12 × 10 = 120"]],
    [4, ["0 × 1 = 0", "3 × 2 = 6", "12 × 10 = 120"]],
    [18, ["0 × 1 = 0", "0 × 2 = 0", "1 × 10 = 10"]],
    [19, ["0 × 1 = 0", "0 × 2 = 0", "0 × 10 = 0"]],
    [20, ["0 × 1 = 0", "0 × 2 = 0", "0 × 10 = 0"]],
  ])("uses %d included units up in the order of the rows", (includedUnits, expected) => {
    expect(inShort(rateMatrix(price({ includedUnits: decimal(includedUnits) }), groups))).toEqual(expected);
  });

  it("uses up corrections that take a row below zero in the same way", () => {
    const corrected = [...groups, group(-5, { region: "us", size: "large" })];
    expect(inShort(rateMatrix(price(), corrected))).toEqual(["2 × 1 = 2", "12 × 10 = 120"]);
  });

  it("throws where groups are needed and only a quantity is given", () => {
    expect(() => rate(price(), decimal(1))).toThrow();
    expect(() => rateUsage(price(), { quantity: decimal(1) })).toThrow();
    expect(inShort(rateUsage(price(), { quantity: decimal(19), groups }))).toHaveLength(3);
  });
});

describe("a price asks beside the quantity", () => {
  const percentage: Price = { model: "percentage", percent: decimal(1) };

  test.each<[string, string, Price]>([
    ["nothing for units", "quantity", { model: "per_unit", unitPrice: decimal(1) }],
    ["nothing for a bare percentage", "quantity", percentage],
    ["nothing for a fee of nothing", "quantity", { ...percentage, fixedPerEvent: decimal(0) }],
    ["the number of events for a fee of each", "events", { ...percentage, fixedPerEvent: decimal(1) }],
    ["each event for bounds of each", "event_amounts", { ...percentage, minimumPerEvent: decimal(1) }],
    [
      "groups for dimensions",
      "groups",
      { model: "matrix", dimensions: ["region"], rows: [], defaultUnitPrice: decimal(1) },
    ],
  ])("%s", (_case, asked, price) => expect(usageAsked(price)).toBe(asked));
});

describe("a price in a free trial", () => {
  const tiers = [tier(null, "1", "5")];

  test.each<[string, Price]>([
    ["graduated", { model: "graduated", tiers }],
    ["volume", { model: "volume", tiers, feeAtZero: true }],
    ["graduated percentage", { model: "graduated_percentage", tiers: [percentTier(null, "1", "5")] }],
    ["seats", { model: "seat", perSeat: { model: "graduated", tiers }, strategy: "use_maximum" }],
  ])("has no fee at zero: %s", (_case, price) => {
    expect([cost(price, 0), cost(inFreeTrial(price), 0)]).toEqual(["5", "0"]);
  });

  it("has no minimum, and keeps all else", () => {
    const price: Price = { model: "per_unit", unitPrice: decimal(2), includedUnits: decimal(1), maximum: decimal(9) };
    expect(inFreeTrial({ ...price, minimum: decimal(5) })).toEqual(price);
    expect(inFreeTrial(price)).toEqual(price);
  });
});

describe("an uplift", () => {
  const tiers = [tier(10, "2", "4"), tier(null, "1")];
  const raisedTiers = [tier(10, "2.2", "4.4"), tier(null, "1.1")];

  test.each<[string, Price, Price]>([
    [
      "a fee, with what bounds it",
      { model: "flat", fee: decimal(100), minimum: decimal(50), maximum: decimal(200) },
      { model: "flat", fee: decimal(110), minimum: decimal(55), maximum: decimal(220) },
    ],
    ["a one-time fee", { model: "one_time", fee: decimal(1) }, { model: "one_time", fee: decimal("1.1") }],
    [
      "a unit price, not what is included",
      { model: "per_unit", unitPrice: decimal("0.03"), includedUnits: decimal(100) },
      { model: "per_unit", unitPrice: decimal("0.033"), includedUnits: decimal(100) },
    ],
    [
      "a package price, not the package",
      { model: "package", packageSize: decimal(10), packagePrice: decimal(5) },
      { model: "package", packageSize: decimal(10), packagePrice: decimal("5.5") },
    ],
    [
      "unit prices and fees of tiers, not their bounds",
      { model: "graduated", tiers, feeAtZero: false },
      { model: "graduated", tiers: raisedTiers, feeAtZero: false },
    ],
    ["tiers of volume", { model: "volume", tiers }, { model: "volume", tiers: raisedTiers }],
    [
      "what seats cost",
      { model: "seat", perSeat: { model: "volume", tiers }, strategy: "use_maximum", overageCadence: "monthly" },
      {
        model: "seat",
        perSeat: { model: "volume", tiers: raisedTiers },
        strategy: "use_maximum",
        overageCadence: "monthly",
      },
    ],
    [
      "fee and bounds of an event, not its percent",
      {
        model: "percentage",
        percent: decimal(3),
        fixedPerEvent: decimal(1),
        minimumPerEvent: decimal(2),
        maximumPerEvent: decimal(3),
        includedEvents: decimal(4),
        includedAmount: decimal(5),
      },
      {
        model: "percentage",
        percent: decimal(3),
        fixedPerEvent: decimal("1.1"),
        minimumPerEvent: decimal("2.2"),
        maximumPerEvent: decimal("3.3"),
        includedEvents: decimal(4),
        includedAmount: decimal(5),
      },
    ],
    [
      "fees of percent tiers, not their percents",
      { model: "graduated_percentage", tiers: [percentTier(10, "3", "1"), percentTier(null, "2")] },
      { model: "graduated_percentage", tiers: [percentTier(10, "3", "1.1"), percentTier(null, "2")] },
    ],
    [
      "every price of a matrix",
      {
        model: "matrix",
        dimensions: ["region"],
        rows: [{ values: ["eu"], unitPrice: decimal(2) }],
        defaultUnitPrice: decimal(1),
      },
      {
        model: "matrix",
        dimensions: ["region"],
        rows: [{ values: ["eu"], unitPrice: decimal("2.2") }],
        defaultUnitPrice: decimal("1.1"),
      },
    ],
  ])("raises %s", (_case, price, expected) => expect(uplift(price, decimal(10))).toEqual(expected));

  it("is not rounded, and a negative one lowers", () => {
    const price: Price = { model: "per_unit", unitPrice: decimal("0.000000000001") };
    expect(uplift(price, decimal("3.25"))).toEqual({ model: "per_unit", unitPrice: decimal("0.0000000000010325") });
    expect(uplift({ model: "flat", fee: decimal(80) }, decimal("-12.5"))).toEqual({ model: "flat", fee: decimal(70) });
  });
});

describe("seats", () => {
  const april = period(day("2025-04-01"), day("2025-05-01"));
  const history = {
    openingSeats: decimal(10),
    changes: [
      { on: day("2025-04-11"), total: decimal(15) },
      { on: day("2025-04-16"), total: decimal(7) },
      { on: day("2025-04-21"), total: decimal(13) },
    ],
  };
  const runs = (strategy: SeatStrategy, contracted = 0) =>
    countSeats(strategy, seatsByDay(april, history, decimal(contracted))).map(({ seats, days }) => `${seats}×${days}`);

  it("count as each strategy says", () => {
    expect(runs("use_maximum")).toEqual(["15×30"]);
    expect(runs("prorate_increments")).toEqual(["10×10", "15×20"]);
    expect(runs("prorate_all_changes")).toEqual(["10×10", "15×5", "7×5", "13×10"]);
  });

  it("count not below the contracted ones", () => {
    expect(runs("prorate_all_changes", 12)).toEqual(["12×10", "15×5", "12×5", "13×10"]);
  });

  it("start from the last change before the period, and the last of a day counts", () => {
    const changes = [
      { on: day("2025-03-20"), total: decimal(4) },
      { on: day("2025-04-30"), total: decimal(5) },
      { on: day("2025-04-30"), total: decimal(6) },
      { on: day("2025-05-01"), total: decimal(99) },
    ];
    const counted = seatsByDay(april, { openingSeats: decimal(1), changes }, decimal(0));
    expect(counted.map(({ seats, days }) => `${seats}×${days}`)).toEqual(["4×29", "6×1"]);
  });

  test.each<[SeatStrategy, number, string[]]>([
    ["use_maximum", 0, ["10×30"]],
    ["use_maximum", 10, ["10×30"]],
    ["use_maximum", 11, ["15×30"]],
    ["use_maximum", 30, ["15×30"]],
    ["prorate_increments", 0, ["10×30"]],
    ["prorate_increments", 10, ["10×30"]],
    ["prorate_increments", 11, ["10×10", "15×1", "10×19"]],
    ["prorate_increments", 29, ["10×10", "15×19", "10×1"]],
    ["prorate_increments", 30, ["10×10", "15×20"]],
    ["prorate_all_changes", 1, ["10×30"]],
    ["prorate_all_changes", 16, ["10×10", "15×5", "7×1", "10×14"]],
    ["prorate_all_changes", 20, ["10×10", "15×5", "7×5", "10×10"]],
    ["prorate_all_changes", 30, ["10×10", "15×5", "7×5", "13×10"]],
    ["prorate_all_changes", 31, ["10×10", "15×5", "7×5", "13×10"]],
  ])("by %s, with %d days known, count the first day's on the days to come", (strategy, daysKnown, expected) => {
    const known = countSeatsKnown(strategy, seatsByDay(april, history, decimal(0)), daysKnown);
    expect(known.map(({ seats, days }) => `${seats}×${days}`)).toEqual(expected);
  });

  it("serve every day of the period, and strategies never order otherwise", () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: -5, max: 35 }), fc.nat(20)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(20), fc.nat(10), changes, (opening, contracted, list) => {
        const any = {
          openingSeats: decimal(opening),
          changes: list.map(([offset, total]) => ({ on: addDays(april.startsOn, offset), total: decimal(total) })),
        };
        const byDay = seatsByDay(april, any, decimal(contracted));
        const seatDays = (strategy: SeatStrategy) => {
          const counted = countSeats(strategy, byDay);
          expect(counted.reduce((days, run) => days + run.days, 0)).toBe(30);
          return counted.reduce((total, run) => total.plus(run.seats.times(run.days)), decimal(0));
        };
        const [maximum, increments, all] = [
          seatDays("use_maximum"),
          seatDays("prorate_increments"),
          seatDays("prorate_all_changes"),
        ];
        expect(all.gte(contracted * 30) && increments.gte(all) && maximum.gte(increments)).toBe(true);
      }),
    );
  });
});

describe("part periods", () => {
  const year = period(day("2026-01-01"), day("2027-01-01"));
  const part = (rule: "by_days" | "full" | "whole_months_then_days", from: string, to: string) => {
    const { numerator, denominator } = prorate(rule, period(day(from), day(to)), year);
    return `${numerator}/${denominator}`;
  };

  test.each([
    ["by_days", "2026-01-01", "2026-04-01", "90/365"],
    ["whole_months_then_days", "2026-01-01", "2026-04-01", "3/12"],
    ["whole_months_then_days", "2026-09-16", "2027-01-01", "105/360"],
    ["whole_months_then_days", "2026-01-15", "2026-01-20", "5/372"],
    ["full", "2026-01-15", "2026-01-16", "1/1"],
    ["by_days", "2026-01-01", "2027-01-01", "1/1"],
  ] as const)("%s from %s to before %s are %s of a year", (rule, from, to, expected) =>
    expect(part(rule, from, to)).toBe(expected),
  );

  it("of an anchor on the 31st count its own months", () => {
    const quarter = period(day("2026-02-28"), day("2026-05-31"));
    expect(prorate("whole_months_then_days", period(day("2026-02-28"), day("2026-04-30")), quarter)).toEqual({
      numerator: 2,
      denominator: 3,
    });
  });

  it("side by side add up to the whole", () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 364 }), { maxLength: 5 });
    fc.assert(
      fc.property(cuts, fc.constantFrom("by_days" as const, "whole_months_then_days" as const), (list, rule) => {
        const bounds = [0, ...list.toSorted((a, b) => a - b), 365].map((days) => addDays(year.startsOn, days));
        const shares = bounds.slice(1).map((end, index) => {
          const start = bounds[index] ?? year.startsOn;
          return applyRatio(decimal(1), prorate(rule, period(start, end), year));
        });
        const total = shares.reduce((all, share) => all.plus(share), decimal(0));
        expect(total.minus(1).abs().lt("1e-30")).toBe(true);
        expect(daysBetween(bounds[0] ?? year.startsOn, bounds.at(-1) ?? year.startsOn)).toBe(365);
      }),
    );
  });
});

describe("discounts", () => {
  const taken = (amount: string, ...discounts: Parameters<typeof takeDiscounts>[1]) =>
    takeDiscounts(decimal(amount), discounts).map(({ taken: share }) => share.toFixed());

  it("stack percentages, then take fixed amounts, whatever their order", () => {
    expect(
      taken("100", amountOff("20", { id: "a" }), percentOff("10", { id: "b" }), percentOff("5", { id: "c" })),
    ).toEqual(["10", "4.5", "20"]);
  });

  it("stop at zero", () => expect(taken("30", amountOff("50"), amountOff("1", { id: "b" }))).toEqual(["30", "0"]));

  it("take from a negative amount by percent alone", () => {
    expect(taken("-30", percentOff("10"), amountOff("5", { id: "b" }))).toEqual(["-3", "0"]);
  });

  test.each([
    ["2026-08-31", 1],
    ["2026-09-01", 0],
    ["2026-09-02", 0],
  ])("that end before 1 September apply to service from %s: %d", (startsOn, count) => {
    const discount = percentOff("10", { endsBefore: "2026-09-01" });
    expect(discountsFor([discount], "before_minimum", day(startsOn))).toHaveLength(count);
    expect(discountsFor([discount], "after_minimum", day(startsOn))).toHaveLength(0);
  });
});

describe("a price is refused", () => {
  const matrix = (dimensions: string[], rows: string[][], terms: PriceTerms = {}): Price => ({
    model: "matrix",
    dimensions,
    rows: rows.map((values) => ({ values, unitPrice: decimal(1) })),
    defaultUnitPrice: decimal(1),
    ...terms,
  });
  const problems = (price: Price) => checkPrice(price).map(({ code, path }) => `${code} ${path.join(".")}`);

  test.each<[string, Price, string[]]>([
    ["good tiers", { model: "volume", tiers: [tier(1, "1"), tier(2, "1"), tier(null, "1")] }, []],
    ["no tiers", { model: "graduated", tiers: [] }, ["TIERS_MISSING tiers"]],
    [
      "tiers not ascending",
      { model: "graduated", tiers: [tier(10, "1"), tier(10, "1"), tier(null, "1")] },
      ["TIERS_NOT_ASCENDING tiers.1.upTo"],
    ],
    [
      "a first tier of nothing",
      { model: "graduated", tiers: [tier(0, "1"), tier(null, "1")] },
      ["TIERS_NOT_ASCENDING tiers.0.upTo"],
    ],
    ["a last tier with a bound", { model: "volume", tiers: [tier(10, "1")] }, ["LAST_TIER_BOUNDED tiers.0.upTo"]],
    [
      "an unbounded tier inside",
      { model: "volume", tiers: [tier(null, "1"), tier(null, "1")] },
      ["TIER_UNBOUNDED tiers.0.upTo"],
    ],
    ["a negative unit price in a tier", { model: "volume", tiers: [tier(null, "-1")] }, ["NEGATIVE tiers.0.unitPrice"]],
    ["a negative fee", { model: "flat", fee: decimal(-1) }, ["NEGATIVE fee"]],
    [
      "an empty package",
      { model: "package", packageSize: decimal(0), packagePrice: decimal(1) },
      ["PACKAGE_SIZE_NOT_POSITIVE packageSize"],
    ],
    [
      "a minimum above the maximum",
      { model: "flat", fee: decimal(1), minimum: decimal(2), maximum: decimal(1) },
      ["MINIMUM_ABOVE_MAXIMUM minimum"],
    ],
    ["a minimum of the maximum", { model: "flat", fee: decimal(1), minimum: decimal(1), maximum: decimal(1) }, []],
    [
      "per-event bounds the wrong way round",
      { model: "percentage", percent: decimal(1), minimumPerEvent: decimal(2), maximumPerEvent: decimal(1) },
      ["MINIMUM_ABOVE_MAXIMUM minimumPerEvent"],
    ],
    [
      "included units of a flat fee",
      { model: "flat", fee: decimal(1), includedUnits: decimal(1) },
      ["INCLUDED_UNITS_NOT_APPLICABLE includedUnits"],
    ],
    [
      "what is wrong inside a seat price",
      { model: "seat", strategy: "use_maximum", perSeat: { model: "per_unit", unitPrice: decimal(-1) } },
      ["NEGATIVE perSeat.unitPrice"],
    ],
    [
      "good percent tiers",
      { model: "graduated_percentage", tiers: [percentTier(10, "120"), percentTier(null, "0")] },
      [],
    ],
    [
      "percent tiers that are wrong as tiers can be",
      {
        model: "graduated_percentage",
        tiers: [percentTier(10, "-1"), percentTier(9, "1", "-1"), percentTier(20, "1")],
        includedAmount: decimal(-1),
        includedUnits: decimal(1),
      },
      [
        "NEGATIVE tiers.0.percent",
        "NEGATIVE tiers.1.flatFee",
        "TIERS_NOT_ASCENDING tiers.1.upTo",
        "LAST_TIER_BOUNDED tiers.2.upTo",
        "NEGATIVE includedAmount",
        "INCLUDED_UNITS_NOT_APPLICABLE includedUnits",
      ],
    ],
    ["no percent tiers", { model: "graduated_percentage", tiers: [] }, ["TIERS_MISSING tiers"]],
    [
      "a good matrix",
      matrix(
        ["region", "size"],
        [
          ["eu", "a"],
          ["eu", "b"],
          ["a", "eu"],
        ],
        { includedUnits: decimal(1) },
      ),
      [],
    ],
    ["a matrix of rows alone", matrix([], []), ["MATRIX_DIMENSIONS_MISSING dimensions"]],
    ["a dimension given twice", matrix(["region", "size", "region"], []), ["MATRIX_DIMENSION_TWICE dimensions.2"]],
    [
      "a row with a value too few, and one with one too many",
      matrix(["region", "size"], [["eu"], ["eu", "a", "b"]]),
      ["MATRIX_VALUES_MISSING rows.0.values", "MATRIX_VALUES_MISSING rows.1.values"],
    ],
    [
      "a row that stands above already",
      matrix(
        ["region", "size"],
        [
          ["eu", "a"],
          ["us", "a"],
          ["eu", "a"],
        ],
      ),
      ["MATRIX_ROW_TWICE rows.2.values"],
    ],
    [
      "negative prices of a matrix",
      {
        model: "matrix",
        dimensions: ["region"],
        rows: [{ values: ["eu"], unitPrice: decimal(-1) }],
        defaultUnitPrice: decimal(-2),
      },
      ["NEGATIVE rows.0.unitPrice", "NEGATIVE defaultUnitPrice"],
    ],
  ])("for %s", (_case, price, expected) => expect(problems(price)).toEqual(expected));

  it("with the offending value", () => {
    expect(checkPrice({ model: "flat", fee: decimal("-1.5") })).toEqual([
      { code: "NEGATIVE", path: ["fee"], given: "-1.5" },
    ]);
    expect(checkPrice(matrix(["region"], [["eu", "a"]]))).toEqual([
      { code: "MATRIX_VALUES_MISSING", path: ["rows", 0, "values"], given: "eu, a" },
    ]);
  });
});

it("the models are a closed list", () => {
  expectTypeOf<PriceModelName>().toEqualTypeOf<
    | "flat"
    | "per_unit"
    | "seat"
    | "package"
    | "graduated"
    | "volume"
    | "percentage"
    | "graduated_percentage"
    | "matrix"
    | "one_time"
  >();
  // @ts-expect-error - a switch that misses a model has a value left over
  const _rest: (price: Exclude<Price, { model: "flat" }>) => never = (price) => price;
  expectTypeOf<RatedSlice["amount"]>().toEqualTypeOf<Decimal>();
});
