import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decimal } from "../../server/domain/money/decimal";
import { carryOver } from "../../server/domain/quote/approval-carry-over";
import type { ApprovalFacts } from "../../server/domain/quote/approval-facts";
import { neededApprovals } from "../../server/domain/quote/approval-needs";
import type { ApprovalCondition, ApprovalRule, Approver } from "../../server/domain/quote/approval-rule";
import { approvalStatuses, approvalToDecide } from "../../server/domain/quote/approval-turn";

// What a new seed finds must not stop an unrelated change.
if (process.env["LAW_RUNS"] === undefined) fc.configureGlobal({ seed: 2026 });

const decimal = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((tenths) => new Decimal(tenths).div(10));

const arbitraryApprover: fc.Arbitrary<Approver> = fc.constantFrom(
  { kind: "role", role: "finance" },
  { kind: "role", role: "admin" },
  { kind: "role", role: "sales" },
);
const arbitraryCondition: fc.Arbitrary<ApprovalCondition> = fc.oneof(
  fc.record({
    kind: fc.constant("discount" as const),
    overPercent: decimal(60),
    of: fc.constantFrom("overall" as const, "line" as const, "either" as const),
  }),
  fc.record({ kind: fc.constant("term" as const), overMonths: fc.integer({ min: 0, max: 60 }) }),
  fc.record({
    kind: fc.constant("total" as const),
    overAmount: decimal(1000),
    currency: fc.constantFrom("GBP", null),
  }),
  fc.record({ kind: fc.constant("payment_terms" as const), overDays: fc.integer({ min: 0, max: 90 }) }),
  fc.record({ kind: fc.constant("trial" as const), overDays: fc.integer({ min: 0, max: 90 }) }),
  fc.constant({ kind: "notes" as const }),
);
const arbitraryRules = fc
  .array(
    fc.record({
      condition: arbitraryCondition,
      approvers: fc.array(arbitraryApprover, { minLength: 1, maxLength: 3 }),
      position: fc.integer({ min: 0, max: 3 }),
      allowsOwn: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((rules) => rules.map((rule, index): ApprovalRule => ({ ...rule, id: `${index}`, name: `rule ${index}` })));

/** How far a quote goes in everything that has a degree. */
const arbitraryDegrees = fc.record({
  percents: fc.tuple(decimal(100), decimal(100), decimal(100)),
  months: decimal(72),
  total: decimal(2000),
  paymentDays: fc.integer({ min: 0, max: 120 }),
  trialDays: fc.integer({ min: 0, max: 120 }),
});
type Degrees = typeof arbitraryDegrees extends fc.Arbitrary<infer T> ? T : never;

const factsOf = ({ percents, months, total, paymentDays, trialDays }: Degrees): ApprovalFacts => ({
  party: "Acme",
  currency: "GBP",
  baseCurrency: "GBP",
  total: { amount: total, inBase: total },
  term: { months },
  discounts: percents.map((percent, index) => ({
    id: String(index),
    name: String(index),
    basis: "",
    of: index === 0 ? "overall" : "line",
    percent,
  })),
  paymentDays,
  customPrices: [],
  notes: "As agreed.",
  renewal: null,
  trials: [{ id: "trial", name: "", basis: "", days: trialDays, percentOff: new Decimal(100) }],
  lateUsage: null,
  guardRails: [],
});

const least = (a: Degrees, b: Degrees): Degrees => ({
  percents: a.percents.map((percent, index) => Decimal.min(percent, b.percents[index] ?? 0)) as Degrees["percents"],
  months: Decimal.min(a.months, b.months),
  total: Decimal.min(a.total, b.total),
  paymentDays: Math.min(a.paymentDays, b.paymentDays),
  trialDays: Math.min(a.trialDays, b.trialDays),
});

const approvedAll = (rules: readonly ApprovalRule[], facts: ApprovalFacts) =>
  neededApprovals(rules, facts).map((approval, index) => ({
    ...approval,
    id: `${index}`,
    outcome: "approved" as const,
  }));

describe("For any rules and quotes,", () => {
  test("what is milder than what was approved asks nobody", () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryDegrees, arbitraryDegrees, (rules, approved, other) => {
        const milder = factsOf(least(approved, other));
        const planned = carryOver(approvedAll(rules, factsOf(approved)), neededApprovals(rules, milder));
        expect(planned.filter(({ carriedFrom }) => carriedFrom === null)).toEqual([]);
      }),
    );
  });

  test("every change is either carried over whole or asked, and nothing is lost or asked twice", () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryDegrees, arbitraryDegrees, (rules, before, after) => {
        const needed = neededApprovals(rules, factsOf(after));
        const planned = carryOver(approvedAll(rules, factsOf(before)), needed);
        const keys = (approvals: typeof needed) =>
          approvals.flatMap(({ ruleId, approver, turn, subjects }) =>
            subjects.map(({ key }) => JSON.stringify([ruleId, approver, turn, key])),
          );
        expect(keys([...planned]).sort()).toEqual(keys(needed).sort());
      }),
    );
  });

  test("what goes further than what was approved is asked of the same approvers again", () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryDegrees, (rules, approved) => {
        const further = factsOf({ ...approved, total: approved.total.plus("0.01") });
        const asked = carryOver(approvedAll(rules, factsOf(approved)), neededApprovals(rules, further)).filter(
          ({ carriedFrom }) => carriedFrom === null,
        );
        const ofTotals = rules.filter(
          ({ condition }) => condition.kind === "total" && further.total?.amount.gt(condition.overAmount),
        );
        expect(asked.length).toBe(ofTotals.reduce((sum, { approvers }) => sum + approvers.length, 0));
      }),
    );
  });

  test("the order in which rules are kept does not matter", () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryDegrees, (rules, degrees) => {
        const reversed = neededApprovals([...rules].reverse(), factsOf(degrees));
        expect(reversed).toEqual(neededApprovals(rules, factsOf(degrees)));
      }),
    );
  });

  test("approvals are given one after the other, each once, by people enough", () => {
    fc.assert(
      fc.property(arbitraryRules, arbitraryDegrees, (rules, degrees) => {
        let steps = neededApprovals(rules, factsOf(degrees)).map((approval, index) => ({
          ...approval,
          id: String(index),
          outcome: null as "approved" | null,
          decidedBy: null as { kind: string; id: string } | null,
        }));
        const submitter = { kind: "member", id: "nobody of them" };
        for (const [index, { approver }] of steps.entries()) {
          const statuses = approvalStatuses(steps, { isOpen: true });
          expect(statuses.filter((status) => status === "pending")).toHaveLength(1);
          expect(statuses.indexOf("pending")).toBe(index);
          const role = approver.kind === "role" ? approver.role : "";
          const people = [1, 2, 3].map((number) => ({ kind: "member", id: `${role} ${number}`, role }));
          const actor = people.find((person) => approvalToDecide(steps, { id: null, actor: person, submitter }).ok);
          expect(actor).toBeDefined();
          steps = steps.map((step, place) =>
            place === index && actor ? { ...step, outcome: "approved", decidedBy: actor } : step,
          );
        }
        expect(approvalToDecide(steps, { id: null, actor: { ...submitter, role: "admin" }, submitter }).ok).toBe(false);
      }),
    );
  });
});
