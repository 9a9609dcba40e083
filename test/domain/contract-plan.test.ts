import { describe, expect, it, test } from "vitest";
import { type ChargePiece, pieceOf } from "../../server/domain/contract/charge-piece";
import { compilePhases } from "../../server/domain/contract/compile-phases";
import { type PlannedCharge, planCharge, type RampStep, type Trial } from "../../server/domain/contract/plan-charge";
import { percent } from "../../server/domain/money/percent";
import { flat } from "./amendments-world";
import { amountOff, charge, day, decimal, phase } from "./billing-world";

const open = { startsOn: day("2026-01-31"), endsBefore: null };
const year = { startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") };

const trialOf = (length: Trial["length"], percentOff = "100"): Trial => ({ length, percentOff: percent(percentOff) });

const planned = (terms: Partial<PlannedCharge>): PlannedCharge => ({
  charge: charge("a"),
  term: year,
  trial: null,
  ramp: [],
  ...terms,
});

const pieces = (terms: Partial<PlannedCharge>): ChargePiece[] => {
  const result = planCharge(planned(terms));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const inShort = (list: readonly ChargePiece[]): string[] =>
  list.map(({ charge: { quantity, price, isFreeTrial, discounts }, startsOn, endsBefore }) => {
    const fee = price.model === "flat" ? price.fee.toFixed() : price.model;
    const trial = isFreeTrial ? ["free"] : discounts.map(({ description }) => description);
    return [`${startsOn}–${endsBefore ?? ""}`, `×${quantity.toFixed()}`, fee, ...trial].join(" ");
  });

const refusals = (terms: Partial<PlannedCharge>): string[] => {
  const result = planCharge(planned(terms));
  return result.ok ? [] : result.error.map(({ code, path, given }) => [code, path.join("."), given].join(" "));
};

describe("Phases", () => {
  const [a, b] = [charge("a"), charge("b")];
  const piece = (one: typeof a, startsOn: string, endsBefore: string | null): ChargePiece =>
    pieceOf(one, { startsOn: day(startsOn), endsBefore: endsBefore === null ? null : day(endsBefore) });
  const named = (startsOn: string, endsBefore: string | null, charges: (typeof a)[]) => ({
    ...phase(startsOn, endsBefore, charges),
    id: `phase-${startsOn}`,
  });

  it("begin wherever a charge begins or ends, without gaps over the term", () =>
    expect(compilePhases(year, [piece(a, "2026-01-01", "2026-03-01"), piece(b, "2026-02-01", "2026-03-01")])).toEqual([
      named("2026-01-01", "2026-02-01", [a]),
      named("2026-02-01", "2026-03-01", [a, b]),
      named("2026-03-01", "2027-01-01", []),
    ]));

  it("are one without charges where nothing is billed at all", () =>
    expect(compilePhases(year, [])).toEqual([named("2026-01-01", "2027-01-01", [])]));

  it("end with the term or not at all, and leave out what lies outside it", () => {
    const late = [piece(a, "2025-06-01", null), piece(b, "2027-01-01", null)];
    expect(compilePhases(year, late)).toEqual([named("2026-01-01", "2027-01-01", [a])]);
    expect(compilePhases({ ...year, endsBefore: null }, late)).toEqual([
      named("2026-01-01", "2027-01-01", [a]),
      named("2027-01-01", null, [a, b]),
    ]);
    expect(compilePhases({ ...year, endsBefore: year.startsOn }, late)).toEqual([]);
  });

  it("have a one-time charge on its day alone, which is no reason for another phase after it", () => {
    const setup = charge("setup", { price: { model: "one_time", fee: decimal(5) }, cadence: "one_time" });
    expect(
      compilePhases(year, [{ charge: setup, ...year }, piece(a, "2026-01-01", null), piece(b, "2026-02-01", null)]),
    ).toEqual([named("2026-01-01", "2026-02-01", [setup, a]), named("2026-02-01", "2027-01-01", [a, b])]);
  });
});

describe("A trial", () => {
  test.each<[string, Partial<PlannedCharge>, string[]]>([
    [
      "of 14 days is free",
      { trial: trialOf({ days: 14 }) },
      ["2026-01-01–2026-01-15 ×1 100 free", "2026-01-15–2027-01-01 ×1 100"],
    ],
    [
      "of one month from the 31st ends with February",
      { term: open, trial: trialOf({ months: 1 }) },
      ["2026-01-31–2026-02-28 ×1 100 free", "2026-02-28– ×1 100"],
    ],
    [
      "of two months from the 31st ends on the 31st",
      { term: open, trial: trialOf({ months: 2 }) },
      ["2026-01-31–2026-03-31 ×1 100 free", "2026-03-31– ×1 100"],
    ],
    [
      "at half the price is discounted",
      { trial: trialOf({ months: 3 }, "50") },
      ["2026-01-01–2026-04-01 ×1 100 Trial: 50 % off", "2026-04-01–2027-01-01 ×1 100"],
    ],
    [
      "as long as the term leaves nothing after it",
      { trial: trialOf({ months: 12 }) },
      ["2026-01-01–2027-01-01 ×1 100 free"],
    ],
    ["longer than the term ends with it", { trial: trialOf({ days: 400 }) }, ["2026-01-01–2027-01-01 ×1 100 free"]],
  ])("%s", (_case, terms, expected) => expect(inShort(pieces(terms))).toEqual(expected));

  it("keeps the other discounts, under an id of its own", () => {
    const discounted = charge("a", { discounts: [amountOff("5")] });
    const [first, second] = pieces({ charge: discounted, trial: trialOf({ days: 14 }) });
    expect(first?.charge).toEqual({
      ...discounted,
      id: "a-charge@trial",
      isFreeTrial: true,
      discounts: [
        amountOff("5"),
        {
          kind: "percent",
          id: "trial-a",
          description: "Free trial",
          percent: percent("100"),
          endsBefore: null,
          position: "before_minimum",
        },
      ],
    });
    expect(second?.charge).toBe(discounted);
  });

  test.each<[string, Partial<PlannedCharge>, string]>([
    ["without days", { trial: trialOf({ days: 0 }) }, "TRIAL_LENGTH_NOT_POSITIVE trial.length.days 0"],
    ["of minus a month", { trial: trialOf({ months: -1 }) }, "TRIAL_LENGTH_NOT_POSITIVE trial.length.months -1"],
    ["of half a month", { trial: trialOf({ months: 0.5 }) }, "TRIAL_LENGTH_NOT_POSITIVE trial.length.months 0.5"],
    ["of 3661 days", { trial: trialOf({ days: 3661 }) }, "TRIAL_TOO_LONG trial.length.days 3661"],
    ["of 121 months", { trial: trialOf({ months: 121 }) }, "TRIAL_TOO_LONG trial.length.months 121"],
    [
      "of something that is charged once",
      { charge: charge("a", { cadence: "one_time" }), trial: trialOf({ days: 14 }) },
      "TRIAL_NOT_APPLICABLE trial ",
    ],
  ])("%s is refused", (_case, terms, expected) => expect(refusals(terms)).toEqual([expected]));
});

describe("A ramp", () => {
  const to = (startsOn: string, terms: { quantity?: number; fee?: number }): RampStep => ({
    startsOn: day(startsOn),
    quantity: terms.quantity === undefined ? null : decimal(terms.quantity),
    price: terms.fee === undefined ? null : flat(terms.fee),
  });
  const after = (months: number, quantity: number): RampStep => ({ afterMonths: months, quantity: decimal(quantity) });

  it("steps on its days and keeps what a step does not name", () =>
    expect(inShort(pieces({ ramp: [to("2026-04-01", { quantity: 20 }), to("2026-10-01", { fee: 90 })] }))).toEqual([
      "2026-01-01–2026-04-01 ×1 100",
      "2026-04-01–2026-10-01 ×20 100",
      "2026-10-01–2027-01-01 ×20 90",
    ]));

  it("counts months from the first day", () => {
    const list = pieces({ term: open, ramp: [after(1, 2), after(2, 3), after(12, 4)] });
    expect(inShort(list)).toEqual([
      "2026-01-31–2026-02-28 ×1 100",
      "2026-02-28–2026-03-31 ×2 100",
      "2026-03-31–2027-01-31 ×3 100",
      "2027-01-31– ×4 100",
    ]);
    expect(list.map(({ charge: { id } }) => id)).toEqual([
      "a-charge",
      "a-charge@step-1",
      "a-charge@step-2",
      "a-charge@step-3",
    ]);
  });

  it("waits for the end of a trial, where the last step of several counts", () =>
    expect(inShort(pieces({ trial: trialOf({ months: 3 }), ramp: [after(1, 2), after(2, 3), after(6, 4)] }))).toEqual([
      "2026-01-01–2026-04-01 ×1 100 free",
      "2026-04-01–2026-07-01 ×3 100",
      "2026-07-01–2027-01-01 ×4 100",
    ]));

  it("may begin on the first day", () =>
    expect(inShort(pieces({ ramp: [after(0, 2)] }))).toEqual(["2026-01-01–2027-01-01 ×2 100"]));

  test.each<[string, RampStep[], string[]]>([
    ["before the term", [to("2025-12-31", {})], ["RAMP_OUTSIDE_TERM ramp.0.startsOn 2025-12-31"]],
    ["on the day after the term", [to("2027-01-01", {})], ["RAMP_OUTSIDE_TERM ramp.0.startsOn 2027-01-01"]],
    ["after the months of the term", [after(12, 1)], ["RAMP_OUTSIDE_TERM ramp.0.afterMonths 12"]],
    ["after more than ten years", [after(121, 1)], ["RAMP_OUTSIDE_TERM ramp.0.afterMonths 121"]],
    ["after half a month", [after(0.5, 1)], ["RAMP_OUTSIDE_TERM ramp.0.afterMonths 0.5"]],
    [
      "twice on a day, and back",
      [after(3, 1), to("2026-04-01", {}), after(2, 1)],
      ["RAMP_NOT_ASCENDING ramp.1.startsOn 2026-04-01", "RAMP_NOT_ASCENDING ramp.2.afterMonths 2"],
    ],
  ])("that steps %s is refused", (_case, ramp, expected) => expect(refusals({ ramp })).toEqual(expected));

  it("of something that is charged once is refused", () =>
    expect(refusals({ charge: charge("a", { cadence: "one_time" }), ramp: [after(1, 1)] })).toEqual([
      "RAMP_NOT_APPLICABLE ramp ",
    ]));
});
