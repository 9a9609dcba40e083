import { describe, expect, it, test } from "vitest";
import { formatPeriod } from "../../server/domain/calendar/format";
import type { Charge } from "../../server/domain/contract/contract";
import { expectedLines } from "../../server/domain/invoice/expected-lines";
import { type BillingWindow, planSegments } from "../../server/domain/invoice/plan-segments";
import type { Price } from "../../server/domain/pricing/price";
import {
  amountOff,
  charge,
  contract,
  day,
  decimal,
  inShort,
  linesDue,
  minimum,
  netsOf,
  percentOff,
  phase,
  used,
} from "./billing-world";
import { mismatchesIn } from "./rederive";

const window = (from: string, through: string): BillingWindow => ({ from: day(from), through: day(through) });
/** Due with or after September, up to the day on which it is billed. */
const september = window("2026-09-02", "2026-10-01");
const flat = (fee: string): Price => ({ model: "flat", fee: decimal(fee) });
const perUnit = (unitPrice: string): Price => ({ model: "per_unit", unitPrice: decimal(unitPrice) });

describe("planning", () => {
  const due = (timing: "in_advance" | "in_arrears", within: BillingWindow) =>
    planSegments(contract([charge("fee", { timing })]), within).segments.map(
      ({ dueOn, servicePeriod }) => `${dueOn}: ${formatPeriod(servicePeriod)}`,
    );

  test.each([
    ["2026-08-31", []],
    ["2026-09-01", ["2026-09-01: 1–30 Sep 2026"]],
    ["2026-09-30", ["2026-09-01: 1–30 Sep 2026"]],
    ["2026-10-01", ["2026-09-01: 1–30 Sep 2026", "2026-10-01: 1–31 Oct 2026"]],
  ])("in advance falls due on the first day served: through %s", (through, expected) => {
    expect(due("in_advance", window("2026-08-02", through))).toEqual(expected);
  });

  test.each([
    ["2026-08-31", []],
    ["2026-09-01", ["2026-09-01: 1–31 Aug 2026"]],
    ["2026-09-30", ["2026-09-01: 1–31 Aug 2026"]],
    ["2026-10-01", ["2026-09-01: 1–31 Aug 2026", "2026-10-01: 1–30 Sep 2026"]],
  ])("in arrears falls due on the day after the last: through %s", (through, expected) => {
    expect(due("in_arrears", window("2026-08-02", through))).toEqual(expected);
  });

  it("wants the usage of each service period once, for all charges on the metric", () => {
    const calls = { price: perUnit("1"), metricId: "calls" };
    const plan = planSegments(contract([charge("a", calls), charge("b", calls)]), september);
    expect(plan.segments).toHaveLength(2);
    expect(plan.usageWanted).toEqual([
      {
        metricId: "calls",
        period: { startsOn: "2026-09-01", endsBefore: "2026-10-01" },
        isByEvent: false,
        isGrouped: false,
      },
    ]);
  });

  it("wants single events where one of the prices on the metric looks at them", () => {
    const percentage: Price = { model: "percentage", percent: decimal(1), minimumPerEvent: decimal(1) };
    const terms = contract([
      charge("a", { price: percentage, metricId: "payments" }),
      charge("b", { price: perUnit("1"), metricId: "payments" }),
    ]);
    expect(planSegments(terms, september).usageWanted.map(({ isByEvent }) => isByEvent)).toEqual([true]);
  });

  it("plans what a minimum that ends in the window covers, wherever that was due", () => {
    const terms = contract([charge("support", { cadence: "annual", timing: "in_advance" }), charge("fee")], {
      minimums: [minimum("least", "1000", { cadence: "quarterly" })],
    });
    const plan = planSegments(terms, september);
    expect(plan.segments.map(({ charge: { lineageId }, dueOn, isInWindow }) => [lineageId, dueOn, isInWindow])).toEqual(
      [
        ["support", "2026-01-01", false],
        ["fee", "2026-08-01", false],
        ["fee", "2026-09-01", false],
        ["fee", "2026-10-01", true],
      ],
    );
  });

  it("rates single events from their amounts, and does not make do with their sum", () => {
    const price: Price = {
      model: "percentage",
      percent: decimal(2),
      minimumPerEvent: decimal(1),
      maximumPerEvent: decimal(10),
    };
    const terms = contract([charge("payments", { price, metricId: "payments" })]);
    const plan = planSegments(terms, september);
    const [wanted] = plan.usageWanted;
    if (wanted === undefined) throw new Error("usage is wanted");
    const { metricId, period } = wanted;
    const reading = { metricId, period, quantity: decimal(875), events: decimal(3) };
    const eventAmounts = [25, 100, 750].map((amount) => ({ amount: decimal(amount), count: decimal(1) }));
    expect(netsOf(expectedLines(terms, plan, { usage: [{ ...reading, eventAmounts }], seats: [] }))).toEqual(["13.00"]);
    expect(() => expectedLines(terms, plan, { usage: [reading], seats: [] })).toThrow("rated from events");
  });

  it("gives a missing reading back as an error, not as zero", () => {
    const terms = contract([charge("a", { price: perUnit("1"), metricId: "calls" })]);
    expect(() => expectedLines(terms, planSegments(terms, september), { usage: [], seats: [] })).toThrow(
      "no usage reading",
    );
  });
});

