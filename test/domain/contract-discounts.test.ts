import { describe, expect, it, test } from "vitest";
import type { ContractDiscount } from "../../server/domain/contract/contract";
import { percent } from "../../server/domain/money/percent";
import type { Price } from "../../server/domain/pricing/price";
import {
  charge,
  contract,
  day,
  decimal,
  inShort,
  issue,
  linesDue,
  minimum,
  netsOf,
  percentOff,
  proposal,
  propose,
  used,
} from "./billing-world";
import { mismatchesIn } from "./rederive";

const flat = (fee: string): Price => ({ model: "flat", fee: decimal(fee) });
const september = { from: day("2026-09-02"), through: day("2026-10-01") };

type Given = Partial<Pick<ContractDiscount, "scope" | "position" | "startsOn" | "endsBefore">>;
const terms = (given: Given) => ({
  id: "shared",
  description: "Partner",
  scope: { kind: "invoice" } as const,
  position: "after_minimum" as const,
  startsOn: null,
  endsBefore: null,
  ...given,
});
const percentShared = (value: string, given: Given = {}): ContractDiscount => ({
  kind: "percent",
  percent: percent(value),
  ...terms(given),
});
const amountShared = (value: string, given: Given & { readonly cadence?: "monthly" | "one_time" } = {}) => {
  const { cadence = "monthly", ...rest } = given;
  return { kind: "fixed", amount: decimal(value), cadence, ...terms(rest) } satisfies ContractDiscount;
};
const group = (...lineageIds: string[]) =>
  ({ scope: { kind: "group", lineageIds }, position: "before_minimum" }) as const;

const platform = charge("platform", { price: flat("800") });
const support = charge("support", { price: flat("200") });

describe("a discount of the invoice", () => {
  it("is spread over its lines on lines of its own", () => {
    const discounted = contract([platform, support], { discounts: [amountShared("100")] });
    expect(inShort(linesDue(discounted, september))).toEqual([
      "charge platform: 800.00",
      "charge support: 200.00",
      "discount Partner: platform: -80.00",
      "discount Partner: support: -20.00",
    ]);
  });

  it("in percent is rounded once for all its lines", () => {
    const third = (name: string) => charge(name, { price: flat("0.05") });
    const discounted = contract([third("a"), third("b"), third("c")], { discounts: [percentShared("10")] });
    // 10 % of 0.15 is 0.015, rounded 0.02; line by line it would be 0.03
    expect(netsOf(linesDue(discounted, september).filter(({ kind }) => kind === "discount"))).toEqual([
      "-0.01",
      "-0.01",
    ]);
  });

  it("is taken after the minimum, from its true-up too", () => {
    const discounted = contract([support], { minimums: [minimum("least", "500")], discounts: [percentShared("10")] });
    expect(inShort(linesDue(discounted, september))).toEqual([
      "charge support: 200.00",
      "true_up least: 300.00",
      "discount Partner: support: -20.00",
      "discount Partner: least: -30.00",
    ]);
  });

  it("never brings the invoice below zero", () => {
    const discounted = contract([support], { discounts: [amountShared("250")] });
    expect(netsOf(linesDue(discounted, september))).toEqual(["200.00", "-200.00"]);
  });

  it("stacks in the order of the contract, on what the charges' own discounts leave", () => {
    const own = { ...support, discounts: [percentOff("50", { position: "after_minimum" })] };
    const discounted = contract([own], {
      discounts: [percentShared("10"), { ...amountShared("30"), id: "goodwill", description: "Goodwill" }],
    });
    expect(inShort(linesDue(discounted, september))).toEqual([
      "charge support: 200.00",
      "discount discount: support: -100.00",
      "discount Partner: support: -10.00",
      "discount Goodwill: support: -30.00",
    ]);
  });
});

