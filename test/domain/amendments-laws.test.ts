import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRecurring } from "../../server/domain/calendar/cadence";
import { addDays, type PlainDate } from "../../server/domain/calendar/plain-date";
import type { Amendment, AmendmentChange, UnusedTime } from "../../server/domain/contract/amendment";
import { applyAmendments } from "../../server/domain/contract/apply-amendments";
import { nextBoundary } from "../../server/domain/contract/charge-piece";
import { type ChargeRun, chargeRuns } from "../../server/domain/contract/charge-runs";
import { checkContract } from "../../server/domain/contract/check-contract";
import type { Charge, Contract } from "../../server/domain/contract/contract";
import { holdsOn } from "../../server/domain/contract/open-period";
import {
  add,
  amendment,
  cancelAt,
  contractDiscount,
  extend,
  price,
  quantity,
  remove,
  resume,
} from "./amendments-world";
import { charge, contract, day, decimal, minimum, phase } from "./billing-world";

const FIRST = day("2026-01-31");
const END = day("2027-07-31");

const dayWithin = (from: number, to: number): fc.Arbitrary<PlainDate> =>
  fc.integer({ min: from, max: to }).map((days) => addDays(FIRST, days));

const charges: fc.Arbitrary<Charge> = fc
  .record({
    cadence: fc.constantFrom("monthly" as const, "quarterly" as const, "annual" as const, "every_2_months" as const),
    timing: fc.constantFrom("in_advance" as const, "in_arrears" as const),
    quantity: fc.integer({ min: 1, max: 9 }).map(decimal),
  })
  .map((terms) => charge("", terms));

const setup = charge("setup", { price: { model: "one_time", fee: decimal(500) }, cadence: "one_time" });

/** Lineages a and b in two phases, with other terms in the second one now and then; a one-time charge; bounds. */
const contracts: fc.Arbitrary<Contract> = fc
  .record({
    endsBefore: fc.constantFrom(END, null),
    anchorOn: fc.constantFrom(day("2026-01-31"), day("2026-01-01"), day("2025-12-15")),
    firstPeriod: fc.constantFrom("anchor" as const, "calendar" as const),
    cut: dayWithin(1, 500),
    a: fc.array(charges, { minLength: 2, maxLength: 2 }),
    b: charges,
    isSetupLater: fc.boolean(),
  })
  .map(({ endsBefore, anchorOn, firstPeriod, cut, a, b, isSetupLater }) => {
    const named = (terms: Charge | undefined, lineageId: string, id: string): Charge => ({
      ...(terms ?? b),
      id,
      lineageId,
      description: lineageId,
    });
    const first = [named(a[0], "a", "a-1"), named(b, "b", "b-1"), ...(isSetupLater ? [] : [setup])];
    const second = [named(a[1], "a", "a-2"), named(b, "b", "b-2"), ...(isSetupLater ? [setup] : [])];
    return contract([], {
      startsOn: FIRST,
      endsBefore,
      anchorOn,
      firstPeriod,
      phases: [phase(FIRST, cut, first), phase(cut, endsBefore, second)],
      minimums: [minimum("all", "10"), minimum("b", "5", { lineageIds: ["b"] })],
      maximums: [minimum("most", "9999", { startsOn: day("2026-05-01") })],
      discounts: [contractDiscount("invoice"), contractDiscount("group", { kind: "group", lineageIds: ["b"] })],
    });
  });

const changesOf = (lineages: readonly string[]): fc.Arbitrary<AmendmentChange> =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...lineages), fc.integer({ min: 1, max: 9 })).map(([id, value]) => quantity(id, value)),
    fc.tuple(fc.constantFrom(...lineages), fc.integer({ min: 1, max: 9 })).map(([id, fee]) => price(id, fee)),
    fc.constantFrom(...lineages).map(remove),
    fc.constantFrom("c", "d").map((id) => add(id)),
    fc.integer({ min: 10, max: 80 }).map((days) => quantity(lineages[0] ?? "", 7, addDays(END, -days))),
    fc.constant<AmendmentChange>({ kind: "end_bound", boundId: "all" }),
  );

const unusedTimes = fc.constantFrom<UnusedTime>("credit", "keep");

const amendmentsOf = (
  change: fc.Arbitrary<AmendmentChange>,
  kinds: fc.Arbitrary<UnusedTime> = unusedTimes,
): fc.Arbitrary<Amendment[]> =>
  fc
    .array(fc.tuple(dayWithin(0, 480), fc.array(change, { minLength: 1, maxLength: 2 }), kinds), { maxLength: 4 })
    .map((list) =>
      list.map(([on, changes, unusedTime], index) => amendment(on, changes, { id: `a${index}`, unusedTime })),
    );

const anyChange = fc.oneof(
  { weight: 4, arbitrary: changesOf(["a", "b"]) },
  { weight: 1, arbitrary: fc.constantFrom(cancelAt("date"), cancelAt("period_end")) },
  { weight: 1, arbitrary: fc.constant(resume) },
  { weight: 1, arbitrary: fc.constant(extend("2028-03-31")) },
);

/** Keeps those that are accepted one after the other, as they would be recorded. */
function recorded(base: Contract, amendments: readonly Amendment[]): Amendment[] {
  return amendments.reduce<Amendment[]>(
    (kept, next) => (applyAmendments(base, [...kept, next]).ok ? [...kept, next] : kept),
    [],
  );
}

