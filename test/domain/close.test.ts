import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Finding, judge } from "../../server/domain/close/checklist";
import { missingCounters } from "../../server/domain/close/missing-numbers";
import { Decimal } from "../../server/domain/money/decimal";

const finding = (subjectId: string, amount: string | null = null): Finding => ({
  subjectId,
  subject: subjectId,
  problem: "It is wrong.",
  remedy: "Mend it.",
  amount,
  currency: amount === null ? null : "GBP",
});

describe("a check", () => {
  const usage = (findings: readonly Finding[], waived: readonly string[], tolerance: string | null = null) =>
    judge("usage_unattributed", findings, {
      waivers: waived.map((subjectId) => ({ check: "usage_unattributed", subjectId })),
      tolerance: tolerance === null ? null : new Decimal(tolerance),
    }).state;

  it("is clear where nothing was found", () => {
    expect(usage([], [])).toBe("clear");
  });

  it("blocks until all that was found is waived", () => {
    const found = [finding("a", "10.00"), finding("b", "20.00")];
    expect(usage(found, [])).toBe("blocking");
    expect(usage(found, ["a"])).toBe("blocking");
    expect(usage(found, ["a", "b"])).toBe("waived");
  });

  it("lets pass what comes to the limit together, and not a cent more", () => {
    const found = [finding("a", "10.00"), finding("b", "-20.00")];
    expect(usage(found, [], "29.99")).toBe("blocking");
    expect(usage(found, [], "30.00")).toBe("tolerated");
    expect(usage(found, ["b"], "10.00")).toBe("tolerated");
  });

  it("blocks whatever the limit is where an amount is not known", () => {
    expect(usage([finding("a", "1.00"), finding("b")], [], "1000.00")).toBe("blocking");
    expect(usage([finding("a", "1.00"), finding("b")], ["b"], "1000.00")).toBe("tolerated");
  });

  it("is not waived by a waiver of another check, nor where it has a remedy that takes no decision", () => {
    const waivers = [{ check: "drafts_not_issued", subjectId: "a" } as const];
    expect(judge("usage_unattributed", [finding("a")], { waivers }).state).toBe("blocking");
    expect(judge("stale_drafts", [finding("a")], { waivers: [{ check: "stale_drafts", subjectId: "a" }] }).state).toBe(
      "blocking",
    );
  });
});

describe("missing counters", () => {
  it("are told as ranges", () => {
    expect(missingCounters([1, 2, 3], 3)).toEqual([]);
    expect(missingCounters([], 0)).toEqual([]);
    expect(missingCounters([], 2)).toEqual([{ first: 1, last: 2 }]);
    expect(missingCounters([2, 5, 6, 9], 10)).toEqual([
      { first: 1, last: 1 },
      { first: 3, last: 4 },
      { first: 7, last: 8 },
      { first: 10, last: 10 },
    ]);
  });

  it("and those that are taken are together all, each once", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), fc.nat({ max: 10 }), (taken, more) => {
        const last = Math.max(0, ...taken) + more;
        const missing = missingCounters(taken, last).flatMap(({ first, last: end }) =>
          Array.from({ length: end - first + 1 }, (_, index) => first + index),
        );
        expect([...taken, ...missing].sort((a, b) => a - b)).toEqual(
          Array.from({ length: last }, (_, index) => index + 1),
        );
      }),
      { seed: 2026 },
    );
  });
});
