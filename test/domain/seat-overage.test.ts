import { describe, expect, it } from "vitest";
import type { SeatStrategy } from "../../server/domain/pricing/price";
import { charge, contract, day, decimal, inShort, issue, linesDue, proposal, propose } from "./billing-world";
import { mismatchesIn } from "./rederive";

const YEAR = { startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") };

/** 365.00 a seat and year, in advance, with overage every month. */
const yearly = (strategy: SeatStrategy, overageCadence: "monthly" | "quarterly" | null = "monthly") =>
  contract(
    [
      charge("seats", {
        price: {
          model: "seat",
          perSeat: { model: "per_unit", unitPrice: decimal("365") },
          strategy,
          overageCadence,
        },
        quantity: decimal(10),
        cadence: "annual",
        timing: "in_advance",
      }),
    ],
    YEAR,
  );
const world = {
  seats: {
    seats: {
      openingSeats: decimal(10),
      changes: [
        { on: day("2026-02-11"), total: decimal(14) },
        { on: day("2026-03-01"), total: decimal(12) },
        { on: day("2026-05-16"), total: decimal(15) },
      ],
    },
  },
};
const whole = { from: YEAR.startsOn, through: YEAR.endsBefore };
const dueTexts = (terms: ReturnType<typeof yearly>) =>
  linesDue(terms, whole, world).map(({ dueOn, net }) => `${dueOn} ${net.amount.toFixed(2)}`);

describe("seats billed for a year in advance, overage by the month", () => {
  it("of all changes bills the seats beyond the first day's, day by day", () => {
    // 4 seats on 18 days of February; 2 in March, April and to 15 May; then 5
    expect(dueTexts(yearly("prorate_all_changes"))).toEqual([
      "2026-01-01 3650.00",
      "2026-03-01 72.00",
      "2026-04-01 62.00",
      "2026-05-01 60.00",
      "2026-06-01 110.00",
      "2026-07-01 150.00",
      "2026-08-01 155.00",
      "2026-09-01 155.00",
      "2026-10-01 150.00",
      "2026-11-01 155.00",
      "2026-12-01 150.00",
      "2027-01-01 155.00",
    ]);
  });

  it("of the most seats bills each new height for the whole year when it is reached", () => {
    expect(dueTexts(yearly("use_maximum"))).toEqual(["2026-01-01 3650.00", "2026-03-01 1460.00", "2026-06-01 365.00"]);
  });

  it("of increments never takes back", () => {
    // 4 seats from 11 February, 5 from 16 May
    expect(dueTexts(yearly("prorate_increments")).slice(0, 5)).toEqual([
      "2026-01-01 3650.00",
      "2026-03-01 72.00",
      "2026-04-01 124.00",
      "2026-05-01 120.00",
      "2026-06-01 140.00",
    ]);
  });

  it("ends at what overage at the end of the year would be", () => {
    for (const strategy of ["prorate_all_changes", "use_maximum", "prorate_increments"] as const) {
      const total = (cadence: "monthly" | "quarterly" | null) =>
        linesDue(yearly(strategy, cadence), whole, world)
          .reduce((sum, { net }) => sum.plus(net.amount), decimal(0))
          .toFixed(2);
      expect([total("monthly"), total("quarterly")]).toEqual([total(null), total(null)]);
    }
  });

  it("explains each month by what is known, less what was billed before", () => {
    const lines = linesDue(yearly("prorate_increments"), whole, world);
    expect(lines.flatMap(({ explanation }) => mismatchesIn(explanation))).toEqual([]);
    expect(lines[2]?.explanation).toMatchObject({
      servicePeriod: { startsOn: "2026-03-01", endsBefore: "2026-04-01" },
      ratedPeriod: YEAR,
      lessBilledBefore: "3722",
      precise: "124",
    });
  });

  it("bills month by month what it bills at once", () => {
    const terms = yearly("prorate_all_changes");
    const days = ["2026-01-01", "2026-03-01", "2026-05-20", "2026-06-01", "2027-01-01"];
    const stepwise = days.reduce<ReturnType<typeof issue>>(
      (billed, asOf) => [...billed, ...issue(propose(terms, { asOf, world, billed }))],
      [],
    );
    expect(stepwise.map(({ key, net }) => `${key} ${net.amount.toFixed()}`)).toEqual(
      linesDue(terms, whole, world).map(({ key, net }) => `${key} ${net.amount.toFixed()}`),
    );
  });
});

describe("overage that is known only after its invoice", () => {
  const seats = charge("seats", {
    price: {
      model: "seat",
      perSeat: { model: "per_unit", unitPrice: decimal(30) },
      strategy: "prorate_all_changes",
    },
    quantity: decimal(10),
    timing: "in_advance",
  });
  const told = (...changes: { on: string; total: number }[]) => ({
    seats: {
      seats: {
        openingSeats: decimal(10),
        changes: changes.map(({ on, total }) => ({ on: day(on), total: decimal(total) })),
      },
    },
  });

  it("goes where adjustments go, though there was no line to adjust", () => {
    const terms = contract([seats], { startsOn: day("2026-09-01") });
    const billed = [
      ...issue(propose(terms, { asOf: "2026-09-01" })),
      ...issue(propose(terms, { asOf: "2026-10-01", from: "2026-10-01" })),
    ];
    const late = told({ on: "2026-09-16", total: 12 }, { on: "2026-10-01", total: 10 });
    const { invoices, waiting } = proposal(terms, { asOf: "2026-10-05", world: late, billed });
    expect([invoices, inShort(waiting)]).toEqual([[], ["overage seats: changes in the period: 30.00"]]);
    expect(
      propose(terms, { asOf: "2026-11-01", world: late, billed }).map(({ billsOn, lines }) => [
        billsOn,
        inShort(lines),
      ]),
    ).toEqual([["2026-11-01", ["charge seats: 300.00", "overage seats: changes in the period: 30.00"]]]);
  });
});
