import { describe, expect, it, test } from "vitest";
import type { RecurringCadence } from "../../server/domain/calendar/cadence";
import type { PlainDate } from "../../server/domain/calendar/plain-date";
import { checkContract } from "../../server/domain/contract/check-contract";
import type { Charge, Contract, ContractDiscount, SpendBound } from "../../server/domain/contract/contract";
import type { Currency } from "../../server/domain/money/currency";
import type { PerUnitPrice, Price } from "../../server/domain/pricing/price";
import { contractDiscount, fixedDiscount } from "./amendments-world";
import { amountOff, charge, contract, day, decimal, minimum, percentOff, phase } from "./billing-world";

const fee = charge("fee");
const perSeat: PerUnitPrice = { model: "per_unit", unitPrice: decimal(1) };
const perUnit: Price = perSeat;
const seats = (overageCadence: RecurringCadence, terms: Partial<Charge>): Charge =>
  charge("a", {
    price: { model: "seat", perSeat, strategy: "use_maximum", overageCadence },
    timing: "in_advance",
    ...terms,
  });
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
    [
      "with a cadence of too many months",
      contract([charge("a", { cadence: "every_121_months" }), charge("b", { cadence: "every_0_months" })]),
      ["CADENCE_UNKNOWN phases.0.charges.0.cadence", "CADENCE_UNKNOWN phases.0.charges.1.cadence"],
    ],
    [
      "with part of a month as cadence",
      contract([charge("a", { cadence: "every_1.5_months" })]),
      ["CADENCE_UNKNOWN phases.0.charges.0.cadence"],
    ],
    [
      "with an anchor that no calendar has",
      contract([fee], { anchorOn: "2026-02-30" as PlainDate }),
      ["ANCHOR_MALFORMED anchorOn"],
    ],
    [
      "with seat overage as often as the seats themselves",
      contract([seats("monthly", { cadence: "monthly" })]),
      ["OVERAGE_CADENCE_NOT_WITHIN phases.0.charges.0.price.overageCadence"],
    ],
    [
      "with seat overage that does not divide the period",
      contract([seats("every_2_months", { cadence: "quarterly" })]),
      ["OVERAGE_CADENCE_NOT_WITHIN phases.0.charges.0.price.overageCadence"],
    ],
    [
      "with seat overage less often than the seats",
      contract([seats("annual", { cadence: "quarterly" })]),
      ["OVERAGE_CADENCE_NOT_WITHIN phases.0.charges.0.price.overageCadence"],
    ],
    [
      "with seat overage of seats in arrears",
      contract([seats("monthly", { cadence: "annual", timing: "in_arrears" })]),
      ["OVERAGE_CADENCE_NOT_WITHIN phases.0.charges.0.price.overageCadence"],
    ],
    [
      "with seat overage in an unknown cadence",
      contract([seats("every_200_months", { cadence: "annual" })]),
      ["CADENCE_UNKNOWN phases.0.charges.0.price.overageCadence"],
    ],
    [
      "with a price by dimensions or by tiers of amounts and no metric",
      contract([
        charge("a", { price: { model: "matrix", dimensions: ["region"], rows: [], defaultUnitPrice: decimal(1) } }),
        charge("b", {
          price: { model: "graduated_percentage", tiers: [{ upTo: null, percent: decimal(1) }] },
        }),
      ]),
      ["METRIC_MISSING phases.0.charges.0.metricId", "METRIC_MISSING phases.0.charges.1.metricId"],
    ],
  ])("%s is refused", (_case, terms, expected) => expect(problems(terms)).toEqual(expected));
});

