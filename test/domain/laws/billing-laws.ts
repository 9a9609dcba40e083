import * as fc from "fast-check";
import { expect } from "vitest";
import { addDays } from "../../../server/domain/calendar/plain-date";
import type { Contract } from "../../../server/domain/contract/contract";
import type { Line } from "../../../server/domain/invoice/line";
import { arbitraryContract, dayOfTerm, END } from "../arbitrary-contract";
import { arbitraryWorld, knownOn } from "../arbitrary-world";
import { mismatchesIn } from "../rederive";
import { bill, linesOf, NOTHING, propose, totals } from "./bill";
import type { Law } from "./engine";

const byKey = (lines: readonly Line[]) => lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
const withoutDocument = (lines: readonly (Line & { readonly documentId?: string })[]) =>
  lines.map(({ documentId: _, ...line }) => line);
const daysToBill = fc.array(dayOfTerm, { maxLength: 4 }).map((days) => [...days.toSorted(), END]);

export const billingAgainProposesNothing: Law = {
  title: "billing again proposes nothing",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (terms, world, asOf) => {
      fc.pre(asOf >= terms.startsOn);
      const step = { terms, asOf, world };
      expect(propose(engine, step, bill(engine, [step]))).toEqual(NOTHING);
    }),
};

/**
 * With bounds or with discounts over several charges: while a line that a bound counts is still to fall due, nobody
 * knows who will share its discounts, so that both together begin as an estimate.
 */
const certain: fc.Arbitrary<Contract> = fc
  .tuple(arbitraryContract, fc.boolean())
  .map(([terms, isBounded]) => (isBounded ? { ...terms, discounts: [] } : { ...terms, minimums: [], maximums: [] }))
  .map((terms) =>
    terms.discounts.some(({ scope }) => scope.kind === "commitment") ? { ...terms, discounts: [] } : terms,
  );

export const stepsMakeTheWhole: Law = {
  title: "billing in steps equals billing at once, line by line",
  property: (engine) =>
    fc.property(certain, arbitraryWorld, daysToBill, (terms, world, days) => {
      const steps = days.map((asOf) => ({ terms, asOf, world }));
      const [inSteps, atOnce] = [bill(engine, steps), bill(engine, steps.slice(-1))];
      expect(byKey(withoutDocument(inSteps))).toEqual(byKey(withoutDocument(atOnce)));
    }),
};

export const windowsShowTheWhole: Law = {
  title: "what falls due in a window is the same however far the window reaches",
  property: (engine) =>
    fc.property(certain, arbitraryWorld, dayOfTerm, fc.nat(200), (terms, world, from, days) => {
      const window = { from, through: addDays(from, days) };
      const due = (lines: readonly Line[]) =>
        byKey(lines.filter(({ dueOn }) => window.from <= dueOn && dueOn <= window.through));
      expect(due(linesOf(engine, terms, world, window))).toEqual(due(linesOf(engine, terms, world)));
    }),
};

export const knowledgeOfTheDayIsEnough: Law = {
  title: "billing month by month what is known on the day ends at what is known in the end",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, daysToBill, (given, world, days) => {
      const terms: Contract = { ...given, lateUsage: "next_invoice" };
      const stepwise = days.map((asOf) => ({ terms, asOf, world: knownOn(world, asOf) }));
      expect(totals(bill(engine, stepwise))).toEqual(totals(bill(engine, [{ terms, asOf: END, world }])));
    }),
};

export const cutOverLeavesTheRest: Law = {
  title: "a cut-over leaves out what was billed elsewhere and changes nothing else",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (given, world, billedThrough) => {
      const billed = (terms: Contract) => byKey(withoutDocument(bill(engine, [{ terms, asOf: END, world }])));
      const all = billed({ ...given, billedThrough: null });
      const rest = all.filter(({ timing, servicePeriod }) =>
        timing === "in_advance"
          ? servicePeriod.startsOn > billedThrough
          : servicePeriod.endsBefore > addDays(billedThrough, 1),
      );
      expect(billed({ ...given, billedThrough })).toEqual(rest);
    }),
};

export const sameInSameOut: Law = {
  title: "unchanged inputs give a deeply equal answer",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (terms, world, asOf) => {
      fc.pre(asOf >= terms.startsOn);
      const step = { terms, asOf, world };
      expect(propose(engine, step)).toEqual(propose(engine, step));
    }),
};

export const explanationsRederive: Law = {
  title: "every amount can be re-derived from its explanation",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (terms, world, asOf) => {
      const early = { terms, asOf, world: knownOn(world, asOf) };
      for (const line of [...linesOf(engine, terms, world), ...bill(engine, [early, { terms, asOf: END, world }])]) {
        expect(mismatchesIn(line.explanation)).toEqual([]);
        expect(line.explanation.charge).toBe(line.charge.amount.toFixed());
        expect(line.explanation.discount).toBe(line.discount.amount.toFixed());
        expect(line.explanation.result).toBe(line.charge.amount.minus(line.discount.amount).toFixed());
      }
    }),
};

export const explanationsSurviveJson: Law = {
  title: "an explanation survives JSON",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      for (const { explanation } of linesOf(engine, terms, world)) {
        expect(JSON.parse(JSON.stringify(explanation))).toStrictEqual(explanation);
      }
    }),
};

export const explanationsAreReadable: Law = {
  title: "every explanation can be told in words, and no word is a slip of the machine",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, dayOfTerm, (terms, world, asOf) => {
      const early = { terms, asOf, world: knownOn(world, asOf) };
      for (const { explanation } of [
        ...linesOf(engine, terms, world),
        ...bill(engine, [early, { terms, asOf: END, world }]),
      ]) {
        const sentences = engine.explainInWords(explanation, terms.currency);
        expect(sentences.length).toBeGreaterThan(0);
        expect(sentences.join("\n")).not.toMatch(/undefined|null|NaN|Infinity|\de[+-]|\[object/);
      }
    }),
};
