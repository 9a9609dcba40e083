import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, daysIn } from "../../server/domain/calendar/period";
import type { AmendmentChange } from "../../server/domain/contract/amendment";
import type { Contract } from "../../server/domain/contract/contract";
import { planSegments } from "../../server/domain/invoice/plan-segments";
import { proposeInvoices } from "../../server/domain/invoice/propose-invoices";
import { type Decimal, ZERO } from "../../server/domain/money/decimal";
import { type AmendmentFigures, amendmentFigures, type Change } from "../../server/domain/quote/amendment-figures";
import { add, amended, amendment, extend, price, quantity } from "./amendments-world";
import { charge, contract, day, decimal, minimum } from "./billing-world";

const base = contract(
  [charge("a"), charge("b", { cadence: "annual", timing: "in_advance", price: { model: "flat", fee: decimal(1200) } })],
  {
    startsOn: day("2026-01-01"),
    endsBefore: day("2027-01-01"),
  },
);

function figures(
  on: string,
  changes: AmendmentChange[],
  of = base,
  unusedTime: "credit" | "keep" = "credit",
): AmendmentFigures {
  return amendmentFigures(of, amended(of, amendment(on, changes, { unusedTime })), day(on));
}

const shown = ({ before, after, difference }: Change): string[] =>
  [before, after, difference].map((one) => one.toFixed(2));

describe("The figures of an amendment", () => {
  it("are those of the whole term, and of what is left of it", () => {
    const { total, remaining, monthlyRecurring, annualRecurring } = figures("2026-07-01", [price("a", 150)]);
    expect(shown(total)).toEqual(["2400.00", "2700.00", "300.00"]);
    // Six months of 100, and 184 of 365 days of 1,200 = 604.93.
    expect(shown(remaining)).toEqual(["1204.93", "1504.93", "300.00"]);
    expect(shown(monthlyRecurring)).toEqual(["200.00", "250.00", "50.00"]);
    expect(shown(annualRecurring)).toEqual(["2400.00", "3000.00", "600.00"]);
  });

  it("count what recurs from the day on which what is billed in advance changes too", () => {
    const both = [price("a", 150), price("b", 2400)];
    expect(shown(figures("2026-07-01", both).monthlyRecurring)).toEqual(["200.00", "350.00", "150.00"]);
    const over = contract(base.phases[0]?.charges ?? [], {
      startsOn: day("2026-01-01"),
      endsBefore: day("2028-01-01"),
    });
    const kept = figures("2026-07-01", both, over, "keep");
    expect(shown(kept.monthlyRecurring)).toEqual(["200.00", "350.00", "150.00"]);
    // 18 months of 50 more, and the second year of 1,200 more.
    expect(shown(kept.total)).toEqual(["4800.00", "6900.00", "2100.00"]);
  });

  it("of an extension are those of the days that it adds", () => {
    const { total, remaining, monthlyRecurring } = figures("2027-01-01", [extend("2028-01-01")]);
    expect(shown(total)).toEqual(["2400.00", "4800.00", "2400.00"]);
    expect(shown(remaining)).toEqual(["0.00", "2400.00", "2400.00"]);
    expect(shown(monthlyRecurring)).toEqual(["200.00", "200.00", "0.00"]);
  });

  it("of a contract without an end are those of a year from the changes", () => {
    const open = contract([charge("a")]);
    const { total, remaining } = figures("2026-07-01", [quantity("a", 1), price("a", 150)], open);
    expect(shown(total)).toEqual(["1800.00", "2400.00", "600.00"]);
    expect(shown(remaining)).toEqual(["1200.00", "1800.00", "600.00"]);
  });

  it("count what a minimum tops up already", () => {
    const committed = { ...base, minimums: [minimum("floor", "400")] };
    expect(shown(figures("2026-07-01", [price("a", 150)], committed).total)[2]).toBe("0.00");
  });

  it("leave for the rest of the term what the amended contract bills for it, to a cent for each charge", () => {
    const changes = fc.constantFrom<AmendmentChange>(price("a", 70), price("b", 900), add("c"), extend("2027-05-01"));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), changes, (month, date, change) => {
        const on = `2026-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
        const { total, remaining, currency } = figures(on, [change]);
        const owed = owedFrom(amended(base, amendment(on, [change])), on);
        expect(remaining.after.minus(owed).abs().toNumber()).toBeLessThanOrEqual(0.03);
        for (const amount of [total.before, total.after, remaining.before, remaining.after]) {
          expect(amount.decimalPlaces()).toBeLessThanOrEqual(currency.minorUnits);
        }
      }),
      { numRuns: 60, seed: 2026 },
    );
  });
});

/** Line by line, those that reach over the day by their days. */
function owedFrom(of: Contract, on: string): Decimal {
  const through = of.endsBefore ?? day("2030-01-01");
  const plan = planSegments(of, { from: of.startsOn, through });
  const { invoices } = proposeInvoices({ contract: of, plan, billed: [], usage: [], seats: [] });
  return invoices
    .flatMap(({ lines }) => lines)
    .reduce((sum, { net, servicePeriod }) => {
      const served = clip(servicePeriod, { startsOn: day(on), endsBefore: null });
      return served ? sum.plus(net.amount.times(daysIn(served)).div(daysIn(servicePeriod))) : sum;
    }, ZERO);
}
