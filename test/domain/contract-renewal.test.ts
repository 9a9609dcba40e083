import { describe, expect, it, test } from "vitest";
import type { Amendment } from "../../server/domain/contract/amendment";
import { amendContract, applyAmendments } from "../../server/domain/contract/apply-amendments";
import type { Contract } from "../../server/domain/contract/contract";
import { checkRenewalRule, noticeDeadline, type RenewalRule, renewalDue } from "../../server/domain/contract/renewal";
import { percent } from "../../server/domain/money/percent";
import { amended, amendment, billed, cancelAt, extend, price, quantity } from "./amendments-world";
import { charge, contract, day, decimal, minimum } from "./billing-world";

const setup = charge("setup", { price: { model: "one_time", fee: decimal(500) }, cadence: "one_time" });
const year = contract([charge("fee"), setup], { startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") });
const yearly: RenewalRule = { kind: "automatic", months: 12, noticeDays: 60, upliftPercent: null };
const withUplift: RenewalRule = { ...yearly, upliftPercent: percent("3.5") };

const readAmended = (base: Contract, amendments: readonly Amendment[]) => {
  const result = amendContract(base, amendments);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe("A renewal", () => {
  test.each([
    ["the day before notice is too late", "2026-11-01", null],
    ["the day on which notice is too late", "2026-11-02", "2028-01-01"],
    ["the day after", "2026-11-03", "2028-01-01"],
  ])("on %s", (_case, asOf, expected) =>
    expect(renewalDue(year, yearly, day(asOf))?.endsBefore ?? null).toBe(expected),
  );

  it("has a deadline where the term ends and the rule renews it", () => {
    expect(noticeDeadline(year, yearly)).toBe("2026-11-02");
    expect(noticeDeadline(year, { kind: "none" })).toBeNull();
    expect(noticeDeadline(contract([charge("fee")]), yearly)).toBeNull();
    expect(renewalDue(year, { kind: "none" }, day("2030-01-01"))).toBeNull();
  });

  it("is an amendment of the old end: an extension and the raised prices of what recurs", () => {
    const renewal = renewalDue(year, withUplift, day("2026-12-01"));
    expect(renewal).toEqual({
      effectiveOn: "2027-01-01",
      endsBefore: "2028-01-01",
      changes: [extend("2028-01-01"), price("fee", 103.5)],
    });
    const result = applyAmendments(year, [
      { id: "renewal", unusedTime: "credit", changes: renewal?.changes ?? [], effectiveOn: day("2027-01-01") },
    ]);
    expect(result.ok && billed(result.value)).toEqual([
      "fee 2026-01-01–2027-01-01 ×1 100",
      "fee 2027-01-01–2028-01-01 ×1 103.5",
      "setup 2026-01-01 ×1",
    ]);
  });

  it("counts its months from the end first agreed, so that the 31st stays", () => {
    const monthly: RenewalRule = { ...yearly, months: 1, noticeDays: 0 };
    const agreedEndsBefore = day("2026-01-31");
    let terms = contract([charge("fee")], { startsOn: day("2025-01-31"), endsBefore: agreedEndsBefore });
    const ends = ["a", "b", "c"].map((id) => {
      const renewal = renewalDue(terms, monthly, day("2030-01-01"), { agreedEndsBefore });
      terms = amended(terms, amendment(terms.endsBefore ?? "", [...(renewal?.changes ?? [])], { id }));
      return terms.endsBefore;
    });
    expect(ends).toEqual(["2026-02-28", "2026-03-31", "2026-04-30"]);
  });

  it("does not revive what was cancelled", () => {
    const { contract: cancelled, ...known } = readAmended(year, [amendment("2026-11-15", cancelAt("period_end"))]);
    expect(renewalDue(cancelled, yearly, day("2026-12-01"), { amended: known })).toBeNull();
  });

  it("raises the prices that wait for the new term, not those that they replace", () => {
    const annual = contract([charge("fee", { cadence: "annual", timing: "in_advance" })], {
      startsOn: day("2026-01-01"),
      endsBefore: day("2027-01-01"),
    });
    const downgrade = amendment("2026-05-05", [price("fee", 40), quantity("fee", 2)], { unusedTime: "keep" });
    const known = readAmended(annual, [downgrade]);
    const renewal = renewalDue(known.contract, withUplift, day("2026-12-01"), { amended: known });
    expect(renewal?.changes[1]).toEqual(price("fee", 41.4));
    const after = amended(annual, downgrade, amendment("2027-01-01", [...(renewal?.changes ?? [])], { id: "r" }));
    expect(billed(after)).toEqual(["fee 2026-01-01–2027-01-01 ×1 100", "fee 2027-01-01–2028-01-01 ×2 41.4"]);
  });
});

test.each<[string, Partial<Extract<RenewalRule, { kind: "automatic" }>>, string[]]>([
  ["of no months", { months: 0 }, ["RENEWAL_MONTHS_OUT_OF_RANGE months"]],
  ["of more than ten years", { months: 121 }, ["RENEWAL_MONTHS_OUT_OF_RANGE months"]],
  ["with part of a month", { months: 1.5 }, ["RENEWAL_MONTHS_OUT_OF_RANGE months"]],
  ["with notice after the end", { noticeDays: -1 }, ["NOTICE_DAYS_OUT_OF_RANGE noticeDays"]],
  ["within its limits", { months: 120, noticeDays: 366 }, []],
])("A renewal rule %s is judged", (_case, terms, expected) => {
  const problems = checkRenewalRule({ kind: "automatic", months: 12, noticeDays: 60, upliftPercent: null, ...terms });
  expect(problems.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual(expected);
});

describe("a commitment over the term", () => {
  test.each([
    [12, "2028-01-01", "1200"],
    [6, "2027-07-01", "600"],
    [36, "2030-01-01", "3600"],
  ])("is made again for %d months, to %s: %s", (months, endsBefore, amount) => {
    const committed = contract([charge("fee")], {
      startsOn: day("2026-01-01"),
      endsBefore: day("2027-01-01"),
      minimums: [
        minimum("commitment", "1200", { cadence: "term", startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") }),
        minimum("monthly", "90"),
      ],
    });
    const rule: RenewalRule = { kind: "automatic", months, noticeDays: 0, upliftPercent: null };
    const renewal = renewalDue(committed, rule, day("2027-01-01"));
    const after = amended(committed, amendment("2027-01-01", [...(renewal?.changes ?? [])], { id: "r" }));
    expect(after.minimums.map((each) => [each.amount.toFixed(), each.cadence, each.startsOn, each.endsBefore])).toEqual(
      [
        ["1200", "term", "2026-01-01", "2027-01-01"],
        ["90", "monthly", null, null],
        [amount, "term", "2027-01-01", endsBefore],
      ],
    );
  });
});
