import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { period } from "../../server/domain/calendar/period";
import { aggregate, combine, type UsageSums } from "../../server/domain/usage/aggregate";
import type { DailyAggregation } from "../../server/domain/usage/metric";
import { day, decimal, used } from "./billing-world";

const september = period(day("2026-09-01"), day("2026-10-01"));
const days = [
  used("2026-08-31", 1000, 9),
  used("2026-09-01", 5, 2),
  used("2026-09-15", 2, 1),
  used("2026-09-30", 7, 4),
  used("2026-10-01", 1000, 9),
];

const measured = (aggregation: DailyAggregation, of = days) => {
  const { quantity, events } = aggregate(aggregation, of, september);
  return `${quantity} of ${events} events`;
};

describe("usage of a period", () => {
  it("takes the first and the last day in, and the days around them not", () => {
    expect(measured("sum")).toBe("14 of 7 events");
    expect(measured("count")).toBe("7 of 7 events");
    expect(measured("max")).toBe("7 of 7 events");
  });

  it("of nothing is zero", () => {
    expect((["sum", "count", "max"] as const).map((aggregation) => measured(aggregation, []))).toEqual([
      "0 of 0 events",
      "0 of 0 events",
      "0 of 0 events",
    ]);
  });

  it("knows a maximum below zero", () => expect(measured("max", [used("2026-09-02", -4)])).toBe("-4 of 1 events"));

  it("is the same in whatever order and parts the sums come", () => {
    const sums = fc.record({
      count: fc.nat(9).map(decimal),
      sum: fc.integer({ min: -99, max: 99 }).map(decimal),
      maximum: fc.option(fc.integer({ min: -99, max: 99 }).map(decimal)),
    });
    const texts = ({ count, sum, maximum }: UsageSums) =>
      [count, sum, maximum].map((value) => value?.toFixed() ?? null);
    fc.assert(
      fc.property(fc.array(sums), fc.nat(10), (parts, cut) => {
        const inTwo = combine([combine(parts.slice(cut)), combine(parts.slice(0, cut))]);
        expect(texts(inTwo)).toEqual(texts(combine(parts)));
      }),
    );
  });
});