describe("part periods", () => {
  it("prorate a fee, the included units and the limits by days, metered quantity and tiers never", () => {
    const tiers = [
      { upTo: decimal(100), unitPrice: decimal(1), flatFee: decimal(10) },
      { upTo: null, unitPrice: decimal("0.5"), flatFee: decimal(0) },
    ];
    const terms = contract(
      [
        charge("fee", { price: flat("300") }),
        charge("calls", { price: { model: "graduated", tiers, includedUnits: decimal(60) }, metricId: "calls" }),
        charge("texts", { price: { ...perUnit("1"), minimum: decimal(50) }, metricId: "texts" }),
      ],
      { startsOn: day("2026-09-16") },
    );
    const world = { usage: { calls: [used("2026-09-20", 150)], texts: [used("2026-09-20", 4)] } };
    expect(inShort(linesDue(terms, window("2026-09-16", "2026-10-01"), world))).toEqual([
      "charge fee: 150.00",
      // 150 less 30 of 60 included: 100 at 1.00 with the fee of 10.00, 20 at 0.50
      "charge calls: 120.00",
      "charge texts: 4.00",
      "true_up Minimum: texts: 21.00",
    ]);
  });

  it("charge a part whole where the contract says so", () => {
    const terms = contract([charge("fee", { proration: "full" })], { startsOn: day("2026-09-16") });
    expect(netsOf(linesDue(terms, window("2026-09-16", "2026-10-01")))).toEqual(["100.00"]);
  });

  it("of a contract that ends in the month count to its last day", () => {
    const terms = contract([charge("fee", { price: flat("300") })], { endsBefore: day("2026-09-11") });
    expect(inShort(linesDue(terms, window("2026-09-02", "2026-09-11")))).toEqual(["charge fee: 100.00"]);
  });
});