describe("minimums and maximums", () => {
  const half = { startsOn: day("2026-01-01"), endsBefore: day("2026-07-01") };
  const bounded = (minimums: SpendBound[], maximums: SpendBound[] = []) =>
    contract([fee, charge("other")], { endsBefore: day("2027-01-01"), minimums, maximums });

  it.each<[string, Contract]>([
    ["of their own days in the term", bounded([minimum("m", "5", half)], [minimum("x", "5", half)])],
    ["once over their days", bounded([minimum("m", "5", { cadence: "term", ...half })])],
    ["until the end of the term", bounded([minimum("m", "5", { endsBefore: day("2027-01-01") })])],
    [
      "the higher one in other periods",
      bounded([minimum("m", "9", { cadence: "annual" })], [minimum("x", "5", { cadence: "monthly" })]),
    ],
    ["the higher one over other charges", bounded([minimum("m", "9")], [minimum("x", "5", { lineageIds: ["fee"] })])],
    [
      "the higher one on other days",
      bounded([minimum("m", "9", half)], [minimum("x", "5", { startsOn: half.endsBefore })]),
    ],
  ])("%s are good", (_case, terms) => expect(problems(terms)).toEqual([]));

  it.each<[string, Contract, string[]]>([
    [
      "once over days that are not given",
      bounded([minimum("m", "5", { cadence: "term" })]),
      ["VALIDITY_MISSING minimums.0.startsOn", "VALIDITY_MISSING minimums.0.endsBefore"],
    ],
    [
      "without days",
      bounded([], [minimum("x", "5", { startsOn: day("2026-03-01"), endsBefore: day("2026-03-01") })]),
      ["VALIDITY_WITHOUT_DAYS maximums.0.endsBefore"],
    ],
    [
      "outside the term",
      bounded([
        minimum("early", "5", { startsOn: day("2025-12-31") }),
        minimum("late", "5", { startsOn: day("2027-01-01") }),
        minimum("long", "5", { endsBefore: day("2027-01-02") }),
        minimum("over", "5", { endsBefore: day("2026-01-01") }),
      ]),
      [
        "VALIDITY_OUTSIDE_TERM minimums.0.startsOn",
        "VALIDITY_OUTSIDE_TERM minimums.1.startsOn",
        "VALIDITY_OUTSIDE_TERM minimums.2.endsBefore",
        "VALIDITY_OUTSIDE_TERM minimums.3.endsBefore",
      ],
    ],
    [
      "under one id",
      bounded([minimum("m", "5"), minimum("m", "6")], [minimum("m", "7")]),
      ["BOUND_TWICE minimums.1.id", "BOUND_TWICE maximums.0.id"],
    ],
    [
      "in an unknown cadence",
      bounded([minimum("m", "5", { cadence: "every_121_months" })]),
      ["CADENCE_UNKNOWN minimums.0.cadence"],
    ],
    [
      "of a negative amount over charges that are not there",
      bounded([], [minimum("x", "-1", { lineageIds: ["fee", "none"] })]),
      ["NEGATIVE maximums.0.amount", "COVERED_LINEAGE_UNKNOWN maximums.0.lineageIds.1"],
    ],
    [
      "that contradict each other",
      bounded([minimum("m", "9", { cadence: "quarterly" })], [minimum("x", "8", { cadence: "every_3_months" })]),
      ["MINIMUM_ABOVE_MAXIMUM minimums.0.amount"],
    ],
    [
      "that contradict each other over the same charges, however named",
      bounded([minimum("m", "9")], [minimum("x", "8", { lineageIds: ["other", "fee"], ...half })]),
      ["MINIMUM_ABOVE_MAXIMUM minimums.0.amount"],
    ],
  ])("%s are refused", (_case, terms, expected) => expect(problems(terms)).toEqual(expected));
});

describe("discounts of a contract", () => {
  const discounted = (...discounts: ContractDiscount[]) =>
    contract([fee], { endsBefore: day("2027-01-01"), minimums: [minimum("m", "5")], discounts });

  it("for an invoice, for some charges and for a commitment are good", () =>
    expect(
      problems(
        discounted(
          contractDiscount("invoice"),
          contractDiscount("group", { kind: "group", lineageIds: ["fee"] }),
          contractDiscount("reward", { kind: "commitment", boundId: "m" }),
        ),
      ),
    ).toEqual([]));

  it.each<[string, ContractDiscount[], string[]]>([
    [
      "for charges that are not there",
      [contractDiscount("d", { kind: "group", lineageIds: ["fee", "none"] })],
      ["COVERED_LINEAGE_UNKNOWN discounts.0.scope.lineageIds.1"],
    ],
    [
      "for a commitment that is not there",
      [contractDiscount("d", { kind: "commitment", boundId: "none" })],
      ["COMMITMENT_UNKNOWN discounts.0.scope.boundId"],
    ],
    ["under one id", [contractDiscount("d"), contractDiscount("d")], ["DISCOUNT_TWICE discounts.1.id"]],
    [
      "on days outside the term",
      [contractDiscount("d", undefined, { startsOn: day("2025-12-31"), endsBefore: day("2027-01-02") })],
      ["VALIDITY_OUTSIDE_TERM discounts.0.startsOn", "VALIDITY_OUTSIDE_TERM discounts.0.endsBefore"],
    ],
    [
      "of a negative amount in an unknown cadence",
      [fixedDiscount("d", "-1", "every_121_months")],
      ["NEGATIVE discounts.0.amount", "CADENCE_UNKNOWN discounts.0.cadence"],
    ],
  ])("%s are refused", (_case, discounts, expected) => expect(problems(discounted(...discounts))).toEqual(expected));
});
