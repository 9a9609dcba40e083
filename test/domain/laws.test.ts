import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysIn, period } from "../../server/domain/calendar/period";
import { addDays, type PlainDate } from "../../server/domain/calendar/plain-date";
import type { Contract } from "../../server/domain/contract/contract";
import { groupBy } from "../../server/domain/group-by";
import { expectedLines } from "../../server/domain/invoice/expected-lines";
import type { BilledLine, Line } from "../../server/domain/invoice/line";
import { planSegments } from "../../server/domain/invoice/plan-segments";
import { groupKeyOf } from "../../server/domain/invoice/segment";
import { Decimal, ZERO } from "../../server/domain/money/decimal";
import { moneyText, roundToMinorUnit, sum } from "../../server/domain/money/money";
import type { Price } from "../../server/domain/pricing/price";
import { arbitraryContract, arbitraryWorld, dayOfTerm, TERM, withLateUsage } from "./arbitrary-contract";
import { decimal, issue, propose, readingsFor, type World } from "./billing-world";
import { mismatchesIn } from "./rederive";

const RUNS = { numRuns: 100 };
/** Each law bills some hundred contracts over a year and a half. */
const PATIENT = { timeout: 60_000 };
const PER_UNIT: Price = { model: "per_unit", unitPrice: decimal("0.05") };
const END = addDays(TERM.endsBefore, 1);

const allLines = (terms: Contract, world: World): Line[] => {
  const plan = planSegments(terms, { from: terms.startsOn, through: END });
  return expectedLines(terms, plan, readingsFor(plan, world));
};

const totals = (lines: readonly Pick<BilledLine, "lineageId" | "minimumId" | "net">[]) =>
  Object.fromEntries(
    [...groupBy(lines, ({ lineageId, minimumId }) => lineageId ?? minimumId)]
      .map(([subject, same]) => [subject, same.reduce((total, { net }) => total.plus(net.amount), ZERO)] as const)
      .filter(([, total]) => !total.isZero())
      .map(([subject, total]) => [subject, total.toFixed()]),
  );

/** Bills step by step, each time handing in what the steps before have issued. */
function billStepwise(terms: Contract, days: readonly PlainDate[], world: (asOf: PlainDate) => World): BilledLine[] {
  return days.toSorted().reduce<BilledLine[]>((billed, asOf) => {
    if (asOf < terms.startsOn) return billed;
    return [...billed, ...issue(propose(terms, { asOf, world: world(asOf), billed }))];
  }, []);
}