describe("phases", () => {
  /** Another description makes it another charge; one that goes on unchanged is not split. */
  const renamed = (fee: Charge, description: string): Charge => ({ ...fee, description });
  const discounted = (description: string) =>
    renamed(charge("fee", { price: flat("9.99"), discounts: [percentOff("50")] }), description);

  it("that agree on a charge do not split its line, nor its tiers", () => {
    const tiers = [
      { upTo: decimal(10), unitPrice: decimal(1) },
      { upTo: null, unitPrice: decimal("0.1") },
    ];
    const calls = charge("calls", { price: { model: "graduated", tiers }, metricId: "calls" });
    const seats = charge("seats", { quantity: decimal(5), price: perUnit("30") });
    const terms = contract([], {
      phases: [
        phase("2026-01-01", "2026-09-16", [calls, seats]),
        phase("2026-09-16", null, [
          { ...calls, id: "another" },
          { ...seats, quantity: decimal(8) },
        ]),
      ],
    });
    const world = { usage: { calls: [used("2026-09-15", 20), used("2026-09-16", 20)] } };
    expect(inShort(linesDue(terms, september, world))).toEqual([
      "charge calls: 13.00",
      "charge seats: 75.00",
      "charge seats: 120.00",
    ]);
  });

  it("of one price share the rounding of charge and discount", () => {
    const terms = contract([], {
      phases: [
        phase("2026-01-01", "2026-09-11", [discounted("first")]),
        phase("2026-09-11", "2026-09-21", [discounted("second")]),
        phase("2026-09-21", null, [discounted("third")]),
      ],
    });
    const lines = linesDue(terms, september);
    expect(lines.map(({ charge: { amount } }) => amount.toFixed(2))).toEqual(["3.33", "3.33", "3.33"]);
    // 1.665, 3.33 and 4.995 to date: 1.67, 3.33 and 5.00
    expect(lines.map(({ discount: { amount } }) => amount.toFixed(2))).toEqual(["1.67", "1.66", "1.67"]);
  });

  it("whose precise amounts are cut at 40 digits still round an exact half up", () => {
    const fee = charge("fee", { price: flat("0.015") });
    const cuts = ["2026-01-01", "2026-10-04", "2026-10-25"];
    const phases = cuts.map((from, index) => phase(from, cuts[index + 1] ?? null, [renamed(fee, from)]));
    // 3, 21 and 7 of 31 days
    const lines = linesDue(contract([], { phases }), window("2026-10-02", "2026-11-01"));
    expect(netsOf(lines)).toEqual(["0.00", "0.01", "0.01"]);
  });

  it("rate the usage of their own days by their own tiers", () => {
    const tiers = (unitPrice: string): Price => ({
      model: "graduated",
      tiers: [
        { upTo: decimal(10), unitPrice: decimal(unitPrice) },
        { upTo: null, unitPrice: decimal("0.1") },
      ],
    });
    const terms = contract([], {
      phases: [
        phase("2026-01-01", "2026-09-16", [charge("calls", { price: tiers("1"), metricId: "calls" })]),
        phase("2026-09-16", null, [charge("calls", { price: tiers("2"), metricId: "calls" })]),
      ],
    });
    const world = { usage: { calls: [used("2026-09-15", 20), used("2026-09-16", 20)] } };
    expect(netsOf(linesDue(terms, september, world))).toEqual(["11.00", "21.00"]);
  });

  it("of one fixed discount give it once per full period, what is left of it to the later one", () => {
    const fee = charge("fee", { price: flat("60"), discounts: [amountOff("40")] });
    const terms = contract([], {
      phases: [phase("2026-01-01", "2026-09-16", [fee]), phase("2026-09-16", null, [renamed(fee, "fee, renamed")])],
    });
    expect(netsOf(linesDue(terms, september))).toEqual(["0.00", "20.00"]);
  });
});

describe("a discount that ends", () => {
  test.each([
    ["2026-08-31", "100.00"],
    ["2026-09-01", "100.00"],
    ["2026-09-02", "90.00"],
  ])("before %s leaves %s for September", (endsBefore, expected) => {
    const terms = contract([charge("fee", { discounts: [percentOff("10", { endsBefore })] })]);
    expect(netsOf(linesDue(terms, september))).toEqual([expected]);
  });
});

describe("limits of a price", () => {
  const limited = (fee: string, terms: object) => charge("fee", { price: { ...flat(fee), ...terms } });

  test.each([
    ["99.99", ["charge fee: 99.99", "true_up Minimum: fee: 0.01"]],
    ["100.00", ["charge fee: 100.00"]],
    ["200.00", ["charge fee: 200.00"]],
    ["200.01", ["charge fee: 200.01", "cap Maximum: fee: -0.01"]],
  ])("from 100.00 to 200.00 of a fee of %s", (fee, expected) => {
    const terms = contract([limited(fee, { minimum: decimal(100), maximum: decimal(200) })]);
    expect(inShort(linesDue(terms, september))).toEqual(expected);
  });

  it("are judged after discounts, and discounts marked so come off after them", () => {
    const fee = charge("fee", {
      price: { ...flat("120"), minimum: decimal(100) },
      discounts: [percentOff("25", { id: "early" }), percentOff("10", { id: "goodwill", position: "after_minimum" })],
    });
    expect(inShort(linesDue(contract([fee]), september))).toEqual([
      "charge fee: 90.00",
      "true_up Minimum: fee: 10.00",
      "discount goodwill: fee: -10.00",
    ]);
  });

  it("fall due with a charge in advance", () => {
    const fee = charge("fee", { price: { ...flat("50"), minimum: decimal(80) }, timing: "in_advance" });
    const lines = linesDue(contract([fee]), window("2026-09-01", "2026-09-01"));
    expect(lines.map(({ dueOn, net }) => [dueOn, net.amount.toFixed()])).toEqual([
      ["2026-09-01", "50"],
      ["2026-09-01", "30"],
    ]);
  });
});

