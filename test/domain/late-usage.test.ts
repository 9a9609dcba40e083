import { describe, expect, it } from "vitest";
import type { Contract, LateUsagePolicy } from "../../server/domain/contract/contract";
import { moneyText } from "../../server/domain/money/money";
import type { Price } from "../../server/domain/pricing/price";
import { charge, contract, day, decimal, inShort, issue, minimum, proposal, propose, used } from "./billing-world";

const perUnit = (unitPrice: string): Price => ({ model: "per_unit", unitPrice: decimal(unitPrice) });
const calls = charge("calls", { price: perUnit("1"), metricId: "calls" });
const platform = charge("platform", { timing: "in_advance" });
const terms = (lateUsage: LateUsagePolicy, more: Partial<Contract> = {}) =>
  contract([calls, platform], { startsOn: day("2026-09-01"), anchorOn: day("2026-09-01"), lateUsage, ...more });

const onTime = { usage: { calls: [used("2026-09-07", 40)] } };
const late = { usage: { calls: [used("2026-09-07", 40), used("2026-09-30", 5)] } };

describe("late usage that the contract ignores", () => {
  const ignoring = terms("ignore_with_report", { minimums: [minimum("least", "150", { lineageIds: ["calls"] })] });
  const billed = issue(propose(ignoring, { asOf: "2026-10-01", world: onTime }));

  it("is reported with what it would have brought, and never billed", () => {
    const { invoices, waiting, ignored } = proposal(ignoring, { asOf: "2026-11-01", world: late, billed });
    expect(invoices.flatMap(({ lines }) => inShort(lines))).toEqual([
      "charge calls: 0.00",
      "charge platform: 100.00",
      "true_up least: 150.00",
    ]);
    expect(waiting).toEqual([]);
    expect(ignored.map(({ line, amount }) => `${line.description} ${moneyText(amount)}`)).toEqual([
      "Adjustment for 1–30 Sep 2026: calls 5.00",
      "Adjustment for 1–30 Sep 2026: least -5.00",
    ]);
  });

  it("does not keep a changed price from being settled, at the usage that was billed", () => {
    const dearer = { ...ignoring, phases: terms("ignore_with_report").phases.map(withCallsAt("1.5")), minimums: [] };
    const first = issue(propose({ ...ignoring, minimums: [] }, { asOf: "2026-10-01", world: onTime }));
    const { waiting, ignored } = proposal(dearer, { asOf: "2026-10-12", world: late, billed: first });
    expect(inShort(waiting)).toEqual(["adjustment Adjustment for 1–30 Sep 2026: calls: 20.00"]);
    expect(ignored.map(({ amount }) => moneyText(amount))).toEqual(["7.50"]);
  });
});

describe("late usage of a contract that is credited and billed again", () => {
  const rebilling = terms("credit_and_rebill");
  const billed = issue(propose(rebilling, { asOf: "2026-10-01", world: onTime }));

  it("names the document and what its lines should have been", () => {
    const { invoices, waiting, rebills } = proposal(rebilling, { asOf: "2026-10-12", world: late, billed });
    expect([invoices, waiting]).toEqual([[], []]);
    expect(rebills.map(({ documentId }) => documentId)).toEqual(["invoice of 2026-10-01"]);
    expect(
      rebills[0]?.corrections.map(({ expected, line }) => [expected?.net.amount.toFixed(), moneyText(line.net)]),
    ).toEqual([["45", "5.00"]]);
  });

  it("leaves a changed price of other documents to the next invoice", () => {
    const phases = rebilling.phases.map((phase) => ({
      ...phase,
      charges: phase.charges.map((each) =>
        each.lineageId === "platform" ? { ...each, price: { model: "flat" as const, fee: decimal(90) } } : each,
      ),
    }));
    const { waiting, rebills } = proposal({ ...rebilling, phases }, { asOf: "2026-10-12", world: late, billed });
    expect(rebills).toHaveLength(1);
    // September's fee stands on the invoice of 1 September, October's on the one that is billed again
    expect(inShort(waiting)).toEqual(["adjustment Adjustment for 1–30 Sep 2026: platform: -10.00"]);
    expect(rebills[0]?.corrections.map(({ line }) => moneyText(line.net))).toEqual(["5.00", "-10.00"]);
  });

  it("that is in time asks for nothing", () => {
    const { rebills } = proposal(rebilling, { asOf: "2026-10-12", world: onTime, billed });
    expect(rebills).toEqual([]);
  });
});

const withCallsAt = (unitPrice: string) => (phase: Contract["phases"][number]) => ({
  ...phase,
  charges: phase.charges.map((each) => (each.lineageId === "calls" ? { ...each, price: perUnit(unitPrice) } : each)),
});

describe("a line that its invoice should have had", () => {
  const capped = (lateUsage: LateUsagePolicy) =>
    terms(lateUsage, { maximums: [minimum("most", "42", { lineageIds: ["calls"] })] });

  it("waits with the adjustments, and is taxed as its invoice was", () => {
    const billed = issue(propose(capped("next_invoice"), { asOf: "2026-10-01", world: onTime }));
    const { waiting } = proposal(capped("next_invoice"), { asOf: "2026-10-12", world: late, billed });
    expect(inShort(waiting)).toEqual(["adjustment Adjustment for 1–30 Sep 2026: calls: 5.00", "cap most: -3.00"]);
    expect(waiting.map(({ correctsDocumentId }) => correctsDocumentId)).toEqual([
      "invoice of 2026-10-01",
      "invoice of 2026-10-01",
    ]);
  });

  it("is in the report of what is ignored, and in what is billed again", () => {
    const ignoring = capped("ignore_with_report");
    const billed = issue(propose(ignoring, { asOf: "2026-10-01", world: onTime }));
    const { ignored, waiting } = proposal(ignoring, { asOf: "2026-10-12", world: late, billed });
    expect([waiting, ignored.map(({ amount }) => moneyText(amount))]).toEqual([[], ["5.00", "-3.00"]]);
    const { rebills } = proposal(capped("credit_and_rebill"), { asOf: "2026-10-12", world: late, billed });
    expect(rebills[0]?.corrections.map(({ line }) => moneyText(line.net))).toEqual(["5.00", "-3.00"]);
  });
});