describe("whatever the contract and the usage", PATIENT, () => {
  test("segments of one lineage in one full period add up to their rounded precise sum", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        const lines = allLines(terms, world);
        const plan = planSegments(terms, { from: terms.startsOn, through: END });
        for (const [, segments] of groupBy(plan.segments, groupKeyOf)) {
          const keys = new Set(segments.map(({ key }) => key));
          const charged = lines.filter(({ key }) => keys.has(key));
          const precise = sum(
            charged.map((line) => line.precise),
            terms.currency,
          );
          const billed = sum(
            charged.map((line) => line.charge),
            terms.currency,
          );
          // An overage line of nothing is left out, with less than half a unit of precise amount.
          if (charged.length === segments.length) expect(moneyText(billed)).toBe(moneyText(roundToMinorUnit(precise)));
        }
      }),
      RUNS,
    );
  });

  test("service periods of a lineage tile its part of the term", () => {
    fc.assert(
      fc.property(arbitraryContract, (terms) => {
        const { segments } = planSegments(terms, { from: terms.startsOn, through: END });
        const charges = segments.filter(({ role, charge }) => role === "charge" && charge.cadence !== "one_time");
        for (const [, pieces] of groupBy(charges, ({ charge }) => charge.lineageId)) {
          const sorted = pieces
            .map(({ servicePeriod }) => servicePeriod)
            .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
          expect(sorted[0]?.startsOn).toBe(terms.startsOn);
          for (const [index, piece] of sorted.entries()) {
            expect(piece.endsBefore).toBe(sorted[index + 1]?.startsOn ?? terms.endsBefore);
          }
          expect(sorted.reduce((days, piece) => days + daysIn(piece), 0)).toBe(
            daysIn(period(terms.startsOn, TERM.endsBefore)),
          );
        }
      }),
      RUNS,
    );
  });

  test("every unit used in the term is billed once, whatever the phases and cadences", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        const metered = (charges: Contract["phases"][number]["charges"]) =>
          charges
            .filter(({ lineageId, cadence }) => lineageId === "lineage-0" && cadence !== "one_time")
            .map((each) => ({
              ...each,
              metricId: "calls",
              timing: "in_arrears" as const,
              price: PER_UNIT,
              discounts: [],
            }));
        const phases = terms.phases.map((each) => ({ ...each, charges: metered(each.charges) }));
        fc.pre(phases.every(({ charges }) => charges.length === 1));
        const billed = issue(propose({ ...terms, phases, minimums: [] }, { asOf: END, world })) as Line[];
        const usedInTerm = (world.usage?.calls ?? []).filter(({ on }) => on >= terms.startsOn);
        expect(billed.reduce((total, { quantity }) => total.plus(quantity ?? 0), ZERO).toFixed()).toBe(
          usedInTerm.reduce((total, { sum: units }) => total.plus(units), ZERO).toFixed(),
        );
      }),
      RUNS,
    );
  });

  test("every amount can be re-derived from its explanation", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        for (const line of allLines(terms, world)) {
          expect(mismatchesIn(line.explanation)).toEqual([]);
          expect(line.explanation.result).toBe(line.net.amount.toFixed());
          expect(line.explanation.charge).toBe(line.charge.amount.toFixed());
          expect(line.explanation.discount).toBe(line.discount.amount.toFixed());
        }
      }),
      RUNS,
    );
  });

  test("discounts never bring a charge below zero, and a fixed one gives its amount once per full period", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        const charged = allLines(terms, world).filter(({ kind }) => kind === "charge" || kind === "overage");
        for (const line of charged) if (line.charge.amount.gte(0)) expect(line.net.amount.gte(0)).toBe(true);

        const groups = groupBy(charged, ({ lineageId, fullPeriod }) => `${lineageId} ${fullPeriod.startsOn}`);
        for (const [, lines] of groups) {
          const fixed = lines.flatMap(({ explanation }) => explanation.discounts.filter((each) => each.fixed !== null));
          for (const [, same] of groupBy(fixed, ({ description }) => description)) {
            const taken = same.reduce((total, each) => total.plus(each.taken), ZERO);
            const most = Decimal.max(...same.map((each) => each.fixed ?? "0"));
            expect(taken.lte(most)).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test("an explanation survives JSON", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        for (const { explanation } of allLines(terms, world)) {
          expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
        }
      }),
      RUNS,
    );
  });

  test("unchanged inputs give a deeply equal answer", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (terms, world, asOf) => {
        fc.pre(asOf >= terms.startsOn);
        expect(propose(terms, { asOf, world })).toEqual(propose(terms, { asOf, world }));
      }),
      RUNS,
    );
  });

  test("billing again proposes nothing", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (terms, world, asOf) => {
        fc.pre(asOf >= terms.startsOn);
        const billed = issue(propose(terms, { asOf, world }));
        expect(propose(terms, { asOf, world, billed })).toEqual([]);
      }),
      RUNS,
    );
  });

  test("billing in steps equals billing at once, line by line", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, fc.array(dayOfTerm, { maxLength: 4 }), (terms, world, days) => {
        const inSteps = billStepwise(terms, [...days, END], () => world) as Line[];
        const atOnce = issue(propose(terms, { asOf: END, world })) as Line[];
        const byKey = (lines: readonly Line[]) => lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
        expect(byKey(inSteps)).toEqual(byKey(atOnce));
      }),
      RUNS,
    );
  });

  test("late usage ends at the same total for each subject as usage in time", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, arbitraryWorld, dayOfTerm, (terms, world, late, arrivesOn) => {
        const complete = withLateUsage(world, late);
        const billed = billStepwise(terms, [arrivesOn, END, END], (asOf) => (asOf <= arrivesOn ? world : complete));
        const inTime = issue(propose(terms, { asOf: END, world: complete }));
        expect(totals(billed)).toEqual(totals(inTime));
      }),
      RUNS,
    );
  });

  test("usage of a period costs the same however it is split over its days", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        const halved = Object.fromEntries(
          Object.entries(world.usage ?? {}).map(([metricId, days]) => [
            metricId,
            days
              .flatMap((daily) => [
                { ...daily, sum: daily.sum.div(2), count: daily.count },
                { ...daily, sum: daily.sum.div(2), count: ZERO },
              ])
              .reverse(),
          ]),
        );
        expect(netTexts(allLines(terms, { ...world, usage: halved }))).toEqual(netTexts(allLines(terms, world)));
      }),
      RUNS,
    );
  });
});

describe("whatever changes after billing", PATIENT, () => {
  test("a contract that ends earlier ends at the totals of one that was always shorter", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, dayOfTerm, (terms, world, asOf, endsBefore) => {
        fc.pre(asOf >= terms.startsOn && endsBefore > terms.startsOn);
        const shorter = endEarlier(terms, endsBefore);
        const billed = issue(propose(terms, { asOf, world }));
        const corrected = [...billed, ...issue(propose(shorter, { asOf: END, world, billed }))];
        expect(totals(corrected)).toEqual(totals(issue(propose(shorter, { asOf: END, world }))));
        expect(propose(shorter, { asOf: END, world, billed: corrected })).toEqual([]);
      }),
      RUNS,
    );
  });
});

function endEarlier(terms: Contract, endsBefore: PlainDate): Contract {
  const phases = terms.phases
    .filter(({ startsOn }) => startsOn < endsBefore)
    .map((each) => (each.endsBefore === null || each.endsBefore > endsBefore ? { ...each, endsBefore } : each));
  return { ...terms, endsBefore, phases };
}

const netTexts = (lines: readonly Line[]) => lines.map(({ key, net }) => `${key} ${moneyText(net)}`);