describe("a minimum commitment", () => {
  test.each([
    ["999.99", ["charge fee: 999.99", "true_up least: 0.01"]],
    ["1000.00", ["charge fee: 1000.00"]],
    ["1000.01", ["charge fee: 1000.01"]],
  ])("of 1,000.00 on %s", (fee, expected) => {
    const terms = contract([charge("fee", { price: flat(fee) })], { minimums: [minimum("least", "1000")] });
    expect(inShort(linesDue(terms, september))).toEqual(expected);
  });

  it("counts lines by the days they serve, not by the invoice they are on", () => {
    const terms = contract(
      [charge("usage", { price: flat("400") }), charge("platform", { price: flat("500"), timing: "in_advance" })],
      {
        minimums: [minimum("least", "1000")],
      },
    );
    // Due on 1 October: usage of September, platform of October. September's platform fee was due on 1 September.
    expect(inShort(linesDue(terms, september))).toEqual([
      "charge usage: 400.00",
      "charge platform: 500.00",
      "true_up least: 100.00",
    ]);
  });

  it("counts the share of days of a line that serves longer, and all shares add up to the line", () => {
    const support = charge("support", { price: flat("1000"), cadence: "annual", timing: "in_advance" });
    const terms = contract([support], { minimums: [minimum("least", "200")] });
    const trueUps = linesDue(terms, window("2026-01-02", "2027-01-01")).filter(({ kind }) => kind === "true_up");
    // 31 days of 365: 84.93
    expect(netsOf(trueUps).slice(0, 2)).toEqual(["115.07", "123.29"]);
    const total = trueUps.reduce((sum, { net }) => sum.plus(net.amount), decimal(0));
    expect(total.toFixed(2)).toBe("1400.00");
  });

  it("covers the charges it names, after their discounts and not the ones after the minimum", () => {
    const terms = contract(
      [
        charge("a", { price: flat("600"), discounts: [percentOff("50")] }),
        charge("b", { price: flat("600"), discounts: [percentOff("50", { position: "after_minimum" })] }),
        charge("c", { price: flat("600") }),
      ],
      { minimums: [minimum("least", "1000", { lineageIds: ["a", "b"] })] },
    );
    expect(inShort(linesDue(terms, september)).filter((line) => line.startsWith("true_up"))).toEqual([
      "true_up least: 100.00",
    ]);
  });

  it("is prorated by days, and due on its last day with the arrears", () => {
    const terms = contract([charge("fee", { price: flat("10") })], {
      startsOn: day("2026-09-16"),
      minimums: [minimum("least", "1000")],
    });
    const lines = linesDue(terms, window("2026-09-16", "2026-10-01"));
    expect(lines.map(({ dueOn, net }) => [dueOn, net.amount.toFixed(2)])).toEqual([
      ["2026-10-01", "5.00"],
      ["2026-10-01", "495.00"],
    ]);
  });
});

describe("seats in advance", () => {
  const seats = charge("seats", {
    price: { model: "seat", perSeat: { model: "per_unit", unitPrice: decimal(30) }, strategy: "prorate_all_changes" },
    quantity: decimal(5),
    timing: "in_advance",
  });
  const history = (...changes: [string, number][]) => ({
    seats: {
      seats: {
        openingSeats: decimal(10),
        changes: changes.map(([on, total]) => ({ on: day(on), total: decimal(total) })),
      },
    },
  });
  const forSeptember = window("2026-09-01", "2026-10-01");

  it("bill the first day's seats, and the difference when the period has ended", () => {
    const lines = linesDue(contract([seats]), forSeptember, history(["2026-09-21", 16]));
    expect(lines.map(({ kind, dueOn, net }) => `${kind} ${dueOn} ${net.amount.toFixed(2)}`)).toEqual([
      "charge 2026-09-01 300.00",
      "overage 2026-10-01 60.00",
      "charge 2026-10-01 480.00",
    ]);
  });

  it("give back what was given up, not below the contracted seats", () => {
    const lines = linesDue(contract([seats]), forSeptember, history(["2026-09-16", 2]));
    expect(lines.map(({ net }) => net.amount.toFixed(2))).toEqual(["300.00", "-75.00", "150.00"]);
  });

  it("have no difference where nothing changed", () => {
    expect(linesDue(contract([seats]), window("2026-09-02", "2026-10-01"), history()).map(({ kind }) => kind)).toEqual([
      "charge",
    ]);
  });

  it("without a reading are the contracted ones", () => {
    expect(netsOf(linesDue(contract([seats]), window("2026-09-01", "2026-09-01")))).toEqual(["150.00"]);
  });
});

