import * as fc from "fast-check";
import { expect } from "vitest";
import type { PlainDate } from "../../../server/domain/calendar/plain-date";
import type { Contract } from "../../../server/domain/contract/contract";
import {
  arbitraryContract,
  contractOfOnePhase,
  dayOfTerm,
  END,
  meteredCharge,
  withCharges,
  withoutSharedTerms,
} from "../arbitrary-contract";
import { meteredPrice } from "../arbitrary-price";
import { arbitraryWorld, withMoreUsage } from "../arbitrary-world";
import type { World } from "../billing-world";
import { bill, NOTHING, propose, type Step, totals } from "./bill";
import type { Law } from "./engine";

/** Some day of the term, or after all of it was billed. */
const arrival = fc.oneof({ weight: 3, arbitrary: dayOfTerm }, { weight: 1, arbitrary: fc.constant(END) });

/** Billed once without the late usage, then with it. */
const stepsOf = (terms: Contract, arrivesOn: PlainDate, world: World, late: World): { before: Step; after: Step } => ({
  before: { terms, asOf: arrivesOn, world },
  after: { terms, asOf: END, world: withMoreUsage(world, late) },
});

export const lateUsageEndsInTime: Law = {
  title: "late usage ends at the totals of usage in time, by adjustments or by documents that are billed again",
  property: (engine) =>
    fc.property(
      fc.tuple(arbitraryContract, fc.constantFrom("next_invoice" as const, "credit_and_rebill" as const)),
      arbitraryWorld,
      arbitraryWorld,
      fc.tuple(arrival, arrival).map((days) => days.toSorted()),
      ([given, lateUsage], world, late, [arrivesOn = END, billedOn = END]) => {
        const { before, after } = stepsOf({ ...given, lateUsage }, arrivesOn, world, late);
        const billed = bill(engine, [before, { ...after, asOf: billedOn }, after]);
        expect(totals(billed)).toEqual(totals(bill(engine, [after])));
        expect(propose(engine, after, billed)).toEqual(NOTHING);
      },
    ),
};

export const correctionsMakeTheDifference: Law = {
  title: "corrections of documents that are billed again add up to the difference",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, arbitraryWorld, arrival, (given, world, late, arrivesOn) => {
      const terms: Contract = { ...given, lateUsage: "credit_and_rebill" };
      const { before, after } = stepsOf(terms, arrivesOn, world, late);
      const billed = bill(engine, [before]);
      const { invoices, rebills } = propose(engine, after, billed);
      const corrections = rebills.flatMap((rebill) => rebill.corrections.map(({ line }) => line));
      expect(totals([...billed, ...corrections, ...invoices.flatMap(({ lines }) => lines)])).toEqual(
        totals(bill(engine, [after])),
      );
    }),
};

export const ignoredUsageTouchesNothing: Law = {
  title: "late usage that is ignored leaves what was issued untouched",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, arbitraryWorld, arrival, (given, world, late, arrivesOn) => {
      // What another system has billed, nobody knows here, so that it follows what is known.
      const terms: Contract = { ...withoutSharedTerms(given), billedThrough: null, lateUsage: "ignore_with_report" };
      const { before, after } = stepsOf(terms, arrivesOn, world, late);
      const { invoices, rebills, waiting } = propose(engine, after, bill(engine, [before]));
      const corrections = invoices.flatMap(({ lines }) => lines.filter(({ kind }) => kind === "adjustment"));
      expect([corrections, rebills, waiting]).toEqual([[], [], []]);
    }),
};

export const ignoredUsageIsReported: Law = {
  title: "late usage that is ignored is reported: with what was billed it makes the totals of usage in time",
  property: (engine) =>
    fc.property(
      contractOfOnePhase(meteredCharge(meteredPrice)),
      arbitraryWorld,
      arbitraryWorld,
      arrival,
      (given, world, late, arrivesOn) => {
        const terms: Contract = {
          ...withCharges(given, (charge) => ({
            ...charge,
            discounts: [],
            price: { ...charge.price, minimum: null, maximum: null },
          })),
          lateUsage: "ignore_with_report",
        };
        const { before, after } = stepsOf(terms, arrivesOn, world, late);
        const { ignored } = propose(engine, after, bill(engine, [before]));
        const reported = ignored.map(({ line, amount }) => ({ ...line, net: amount }));
        expect(totals([...bill(engine, [before, after]), ...reported])).toEqual(totals(bill(engine, [after])));
      },
    ),
};
