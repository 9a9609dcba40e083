import { describe, expect, it, test } from "vitest";
import { money, moneyText } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import {
  type CompareItemsInput,
  type Comparison,
  compareItems,
  type ItemAmount,
  type ItemKind,
} from "../../server/domain/variance/compare-items";
import { flag } from "../../server/domain/variance/flag";
import { itemAmountsOf } from "../../server/domain/variance/item-amounts";
import { charge, contract, decimal, EUR, minimum, propose } from "./billing-world";

const item = (lineageId: string, net: string, kind: ItemKind = "item"): ItemAmount => ({
  kind,
  lineageId,
  productId: null,
  description: lineageId,
  net: money(net, EUR),
});

const compared = (
  baseline: readonly ItemAmount[],
  current: readonly ItemAmount[],
  more: Partial<CompareItemsInput> = {},
): Comparison =>
  compareItems({
    currency: EUR,
    baseline,
    current,
    previouslyBilledLineages: new Set(baseline.map(({ lineageId }) => lineageId)),
    endedLineages: new Set(),
    hasBaselineDocuments: baseline.length > 0,
    hasCurrentDocuments: current.length > 0,
    ...more,
  });

const drivers = ({ items }: Comparison) =>
  Object.fromEntries(
    items.map(({ lineageId, driver, change }) => [lineageId, `${driver ?? "matched"} ${moneyText(change)}`]),
  );

const thresholds = { amount: decimal(100), percent: percent("10") };
const flags = (comparison: Comparison) => flag(comparison, thresholds);

describe("items on one side only", () => {
  it("are new, lost or timing, and the worked example's come out", () => {
    const comparison = compared(
      [item("api", "810"), item("minimum", "390", "layer"), item("seats", "150"), item("support", "1200")],
      [item("api", "1190"), item("minimum", "10", "layer"), item("seats", "360"), item("audit", "80")],
    );
    expect(drivers(comparison)).toEqual({
      api: "matched 380.00",
      minimum: "matched -380.00",
      seats: "matched 210.00",
      support: "timing -1200.00",
      audit: "new 80.00",
    });
    expect(moneyText(comparison.change)).toBe("-910.00");
    expect(moneyText(comparison.changeWithoutTiming)).toBe("290.00");
    expect(moneyText(comparison.baselineWithoutTiming)).toBe("1350.00");
  });

  it("that were billed in an earlier month are timing, those that ended are lost", () => {
    const comparison = compared([item("gone", "50")], [item("annual", "1200")], {
      previouslyBilledLineages: new Set(["gone", "annual"]),
      endedLineages: new Set(["gone"]),
    });
    expect(drivers(comparison)).toEqual({ gone: "lost -50.00", annual: "timing 1200.00" });
  });

  it("are always timing for one-time charges and late adjustments", () => {
    const comparison = compared(
      [item("fee", "10"), item("fee", "5", "late_adjustment")],
      [item("fee", "10"), item("setup", "900", "one_time"), item("fee", "7", "late_adjustment")],
    );
    expect(moneyText(comparison.changeWithoutTiming)).toBe("0.00");
    expect(moneyText(comparison.change)).toBe("902.00");
  });

  it("take the layers along where the other side has no document", () => {
    const first = compared([], [item("fee", "10"), item("minimum", "90", "layer")], {
      previouslyBilledLineages: new Set(),
    });
    expect(drivers(first)).toEqual({ fee: "new 10.00", minimum: "new 90.00" });
    const ended = compared([item("fee", "10"), item("minimum", "90", "layer")], [], {
      endedLineages: new Set(["fee"]),
    });
    expect(drivers(ended)).toEqual({ fee: "lost -10.00", minimum: "lost -90.00" });
    const quarterly = compared([item("fee", "10"), item("minimum", "90", "layer")], []);
    expect(drivers(quarterly)).toEqual({ fee: "timing -10.00", minimum: "timing -90.00" });
  });

  it("add up to the change", () => {
    const comparison = compared([item("a", "1"), item("b", "2"), item("a", "4")], [item("a", "8"), item("c", "16")]);
    const total = comparison.items.reduce((sum, { change }) => sum.plus(change.amount), decimal(0));
    expect(total.equals(comparison.change.amount)).toBe(true);
    expect(comparison.items).toHaveLength(3);
  });
});

describe("a change in percent", () => {
  test.each([
    ["200", "250", "25"],
    ["-200", "-100", "50"],
    ["0", "100", undefined],
  ])("from %s to %s is %s", (from, to, expected) => {
    expect(compared([item("fee", from)], [item("fee", to)]).changePercent?.toFixed()).toBe(expected);
  });
});

describe("flags", () => {
  test.each([
    ["2000", "2200", []],
    ["2000", "2200.01", ["spike"]],
    ["2000", "1800", []],
    ["2000", "1799.99", ["drop"]],
    ["500", "600", []],
    ["500", "600.01", ["spike"]],
    ["0", "100.01", ["spike"]],
    ["300", "0", ["zero_bill", "drop"]],
    ["0", "0", ["zero_bill"]],
  ])("from %s to %s, above 100 and 10 %: %j", (from, to, expected) => {
    expect(flags(compared([item("fee", from)], [item("fee", to)]))).toEqual(expected);
  });

  it("leave an annual fee that came or went alone", () => {
    const monthly = item("fee", "100");
    expect(flags(compared([monthly, item("annual", "9000")], [monthly]))).toEqual([]);
    const previouslyBilledLineages = new Set(["fee", "annual"]);
    expect(flags(compared([monthly], [monthly, item("annual", "9000")], { previouslyBilledLineages }))).toEqual([]);
  });

  it("tell a first bill from one that comes back", () => {
    expect(flags(compared([], [item("fee", "100")]))).toEqual(["first_bill"]);
    expect(flags(compared([], [item("fee", "100")], { previouslyBilledLineages: new Set(["fee"]) }))).toEqual([]);
  });

  it("tell a missing bill from one that is not due", () => {
    const baseline = [item("fee", "100")];
    expect(flags(compared(baseline, []))).toEqual([]);
    expect(flags(compared(baseline, [], { monthlyLineages: new Set(["fee"]) }))).toEqual(["missing_bill"]);
    expect(flags(compared(baseline, [], { endedLineages: new Set(["fee"]) }))).toEqual(["missing_bill"]);
  });
});

it("lines become items, one-time charges and layers, each with its subject and net", () => {
  const setup = charge("setup", { cadence: "one_time", price: { model: "one_time", fee: decimal(5) } });
  const terms = contract([charge("fee"), setup], { minimums: [minimum("least", "150", { lineageIds: ["fee"] })] });
  const lines = propose(terms, { asOf: "2026-02-01" }).flatMap((invoice) => invoice.lines);
  expect(itemAmountsOf(lines, EUR).map(({ kind, lineageId, net }) => `${kind} ${lineageId} ${moneyText(net)}`)).toEqual(
    ["one_time setup 5.00", "item fee 100.00", "layer least 50.00"],
  );
});