function after(base: Contract, amendments: readonly Amendment[]): Contract {
  const result = applyAmendments(base, amendments);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Without what cannot be compared: the name of the phase in which a run begins. */
const runsOf = ({ phases }: Contract, lineageId: string): Omit<ChargeRun, "phaseId">[] =>
  chargeRuns(phases)
    .filter(({ charge: { lineageId: other } }) => other === lineageId)
    .map(({ charge: terms, startsOn, endsBefore }) => ({ charge: terms, startsOn, endsBefore }));

describe("Whatever is amended", () => {
  it("phases tile the term and the contract can be billed", () => {
    fc.assert(
      fc.property(contracts, amendmentsOf(anyChange), (base, amendments) => {
        const terms = after(base, recorded(base, amendments));
        expect(checkContract(terms)).toEqual([]);
        expect(terms.phases[0]?.startsOn).toBe(terms.startsOn);
        expect(terms.phases.at(-1)?.endsBefore).toBe(terms.endsBefore);
        terms.phases.slice(1).forEach((next, index) => expect(next.startsOn).toBe(terms.phases[index]?.endsBefore));
      }),
    );
  });

  it("cancelling and resuming on one day is as if neither had happened", () => {
    const at = fc.constantFrom("date" as const, "period_end" as const);
    fc.assert(
      fc.property(
        ...([contracts, amendmentsOf(anyChange), dayWithin(0, 480), at, unusedTimes] as const),
        (base, amendments, on, when, unusedTime) => {
          const accepted = recorded(base, amendments);
          const both = [
            amendment(on, cancelAt(when), { id: "cancel", unusedTime }),
            amendment(on, resume, { id: "resume", unusedTime }),
          ];
          const isCancelledBefore = accepted.some(({ changes }) => changes.some(({ kind }) => kind === "cancel"));
          fc.pre(!isCancelledBefore);
          expect(after(base, [...accepted, ...both])).toEqual(after(base, accepted));
        },
      ),
    );
  });

  it("amendments of others leave the runs of a charge as they were", () => {
    fc.assert(
      fc.property(contracts, amendmentsOf(changesOf(["a"])), (base, amendments) => {
        const terms = after(base, recorded(base, amendments));
        expect(runsOf(terms, "b")).toEqual(runsOf(base, "b"));
      }),
    );
  });

  it("a one-time charge that no change names is billed on its day and no other", () => {
    fc.assert(
      fc.property(contracts, amendmentsOf(changesOf(["a", "b"])), (base, amendments) => {
        const days = (terms: Contract) => runsOf(terms, "setup").map(({ startsOn }) => startsOn);
        expect(days(after(base, recorded(base, amendments)))).toEqual(days(base));
      }),
    );
  });

  it("one amendment after the other comes to the same as all together", () => {
    const permanent = fc.oneof(changesOf(["a", "b"]), fc.constantFrom(extend("2028-03-31"), cancelAt()));
    fc.assert(
      fc.property(contracts, amendmentsOf(permanent, fc.constant("credit")), (base, amendments) => {
        const accepted = recorded(base, amendments).sort((x, y) => (x.effectiveOn < y.effectiveOn ? -1 : 1));
        const together = after(base, accepted);
        const oneByOne = accepted.reduce((terms, next) => after(terms, [next]), after(base, []));
        expect(oneByOne).toEqual(together);
      }),
    );
  });
});

describe("Unused time that is kept", () => {
  it("never shortens a period that was billed in advance", () => {
    const change = fc.oneof(changesOf(["a", "b"]), fc.constantFrom(cancelAt("date"), cancelAt("period_end")));
    fc.assert(
      fc.property(contracts, dayWithin(0, 480), change, (base, on, given) => {
        const result = applyAmendments(base, [amendment(on, given, { unusedTime: "keep" })]);
        fc.pre(result.ok);
        const runsAfter = chargeRuns(result.ok ? result.value.phases : []);
        for (const { charge: terms, ...days } of chargeRuns(base.phases)) {
          const { cadence } = terms;
          if (terms.timing === "in_arrears" || !isRecurring(cadence) || !holdsOn(days, on)) continue;
          const paidUntil = nextBoundary(cadence, base, on);
          for (let served = on; served < paidUntil && holdsOn(days, served); served = addDays(served, 1)) {
            const still = runsAfter.find((run) => run.charge.lineageId === terms.lineageId && holdsOn(run, served));
            expect(still?.charge).toEqual(terms);
          }
        }
      }),
    );
  });

  it("changes what is billed in arrears on the day, as credit does", () => {
    fc.assert(
      fc.property(contracts, dayWithin(0, 480), fc.integer({ min: 10, max: 19 }), (base, on, value) => {
        const isArrears = base.phases.every(({ charges: all }) =>
          all.every(({ lineageId, timing }) => lineageId !== "a" || timing === "in_arrears"),
        );
        fc.pre(isArrears);
        const by = (unusedTime: UnusedTime) => after(base, [amendment(on, quantity("a", value), { unusedTime })]);
        expect(by("keep")).toEqual(by("credit"));
      }),
    );
  });
});
