import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDayOf } from "../../server/domain/calendar/local-day";
import { period } from "../../server/domain/calendar/period";
import { type PlainDate } from "../../server/domain/calendar/plain-date";
import { groupBy } from "../../server/domain/group-by";
import { Decimal, ZERO } from "../../server/domain/money/decimal";
import { combine, measure } from "../../server/domain/usage/aggregate";
import { aggregateEvents, type MeasuredUsage, type MeteredEvent } from "../../server/domain/usage/aggregate-events";
import type { Aggregation, DailyAggregation, UsageMetric } from "../../server/domain/usage/metric";
import { day } from "./billing-world";

const zones = ["UTC", "America/New_York", "Europe/London", "Pacific/Auckland"];
// The clocks of New York, London and Auckland change in these days.
const [first, last] = [new Date("2026-08-25T00:00:00Z"), new Date("2026-11-10T00:00:00Z")];
const days = period(day("2026-09-20"), day("2026-11-05"));

const value = fc.integer({ min: -5_000, max: 5_000 }).map((thousandths) => new Decimal(thousandths).div(1_000));
const properties = fc.record(
  { value: value.map((number) => number.toFixed()), region: fc.constantFrom("eu", "us", 'a"b', 7, true) },
  { requiredKeys: ["value"] },
);
const events: fc.Arbitrary<MeteredEvent[]> = fc.uniqueArray(
  fc.record({
    id: fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }),
    // Few instants, so that many events fall on one.
    occurredAt: fc.oneof(
      fc.date({ min: first, max: last, noInvalidDate: true }),
      fc.constantFrom(new Date("2026-11-01T05:30:00Z"), new Date("2026-10-25T00:00:00Z")),
    ),
    properties,
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const zone = fc.constantFrom(...zones);
const aggregations = ["count", "sum", "max", "unique", "latest", "weighted_sum"] as const;
const SIGNED: readonly Aggregation[] = ["sum", "weighted_sum"];

const metric = (aggregation: Aggregation): UsageMetric => ({
  id: "metric",
  eventType: "event",
  aggregation,
  property: aggregation === "count" ? null : "value",
  filters: [],
  groupBy: ["region"],
});

/** A reading of a level or a maximum is never below zero. */
const asReadings = (aggregation: Aggregation, given: readonly MeteredEvent[]): MeteredEvent[] =>
  given.map((event) =>
    SIGNED.includes(aggregation)
      ? event
      : { ...event, properties: { ...event.properties, value: String(event.properties["value"]).replace("-", "") } },
  );

const inText = ({ quantity, events, groups = [] }: MeasuredUsage) => ({
  quantity: quantity.toFixed(),
  events: events.toFixed(),
  groups: groups.map(({ values, quantity }) => [values, quantity.toFixed()]),
});
/** Without the number of events, which a correction raises. */
const amounts = (measured: MeasuredUsage) => ({ ...inText(measured), events: null });
const zeroLike = (text: string) => new Decimal(text).toDecimalPlaces(20).toFixed();

describe.each(aggregations)("%s", (aggregation) => {
  it("does not depend on the order of events", () =>
    fc.assert(
      fc.property(
        events.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
        zone,
        ([given, shuffled], timeZone) => {
          const [a, b] = [given, shuffled].map((of) =>
            inText(aggregateEvents(metric(aggregation), asReadings(aggregation, of), days, timeZone)),
          );
          expect(a).toEqual(b);
        },
      ),
    ));

  it("of a period has nothing to do with what comes after it", () =>
    fc.assert(
      fc.property(events, zone, (given, timeZone) => {
        const read = asReadings(aggregation, given);
        const until = read.filter(({ occurredAt }) => localDayOf(occurredAt, timeZone) < days.endsBefore);
        const [all, known] = [read, until].map((of) =>
          inText(aggregateEvents(metric(aggregation), of, days, timeZone)),
        );
        expect(all).toEqual(known);
      }),
    ));
});

describe.each(["sum", "weighted_sum"] as const)("%s", (aggregation) => {
  it("is the same when an event is split into two of one instant", () =>
    fc.assert(
      fc.property(events, value, zone, fc.nat(), (given, part, timeZone, choice) => {
        const chosen = given[choice % Math.max(given.length, 1)];
        const split = given.flatMap((event) => {
          if (event !== chosen) return [event];
          const rest = new Decimal(String(event.properties["value"])).minus(part);
          return [
            { ...event, properties: { ...event.properties, value: part.toFixed() } },
            { ...event, id: `${event.id} rest`, properties: { ...event.properties, value: rest.toFixed() } },
          ];
        });
        const [whole, parts] = [given, split].map((of) =>
          amounts(aggregateEvents(metric(aggregation), of, days, timeZone)),
        );
        expect(parts).toEqual(whole);
      }),
    ));

  it("is the same when an event is taken back as when it never was", () =>
    fc.assert(
      fc.property(events, events, zone, (given, mistaken, timeZone) => {
        const back = mistaken.flatMap((event) => [
          { ...event, id: `${event.id} mistaken` },
          {
            ...event,
            id: `${event.id} taken back`,
            properties: {
              ...event.properties,
              value: new Decimal(String(event.properties["value"])).negated().toFixed(),
            },
          },
        ]);
        const [without, corrected] = [given, [...given, ...back]].map((of) =>
          amounts(aggregateEvents(metric(aggregation), of, days, timeZone)),
        );
        expect(corrected).toEqual(without);
      }),
    ));
});

describe.each(["count", "sum", "weighted_sum"] as const)("%s", (aggregation) => {
  it("of all groups adds up to the whole", () =>
    fc.assert(
      fc.property(events, zone, (given, timeZone) => {
        const { quantity, groups = [] } = aggregateEvents(metric(aggregation), given, days, timeZone);
        const total = groups.reduce((sum, group) => sum.plus(group.quantity), ZERO);
        // A share of time need not have an end as a decimal; beyond 20 places nothing is billed.
        expect(zeroLike(total.toFixed())).toBe(zeroLike(quantity.toFixed()));
      }),
    ));
});

describe.each(["count", "sum", "max"] as const)("%s", (aggregation: DailyAggregation) => {
  it("of the sums of days is that of the events", () =>
    fc.assert(
      fc.property(events, zone, (given, timeZone) => {
        const read = asReadings(aggregation, given);
        const byDay = groupBy(read, ({ occurredAt }): PlainDate => localDayOf(occurredAt, timeZone));
        const sums = [...byDay]
          .filter(([on]) => days.startsOn <= on && on < days.endsBefore)
          .map(([, ofDay]) => {
            const values = ofDay.map((event) => new Decimal(String(event.properties["value"])));
            return {
              count: new Decimal(ofDay.length),
              sum: Decimal.sum(...values),
              maximum: Decimal.max(...values),
            };
          });
        const { quantity } = aggregateEvents(metric(aggregation), read, days, timeZone);
        expect(measure(aggregation, combine(sums)).toFixed()).toBe(quantity.toFixed());
      }),
    ));
});

it("a level that never changes is its own average, in whatever zone and period", () =>
  fc.assert(
    fc.property(value, zone, fc.nat(60), fc.integer({ min: 1, max: 60 }), (level, timeZone, start, length) => {
      const before = { id: "a", occurredAt: new Date("2026-01-01T00:00:00Z"), properties: { value: level.toFixed() } };
      const startsOn = localDayOf(new Date(first.getTime() + start * 86_400_000), timeZone);
      const endsBefore = localDayOf(new Date(first.getTime() + (start + length + 1) * 86_400_000), timeZone);
      const { quantity } = aggregateEvents(metric("weighted_sum"), [before], period(startsOn, endsBefore), timeZone);
      expect(quantity.toFixed()).toBe(new Decimal(level).toFixed());
    }),
  ));
