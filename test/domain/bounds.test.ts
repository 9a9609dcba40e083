import { describe, expect, it, test } from "vitest";
import { applyAmendments } from "../../server/domain/contract/apply-amendments";
import type { Price } from "../../server/domain/pricing/price";
import { charge, contract, day, decimal, inShort, linesDue, minimum, netsOf, percentOff } from "./billing-world";

const flat = (fee: string): Price => ({ model: "flat", fee: decimal(fee) });
const september = { from: day("2026-09-02"), through: day("2026-10-01") };
const fee = (amount: string) => charge("fee", { price: flat(amount) });

describe("a maximum over several charges", () => {
  test.each([
    ["149.99", ["charge fee: 149.99", "charge other: 100.00"]],
    ["150", ["charge fee: 150.00", "charge other: 100.00"]],
    ["150.01", ["charge fee: 150.01", "charge other: 100.00", "cap most: -0.01"]],
  ])("of 250.00 beside 100.00 leaves of %s %j", (amount, expected) => {
    const capped = contract([fee(amount), charge("other")], { maximums: [minimum("most", "250")] });
    expect(inShort(linesDue(capped, september))).toEqual(expected);
  });

  it("counts what is left after discounts", () => {
    const discounted = { ...fee("300"), discounts: [percentOff("20")] };
    const capped = contract([discounted], { maximums: [minimum("most", "250")] });
    expect(netsOf(linesDue(capped, september))).toEqual(["240.00"]);
  });

  it("is the last word over the true-up of a minimum that it covers", () => {
    const bounded = contract([fee("100"), charge("other", { price: flat("170") })], {
      minimums: [minimum("least", "150", { lineageIds: ["fee"] })],
      maximums: [minimum("most", "300")],
    });
    expect(inShort(linesDue(bounded, september))).toEqual([
      "charge fee: 100.00",
      "charge other: 170.00",
      "true_up least: 50.00",
      "cap most: -20.00",
    ]);
  });
});

describe("a bound over its own days", () => {
  const year = { startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") };
  const monthly = { startsOn: day("2026-01-01"), endsBefore: day("2028-01-01") };

  it("once over its term is compared with all service in it, on its last day", () => {
    const committed = contract([fee("100")], {
      ...monthly,
      minimums: [minimum("commitment", "1500", { cadence: "term", ...year })],
    });
    const january = { from: day("2027-01-01"), through: day("2027-01-01") };
    expect(inShort(linesDue(committed, january))).toEqual(["charge fee: 100.00", "true_up commitment: 300.00"]);
    expect(netsOf(linesDue(committed, { from: day("2027-02-01"), through: day("2028-01-01") }))).toHaveLength(12);
  });

  test.each([
    ["by_days" as const, "143.84"],
    ["full" as const, "900.00"],
  ])("of a contract that is cancelled after its sixth month counts %s", (proration, trueUp) => {
    // 1,500 × 181 ÷ 365 = 743.84, or the whole 1,500, less 600
    const cancelled = contract([fee("100")], {
      startsOn: day("2026-01-01"),
      endsBefore: day("2026-07-01"),
      minimums: [minimum("commitment", "1500", { cadence: "term", proration, ...year })],
    });
    const [, due] = netsOf(linesDue(cancelled, { from: day("2026-07-01"), through: day("2026-07-01") }));
    expect(due).toBe(trueUp);
  });

  it("by month holds for the days it is given, prorated", () => {
    const committed = contract([fee("10")], {
      ...monthly,
      minimums: [minimum("least", "300", { startsOn: day("2026-09-16"), endsBefore: day("2026-10-11") })],
    });
    // 15 of 30 days and 10 of 31; the fee of 10.00 counts with its share of days: 5.00 and 3.23
    expect(inShort(linesDue(committed, { from: day("2026-09-02"), through: day("2026-11-01") }))).toEqual([
      "charge fee: 10.00",
      "charge fee: 10.00",
      "true_up least: 145.00",
      "true_up least: 93.54",
    ]);
  });
});

describe("a commitment of a contract that is cancelled", () => {
  const committed = (proration: "by_days" | "full") =>
    contract([fee("100")], {
      startsOn: day("2026-01-01"),
      endsBefore: day("2027-01-01"),
      minimums: [
        minimum("commitment", "3650", {
          cadence: "term",
          proration,
          startsOn: day("2026-01-01"),
          endsBefore: day("2027-01-01"),
        }),
      ],
    });

  test.each([
    ["by_days" as const, "1210.00"],
    ["full" as const, "3050.00"],
  ])("is owed %s: %s beside six months of 100.00", (proration, trueUp) => {
    const cancelled = applyAmendments(committed(proration), [
      { id: "a", effectiveOn: day("2026-07-01"), unusedTime: "credit", changes: [{ kind: "cancel", at: "date" }] },
    ]);
    // 3,650.00 × 181 ÷ 365 = 1,810.00
    const lines = cancelled.ok
      ? linesDue(cancelled.value, { from: day("2026-07-01"), through: day("2027-02-01") })
      : [];
    expect(inShort(lines)).toEqual(["charge fee: 100.00", `true_up commitment: ${trueUp}`]);
  });
});