describe("a discount of a group", () => {
  it("lowers the lines of the group alone, before the minimum", () => {
    const discounted = contract([platform, support], {
      minimums: [minimum("least", "990")],
      discounts: [percentShared("5", group("platform"))],
    });
    expect(inShort(linesDue(discounted, september))).toEqual([
      "charge platform: 760.00",
      "charge support: 200.00",
      "true_up least: 30.00",
    ]);
  });

  it("follows the line's own discounts", () => {
    const own = { ...platform, discounts: [percentOff("10")] };
    const [line] = linesDue(contract([own], { discounts: [percentShared("10", group("platform"))] }), september);
    expect(line && [line.discount.amount.toFixed(), line.net.amount.toFixed()]).toEqual(["152", "648"]);
    expect(line && mismatchesIn(line.explanation)).toEqual([]);
  });

  it("of a fixed amount goes to what falls due first, the rest to what falls due later in the period", () => {
    const discounted = contract(
      [charge("access", { price: flat("60"), timing: "in_advance" }), charge("usage", { price: flat("100") })],
      { startsOn: day("2026-09-01"), discounts: [amountShared("90", group("access", "usage"))] },
    );
    const lines = linesDue(discounted, { from: day("2026-09-01"), through: day("2026-10-01") });
    // September has 90: 60 on its first day, 30 on what falls due at its end; October begins anew.
    expect(lines.map(({ description, net }) => `${description} ${net.amount.toFixed(2)}`)).toEqual([
      "access 0.00",
      "access 0.00",
      "usage 70.00",
    ]);
    const first = issue(propose(discounted, { asOf: "2026-09-01" }));
    expect(netsOf(first)).toEqual(["0.00"]);
    const second = propose(discounted, { asOf: "2026-10-01", from: "2026-10-01", billed: first });
    expect(second.flatMap(({ lines: due }) => inShort(due))).toEqual(["charge access: 0.00", "charge usage: 70.00"]);
  });

  it("once is given once over the contract, whenever it can be used", () => {
    const discounted = contract([support], {
      startsOn: day("2026-09-01"),
      discounts: [amountShared("500", { ...group("support"), cadence: "one_time" })],
    });
    const due = propose(discounted, { asOf: "2026-12-01" });
    expect(due.flatMap(({ lines }) => netsOf(lines))).toEqual(["0.00", "0.00", "100.00"]);
    const [third] = propose(discounted, { asOf: "2026-12-01", from: "2026-12-01", billed: issue(due.slice(0, 2)) });
    expect(third && netsOf(third.lines)).toEqual(["100.00"]);
  });

  test.each([
    ["2026-08-31", "200.00"],
    ["2026-09-01", "200.00"],
    ["2026-09-02", "180.00"],
  ])("that ends before %s makes September %s", (endsBefore, net) => {
    const discounted = contract([support], {
      discounts: [percentShared("10", { ...group("support"), endsBefore: day(endsBefore) })],
    });
    expect(netsOf(linesDue(discounted, september))).toEqual([net]);
  });

  it("is settled again when late usage changes what it was taken from", () => {
    const calls = charge("calls", { price: { model: "per_unit", unitPrice: decimal(1) }, metricId: "calls" });
    const discounted = contract([calls, support], {
      startsOn: day("2026-09-01"),
      endsBefore: day("2026-10-01"),
      discounts: [amountShared("60", group("calls", "support"))],
    });
    const onTime = { usage: { calls: [used("2026-09-10", 100)] } };
    const late = { usage: { calls: [used("2026-09-10", 100), used("2026-09-11", 100)] } };
    const billed = issue(propose(discounted, { asOf: "2026-10-01", world: onTime }));
    expect(netsOf(billed)).toEqual(["80.00", "160.00"]);
    const { invoices } = proposal(discounted, { asOf: "2026-10-05", world: late, billed });
    // 200 and 200 share the 60 evenly
    expect(invoices.flatMap(({ lines }) => netsOf(lines))).toEqual(["90.00", "10.00"]);
  });
});

describe("a discount for a commitment", () => {
  it("is taken from what the minimum covers, as long as it holds", () => {
    const committed = minimum("commitment", "1000", {
      cadence: "term",
      startsOn: day("2026-01-01"),
      endsBefore: day("2026-10-01"),
      lineageIds: ["platform"],
    });
    const discounted = contract([platform, support], {
      minimums: [committed],
      discounts: [
        percentShared("15", { scope: { kind: "commitment", boundId: "commitment" }, position: "before_minimum" }),
      ],
    });
    expect(netsOf(linesDue(discounted, september))).toEqual(["680.00", "200.00"]);
    expect(netsOf(linesDue(discounted, { from: day("2026-10-02"), through: day("2026-11-01") }))).toEqual([
      "800.00",
      "200.00",
    ]);
  });
});

describe("seats given back after a discount", () => {
  const seats = charge("seats", {
    price: {
      model: "seat",
      perSeat: { model: "per_unit", unitPrice: decimal(30) },
      strategy: "prorate_all_changes",
    },
    quantity: decimal(0),
    timing: "in_advance",
  });
  const world = {
    seats: { seats: { openingSeats: decimal(10), changes: [{ on: day("2026-09-16"), total: decimal(0) }] } },
  };
  const netOf = (discount: ContractDiscount) => {
    const month = { startsOn: day("2026-09-01"), endsBefore: day("2026-10-01") };
    const terms = contract([seats], { ...month, discounts: [discount] });
    const window = { from: month.startsOn, through: month.endsBefore };
    return linesDue(terms, window, world).map(({ description, net }) => `${description} ${net.amount.toFixed(2)}`);
  };

  it("give back their percent", () => {
    expect(netOf(percentShared("10"))).toEqual([
      "seats 300.00",
      "seats: changes in the period -150.00",
      "Partner: seats -30.00",
      "Partner: seats: changes in the period 15.00",
    ]);
  });

  it("give back of a fixed amount what is more than there was to discount", () => {
    expect(netOf(amountShared("200", group("seats")))).toEqual([
      "seats 100.00",
      "seats: changes in the period -100.00",
    ]);
  });
});
