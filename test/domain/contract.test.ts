import { describe, expect, it, test } from "vitest";
import { checkContract } from "../../server/domain/contract/check-contract";
import type { Contract } from "../../server/domain/contract/contract";
import type { Currency } from "../../server/domain/money/currency";
import type { Price } from "../../server/domain/pricing/price";
import { amountOff, charge, contract, day, decimal, minimum, percentOff, phase } from "./billing-world";

const fee = charge("fee");
const perUnit: Price = { model: "per_unit", unitPrice: decimal(1) };
const phased = (...phases: Contract["phases"]) => contract([], { endsBefore: day("2027-01-01"), phases });
const problems = (terms: Contract) => checkContract(terms).map(({ code, path }) => `${code} ${path.join(".")}`);

describe("a contract", () => {
  it("with phases side by side over its term is good", () => {
    expect(
      problems(phased(phase("2026-01-01", "2026-06-01", [fee]), phase("2026-06-01", "2027-01-01", [fee]))),
    ).toEqual([]);
    expect(problems(contract([fee]))).toEqual([]);
  });

  test.each<[string, Contract, string[]]>([
    [
      "without days",
      contract([fee], { endsBefore: day("2026-01-01") }),
      ["TERM_WITHOUT_DAYS endsBefore", "PHASE_WITHOUT_DAYS phases.0.endsBefore"],
    ],
    ["without phases", phased(), ["PHASES_MISSING phases"]],
    [
      "with a gap between phases",
      phased(phase("2026-01-01", "2026-05-31", [fee]), phase("2026-06-01", "2027-01-01", [fee])),
      ["PHASES_GAP phases.1.startsOn"],
    ],
    [
      "with phases that overlap",
      phased(phase("2026-01-01", "2026-06-02", [fee]), phase("2026-06-01", "2027-01-01", [fee])),
      ["PHASES_OVERLAP phases.1.startsOn"],
    ],
    [
      "with a phase after one without end",
      contract([], { phases: [phase("2026-01-01", null, [fee]), phase("2026-06-01", null, [fee])] }),
      ["PHASES_OVERLAP phases.1.startsOn"],
    ],
    ["whose phases begin late", phased(phase("2026-01-02", "2027-01-01", [fee])), ["PHASES_GAP phases.0.startsOn"]],
    [
      "whose phases begin early",
      phased(phase("2025-12-31", "2027-01-01", [fee])),
      ["PHASE_OUTSIDE_TERM phases.0.startsOn"],
    ],
    ["whose phases end early", phased(phase("2026-01-01", "2026-12-31", [fee])), ["PHASES_GAP phases.0.endsBefore"]],
    [
      "whose phases end late",
      phased(phase("2026-01-01", "2027-01-02", [fee])),
      ["PHASE_OUTSIDE_TERM phases.0.endsBefore"],
    ],
    [
      "whose last phase has no end",
      phased(phase("2026-01-01", null, [fee])),
      ["PHASE_OUTSIDE_TERM phases.0.endsBefore"],
    ],
    [
      "in a currency that is none",
      contract([fee], { currency: { code: "XXX", minorUnits: 2 } as unknown as Currency }),
      ["CURRENCY_UNKNOWN currency"],
    ],
    [
      "with a negative quantity",
      contract([charge("a", { quantity: decimal(-1) })]),
      ["QUANTITY_NEGATIVE phases.0.charges.0.quantity"],
    ],
    [
      "with one lineage twice in a phase",
      contract([fee, fee]),
      ["LINEAGE_TWICE_IN_PHASE phases.0.charges.1.lineageId"],
    ],
    [
      "with tiers that do not ascend",
      contract([charge("a", { price: { model: "graduated", tiers: [] } })]),
      ["TIERS_MISSING phases.0.charges.0.price.tiers"],
    ],
    [
      "with a price minimum above its maximum",
      contract([charge("a", { price: { ...perUnit, minimum: decimal(2), maximum: decimal(1) } })]),
      ["MINIMUM_ABOVE_MAXIMUM phases.0.charges.0.price.minimum"],
    ],
    [
      "with a percentage of nothing measured",
      contract([charge("a", { price: { model: "percentage", percent: decimal(1) } })]),
      ["METRIC_MISSING phases.0.charges.0.metricId"],
    ],
    [
      "with a metered flat fee",
      contract([charge("a", { metricId: "calls" })]),
      ["METRIC_NOT_APPLICABLE phases.0.charges.0.metricId"],
    ],
    [
      "with usage in advance",
      contract([charge("a", { price: perUnit, metricId: "calls", timing: "in_advance" })]),
      ["METERED_IN_ADVANCE phases.0.charges.0.timing"],
    ],
    [
      "with usage once",
      contract([charge("a", { price: perUnit, metricId: "calls", cadence: "one_time" })]),
      ["METERED_ONE_TIME phases.0.charges.0.cadence"],
    ],
    [
      "with a one-time price each month",
      contract([charge("a", { price: { model: "one_time", fee: decimal(1) } })]),
      ["ONE_TIME_PRICE_RECURRING phases.0.charges.0.cadence"],
    ],
    [
      "with a discount twice",
      contract([charge("a", { discounts: [percentOff("1"), amountOff("-1")] })]),
      ["NEGATIVE phases.0.charges.0.discounts.1.amount", "DISCOUNT_TWICE phases.0.charges.0.discounts.1.id"],
    ],
    [
      "with a minimum over a charge it does not have",
      contract([fee], { minimums: [minimum("m", "-1", { lineageIds: ["fee", "other"] })] }),
      ["NEGATIVE minimums.0.amount", "COVERED_LINEAGE_UNKNOWN minimums.0.lineageIds.1"],
    ],
  ])("%s is refused", (_case, terms, expected) => expect(problems(terms)).toEqual(expected));
});
