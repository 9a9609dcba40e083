import * as fc from "fast-check";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { period } from "../../server/domain/calendar/period";
import { addDays, daysBetween } from "../../server/domain/calendar/plain-date";
import type { Decimal } from "../../server/domain/money/decimal";
import { checkPrice } from "../../server/domain/pricing/check-price";
import { discountsFor, takeDiscounts } from "../../server/domain/pricing/discount";
import type { PercentagePrice, Price, PriceModelName, SeatStrategy, Tier } from "../../server/domain/pricing/price";
import { applyRatio, prorate } from "../../server/domain/pricing/prorate";
import { amountOf, rate } from "../../server/domain/pricing/rate";
import { needsEventAmounts, ratePercentage } from "../../server/domain/pricing/rate-percentage";
import { countSeats, seatsByDay } from "../../server/domain/pricing/seats";
import type { RatedSlice } from "../../server/domain/pricing/slice";
import { amountOff, day, decimal, percentOff } from "./billing-world";

const tier = (upTo: number | null, unitPrice: string, flatFee = "0"): Tier => ({
  upTo: upTo === null ? null : decimal(upTo),
  unitPrice: decimal(unitPrice),
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
  ])("for %s", (_case, price, expected) => expect(problems(price)).toEqual(expected));

  it("with the offending value", () => {
    expect(checkPrice({ model: "flat", fee: decimal("-1.5") })).toEqual([
      { code: "NEGATIVE", path: ["fee"], given: "-1.5" },
    ]);
  });
});

it("the models are a closed list", () => {
  expectTypeOf<PriceModelName>().toEqualTypeOf<
    "flat" | "per_unit" | "seat" | "package" | "graduated" | "volume" | "percentage" | "one_time"
  >();
  // @ts-expect-error - a switch that misses a model has a value left over
  const _rest: (price: Exclude<Price, { model: "flat" }>) => never = (price) => price;
  expectTypeOf<RatedSlice["amount"]>().toEqualTypeOf<Decimal>();
});
