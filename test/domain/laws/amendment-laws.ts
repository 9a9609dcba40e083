import * as fc from "fast-check";
import { expect } from "vitest";
import { laterOf } from "../../../server/domain/calendar/plain-date";
import { arbitraryAmendment, arbitraryCancellation, resumption } from "../arbitrary-amendment";
import { arbitraryContract, dayOfTerm, END } from "../arbitrary-contract";
import { arbitraryWorld } from "../arbitrary-world";
import { bill, lastDueDay, NOTHING, propose, totals } from "./bill";
import type { Law } from "./engine";

export const amendingThePastIsTheDifference: Law = {
  title: "a contract that is amended after it was billed ends at the totals of one that was always so",
  property: (engine) =>
    fc.property(arbitraryAmendment, arbitraryWorld, dayOfTerm, ({ terms, amendment }, world, asOf) => {
      const amended = engine.applyAmendments(terms, [amendment]);
      fc.pre(amended.ok);
      const after = { terms: amended.value, asOf: laterOf(END, lastDueDay(amended.value)), world };
      const billed = bill(engine, [{ terms, asOf, world }, after]);
      expect(totals(billed)).toEqual(totals(bill(engine, [after])));
      expect(propose(engine, after, billed)).toEqual(NOTHING);
    }),
};

export const cancelAndResumeIsNothing: Law = {
  title: "a contract that is cancelled, billed and resumed on the day of the cancellation ends as if nothing had been",
  property: (engine) =>
    fc.property(
      arbitraryContract,
      arbitraryCancellation,
      arbitraryWorld,
      fc.tuple(dayOfTerm, dayOfTerm).map((days) => days.toSorted()),
      (terms, cancellation, world, [first, second]) => {
        const cancelled = engine.applyAmendments(terms, [cancellation]);
        const resumed = engine.applyAmendments(terms, [cancellation, resumption(cancellation.effectiveOn)]);
        fc.pre(cancelled.ok && resumed.ok && first !== undefined && second !== undefined);
        const last = { terms: resumed.value, asOf: lastDueDay(terms), world };
        const disturbed = bill(engine, [
          { terms, asOf: first, world },
          { terms: cancelled.value, asOf: second, world },
          last,
        ]);
        expect(totals(disturbed)).toEqual(totals(bill(engine, [{ ...last, terms }])));
        expect(propose(engine, last, disturbed)).toEqual(NOTHING);
      },
    ),
};