describe("a tiered seat price", () => {
  it("rates the seats of each day", () => {
    const tiers = [
      { upTo: decimal(10), unitPrice: decimal(30) },
      { upTo: null, unitPrice: decimal(20) },
    ];
    const seats = charge("seats", {
      price: { model: "seat", perSeat: { model: "graduated", tiers }, strategy: "prorate_all_changes" },
      quantity: decimal(0),
    });
    const history = { openingSeats: decimal(10), changes: [{ on: day("2026-09-16"), total: decimal(16) }] };
    // 15 days of 300.00, 15 days of 300.00 + 6 × 20.00
    expect(netsOf(linesDue(contract([seats]), september, { seats: { seats: history } }))).toEqual(["360.00"]);
  });
});

describe("one-time charges", () => {
  it("fall due on the first day of their phase, once, whole", () => {
    const setup = charge("setup", {
      price: { model: "one_time", fee: decimal(900) },
      quantity: decimal(3),
      cadence: "one_time",
      timing: "in_advance",
    });
    const terms = contract([], { phases: [phase("2026-01-01", "2026-09-16", []), phase("2026-09-16", null, [setup])] });
    const lines = linesDue(terms, window("2026-01-01", "2027-12-31"));
    expect(lines.map(({ dueOn, net }) => [dueOn, net.amount.toFixed(2)])).toEqual([["2026-09-16", "2700.00"]]);
  });
});

describe("a line", () => {
  it("carries quantity and unit price where one price makes the amount, and the precise amount beside the billed", () => {
    const calls = charge("calls", { price: { ...perUnit("0.00125"), includedUnits: decimal(100) }, metricId: "calls" });
    const [line] = linesDue(contract([calls]), september, { usage: { calls: [used("2026-09-02", 1001)] } });
    expect([
      line?.quantity?.toFixed(),
      line?.unitPrice?.toFixed(),
      line?.precise.amount.toFixed(),
      line?.net.amount.toFixed(),
    ]).toEqual(["1001", "0.00125", "1.12625", "1.13"]);
  });

  it("stays at zero where nothing was used", () => {
    const calls = charge("calls", { price: perUnit("1"), metricId: "calls" });
    expect(inShort(linesDue(contract([calls]), september))).toEqual(["charge calls: 0.00"]);
  });

  it("has a key of subject, full period, service period and kind", () => {
    const [line] = linesDue(
      contract([charge("fee")], { startsOn: day("2026-09-16") }),
      window("2026-09-16", "2026-10-01"),
    );
    expect(line?.key).toBe("fee|2026-09-01/2026-10-01|2026-09-16/2026-10-01|charge");
  });
});

describe("what a price in percent includes", () => {
  const half = { startsOn: day("2026-09-16"), endsBefore: day("2026-10-01") };

  it("is prorated with the part of the period that is served", () => {
    const price: Price = {
      model: "graduated_percentage",
      tiers: [
        { upTo: decimal(100), percent: decimal(10) },
        { upTo: null, percent: decimal(1) },
      ],
      includedAmount: decimal(100),
    };
    const [line] = linesDue(contract([charge("fees", { price, metricId: "calls" })], half), september, {
      usage: { calls: [used("2026-09-20", 250)] },
    });
    // 250 less 50: 100 at 10 %, 100 at 1 %
    expect(line && [netsOf([line]), mismatchesIn(line.explanation)]).toEqual([["11.00"], []]);
    expect(line?.explanation.quantity).toMatchObject({ included: "50", includedInFullPeriod: "100", billable: "200" });
  });

  it("is whole events, for an event cannot be split", () => {
    const price: Price = { model: "percentage", percent: decimal(10), includedEvents: decimal(5) };
    const terms = contract([charge("fees", { price, metricId: "calls" })], half);
    const plan = planSegments(terms, september);
    const [wanted] = plan.usageWanted;
    const eventAmounts = [10, 20, 30].map((amount) => ({ amount: decimal(amount), count: decimal(1) }));
    const reading = wanted && { ...wanted, quantity: decimal(60), events: decimal(3), eventAmounts };
    const [line] = expectedLines(terms, plan, { usage: reading ? [reading] : [], seats: [] });
    // 15 of 30 days: the first 2 of 5 events
    expect(line && netsOf([line])).toEqual(["3.00"]);
    expect(line?.explanation.quantity?.includedEvents).toBe("2");
  });
});
