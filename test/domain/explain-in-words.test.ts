import { describe, expect, it } from "vitest";
import type { Contract } from "../../server/domain/contract/contract";
import { explainInWords } from "../../server/domain/invoice/explain-in-words";
import type { Price, Tier } from "../../server/domain/pricing/price";
import {
  amountOff,
  charge,
  contract,
  day,
  decimal,
  EUR,
  issue,
  linesDue,
  minimum,
  percentOff,
  phase,
  proposal,
  propose,
  used,
  type World,
} from "./billing-world";
import { mismatchesIn } from "./rederive";

const words = (terms: Contract, world: World = {}, from = "2026-09-02") => {
  const lines = linesDue(terms, { from: day(from), through: day("2026-10-01") }, world);
  expect(lines.flatMap(({ explanation }) => mismatchesIn(explanation))).toEqual([]);
  return lines.map(({ explanation }) => explainInWords(explanation, EUR));
};
const flat = (fee: string): Price => ({ model: "flat", fee: decimal(fee) });
const tiers: Tier[] = [
  { upTo: decimal(1_000_000), unitPrice: decimal("0.001"), flatFee: decimal(0) },
  { upTo: null, unitPrice: decimal("0.0006"), flatFee: decimal(25) },
];

describe("in words", () => {
  it("usage at one price, with a discount", () => {
    const calls = charge("API calls", {
      price: { model: "per_unit", unitPrice: decimal("0.001") },
      metricId: "calls",
      discounts: [percentOff("10", { id: "Launch offer" })],
    });
    expect(words(contract([calls]), { usage: { calls: [used("2026-09-03", 900_000)] } })).toEqual([
      ["900,000 API calls at 0.0010 = 900.00", "Launch offer, 10 % off: −90.00", "net 810.00"],
    ]);
  });

  it("tiers and included units", () => {
    const calls = charge("API calls", {
      price: { model: "graduated", tiers, includedUnits: decimal(10_000) },
      metricId: "calls",
    });
    expect(words(contract([calls]), { usage: { calls: [used("2026-09-03", 1_510_000)] } })).toEqual([
      [
        "included: 10,000",
        "1,510,000 less 10,000 included = 1,500,000",
        "1,000,000 API calls at 0.0010 = 1,000.00",
        "500,000 API calls above 1,000,000 at 0.0006 plus a fee of 25.00 = 325.00",
        "together 1,325.00",
        "net 1,325.00",
      ],
    ]);
  });

  it("a part of a period, with a fixed discount and rounding", () => {
    const fee = charge("Platform", { price: flat("100.01"), discounts: [amountOff("20", { id: "Welcome" })] });
    expect(words(contract([fee], { startsOn: day("2026-09-16") }), {}, "2026-09-16")).toEqual([
      [
        "Platform = 100.01",
        "15 of 30 days (16–30 Sep 2026)",
        "50.005 rounded to 50.01",
        "Welcome, 20.00 off: −20.00",
        "net 30.01",
      ],
    ]);
  });

  it("two phases of one period", () => {
    const fee = charge("Platform", { price: flat("9.99") });
    const terms = contract([], {
      phases: [
        phase("2026-01-01", "2026-09-16", [{ ...fee, id: "first", productId: "first" }]),
        phase("2026-09-16", null, [fee]),
      ],
    });
    expect(words(terms)[1]).toEqual([
      "Platform = 9.99",
      "15 of 30 days (16–30 Sep 2026)",
      "period to date 9.99, less 5.00 before = 4.99",
      "net 4.99",
    ]);
  });

  it("packages, percentages and seats", () => {
    const terms = contract([
      charge("Messages", {
        price: { model: "package", packageSize: decimal(1000), packagePrice: decimal(8) },
        metricId: "messages",
      }),
      charge("Payments", {
        price: { model: "percentage", percent: decimal("1.3"), fixedPerEvent: decimal(2) },
        metricId: "payments",
      }),
      charge("Seats", {
        price: {
          model: "seat",
          perSeat: { model: "per_unit", unitPrice: decimal(30) },
          strategy: "prorate_all_changes",
        },
      }),
    ]);
    const world = {
      usage: { messages: [used("2026-09-03", 1001)], payments: [used("2026-09-03", 800, 4)] },
      seats: { Seats: { openingSeats: decimal(10), changes: [{ on: day("2026-09-21"), total: decimal(16) }] } },
    };
    expect(words(terms, world)).toEqual([
      ["2 packages of 1,000 at 8.00 = 16.00", "net 16.00"],
      ["1.3 % of 800.00 = 10.40", "4 events at 2.00 = 8.00", "together 18.40", "net 18.40"],
      [
        "10 Seats at 30.00 = 300.00 for 20 days",
        "16 Seats at 30.00 = 480.00 for 10 days",
        "on average over the days 360.00",
        "net 360.00",
      ],
    ]);
  });

  it("a minimum commitment", () => {
    const terms = contract([charge("API calls", { price: flat("810") })], {
      minimums: [minimum("API minimum", "1200")],
    });
    expect(words(terms)[1]).toEqual(["minimum 1,200.00", "API calls 810.00", "counted 810.00", "net 390.00"]);
  });

  it("an adjustment, with what the original should have been", () => {
    const calls = charge("API calls", { price: { model: "per_unit", unitPrice: decimal(1) }, metricId: "calls" });
    const terms = contract([calls], { startsOn: day("2026-09-01"), anchorOn: day("2026-09-01") });
    const world = (units: number) => ({ usage: { calls: [used("2026-09-03", units)] } });
    const billed = issue(propose(terms, { asOf: "2026-10-01", world: world(845) }));
    const { waiting } = proposal(terms, { asOf: "2026-10-05", world: world(945), billed });
    const explanation = waiting[0]?.explanation;
    expect(explanation && mismatchesIn(explanation)).toEqual([]);
    expect(explanation && explainInWords(explanation, EUR)).toEqual([
      "945 API calls at 1.00 = 945.00",
      "net 945.00",
      "should be 945.00, billed 845.00",
      "difference 100.00",
    ]);
  });
});

it("a volume price says which tier makes the price of all units", () => {
  const tiers = [
    { upTo: decimal(5), unitPrice: decimal(10) },
    { upTo: null, unitPrice: decimal(8) },
  ];
  const terms = contract([charge("Peak load", { price: { model: "volume", tiers }, quantity: decimal(9) })]);
  const [line] = linesDue(terms, { from: day("2026-09-02"), through: day("2026-10-01") });
  expect(line && explainInWords(line.explanation, EUR)).toEqual([
    "9 Peak load at 8.00, the price above 5 = 72.00",
    "net 72.00",
  ]);
});
