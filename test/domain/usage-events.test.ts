import { describe, expect, it, test } from "vitest";
import { startOfLocalDay } from "../../server/domain/calendar/local-day";
import { period } from "../../server/domain/calendar/period";
import { aggregateEvents, type MeteredEvent } from "../../server/domain/usage/aggregate-events";
import type { Aggregation, UsageMetric } from "../../server/domain/usage/metric";
import { quantityOf } from "../../server/domain/usage/quantity-of";
import { day } from "./billing-world";

const metric = (aggregation: Aggregation, terms: Partial<UsageMetric> = {}): UsageMetric => ({
  id: "metric",
  eventType: "event",
  aggregation,
  property: aggregation === "count" ? null : "value",
  filters: [],
  groupBy: [],
  ...terms,
});

const event = (id: string, occurredAt: string, value: unknown, more: object = {}): MeteredEvent => ({
  id,
  occurredAt,
  properties: { value, ...more },
});

const november = period(day("2026-11-01"), day("2026-12-01"));
const measured = (of: UsageMetric, events: readonly MeteredEvent[], zone = "UTC", days = november) => {
  const { quantity, events: number, groups } = aggregateEvents(of, events, days, zone);
  const parts = groups?.map(({ values, quantity }) => `${JSON.stringify(values)}: ${quantity}`);
  return [`${quantity} of ${number} events`, ...(parts ?? [])];
};

describe("of the events of a period", () => {
  const events = [
    event("before", "2026-10-31T23:59:59.999Z", "100"),
    event("a", "2026-11-01T00:00:00Z", "2.5"),
    event("b", "2026-11-15T12:00:00Z", "4"),
    event("c", "2026-11-30T23:59:59.999Z", 3),
    event("d", "2026-11-20T12:00:00Z", "3"),
    event("after", "2026-12-01T00:00:00Z", "100"),
  ];

  test.each([
    ["count", "4 of 4 events"],
    ["sum", "12.5 of 4 events"],
    ["max", "4 of 4 events"],
    ["unique", "3 of 4 events"],
    ["latest", "3 of 4 events"],
  ] as const)("%s is %s", (aggregation, expected) => expect(measured(metric(aggregation), events)).toEqual([expected]));

  test.each(["count", "sum", "max", "unique", "latest", "weighted_sum"] as const)(
    "%s of nothing is zero",
    (aggregation) => expect(measured(metric(aggregation), [])).toEqual(["0 of 0 events"]),
  );

  it("days are those of the time zone", () => {
    expect(measured(metric("count"), events, "Pacific/Auckland")).toEqual(["4 of 4 events"]);
    expect(measured(metric("sum"), events, "Pacific/Auckland")).toEqual(["109.5 of 4 events"]);
  });

  it("latest at one instant is the one with the greater id, by code points", () => {
    const at = "2026-11-05T00:00:00Z";
    expect(measured(metric("latest"), [event("b", at, "1"), event("ab", at, "2"), event("b2", at, "3")])).toEqual([
      "3 of 3 events",
    ]);
    expect(measured(metric("latest"), [event("\u{1f600}", at, "1"), event("\uff21", at, "2")])).toEqual([
      "1 of 2 events",
    ]);
  });

  it("latest looks at instants, not at their text", () => {
    const events = [event("a", "2026-11-05T01:00:00+02:00", "1"), event("b", "2026-11-05T00:30:00Z", "2")];
    expect(measured(metric("latest"), events)).toEqual(["2 of 2 events"]);
  });

  it("unique takes any plain value, and 3 and its text for the same", () => {
    const values = ["ann", "Ann", 3, "3", true, "true", ""];
    const events = values.map((value, index) => event(String(index), "2026-11-05T00:00:00Z", value));
    expect(measured(metric("unique"), events)).toEqual(["5 of 7 events"]);
  });

  it("only those count that pass all filters", () => {
    const filters = [
      { property: "region", values: ["eu", "uk"] },
      { property: "isPaid", values: ["true"] },
    ];
    const at = "2026-11-05T00:00:00Z";
    const events = [
      event("a", at, "1", { region: "eu", isPaid: true }),
      event("b", at, "2", { region: "us", isPaid: true }),
      event("c", at, "4", { region: "uk", isPaid: "true" }),
      event("d", at, "8", { region: "eu" }),
      event("e", at, "none", { region: "us" }),
    ];
    expect(measured(metric("sum", { filters }), events)).toEqual(["5 of 2 events"]);
  });
});

describe("a weighted sum", () => {
  const level = metric("weighted_sum");

  it("is the level on the average of the period's time", () => {
    // 10 over all of November, 5 more for its second half, and 20 less for its last tenth.
    const events = [
      event("a", "2026-08-05T10:00:00Z", "30"),
      event("b", "2026-10-05T10:00:00Z", "-20"),
      event("c", "2026-11-16T00:00:00Z", "5"),
      event("d", "2026-11-28T00:00:00Z", "-20"),
      event("e", "2026-12-01T00:00:00Z", "1000"),
    ];
    expect(measured(level, events)).toEqual(["10.5 of 2 events"]);
  });

  it("counts real time: a day on which clocks are set back has 25 hours", () => {
    const first = period(day("2026-11-01"), day("2026-11-03"));
    const noon = event("a", "2026-11-01T12:00:00-05:00", "49");
    // In New York 1 November 2026 has 25 hours, so 36 of 49 are left at noon.
    expect(measured(level, [noon], "America/New_York", first)).toEqual(["36 of 1 events"]);
    expect(measured(level, [event("a", "2026-11-01T12:00:00Z", "48")], "UTC", first)).toEqual(["36 of 1 events"]);
  });

  it("and one on which they are set forward has 23", () => {
    const sunday = period(day("2027-03-14"), day("2027-03-15"));
    const noon = event("a", "2027-03-14T12:00:00-04:00", "23");
    expect(measured(level, [noon], "America/New_York", sunday)).toEqual(["12 of 1 events"]);
  });

  it("multiplies before it divides", () => {
    const thirds = period(day("2026-11-01"), day("2026-11-04"));
    expect(measured(level, [event("a", "2026-11-03T00:00:00Z", "3")], "UTC", thirds)).toEqual(["1 of 1 events"]);
  });
});

describe("groups", () => {
  const at = "2026-11-05T00:00:00Z";
  const events = [
    event("a", at, "1", { region: "eu", tier: 1 }),
    event("b", "2026-11-06T00:00:00Z", "2", { region: "eu", tier: "1" }),
    event("c", at, "4", { region: "eu" }),
    event("d", at, "2", { region: { nested: true }, tier: 1.5 }),
    event("e", at, "0", { region: "us" }),
  ];

  it("have the values of their properties, and none that the event lacks", () => {
    expect(measured(metric("sum", { groupBy: ["tier", "region"] }), events)).toEqual([
      "9 of 5 events",
      '{"tier":"1","region":"eu"}: 3',
      '{"region":"eu"}: 4',
      "{}: 2",
    ]);
  });

  it("are each measured by themselves", () => {
    const byRegion = { groupBy: ["region"] };
    expect(measured(metric("unique", byRegion), events)).toEqual([
      "4 of 5 events",
      '{"region":"eu"}: 3',
      '{"region":"us"}: 1',
      "{}: 1",
    ]);
    expect(measured(metric("max", byRegion), events)).toEqual(["4 of 5 events", '{"region":"eu"}: 4', "{}: 2"]);
    expect(measured(metric("latest", byRegion), events)).toEqual(["2 of 5 events", '{"region":"eu"}: 2', "{}: 2"]);
  });

  it("of a level go on where nothing changes", () => {
    const before = [event("a", "2026-10-05T00:00:00Z", "3", { region: "eu" })];
    expect(measured(metric("weighted_sum", { groupBy: ["region"] }), before)).toEqual([
      "3 of 0 events",
      '{"region":"eu"}: 3',
    ]);
  });
});

describe("less than nothing", () => {
  const of = (aggregation: Aggregation) => {
    const read = quantityOf(metric(aggregation), { type: "event", properties: { value: "-0.5" } });
    return read.ok ? read.value?.toFixed() : read.error.code;
  };

  it("takes back from a sum and a level, and is no reading", () => {
    expect([of("sum"), of("weighted_sum"), of("max"), of("latest")]).toEqual([
      "-0.5",
      "-0.5",
      "PROPERTY_NEGATIVE",
      "PROPERTY_NEGATIVE",
    ]);
    expect([of("count"), of("unique")]).toEqual(["1", "1"]);
  });

  it("and a level below zero stays below zero", () => {
    expect(measured(metric("weighted_sum"), [event("a", "2026-11-16T00:00:00Z", "-4")])).toEqual(["-2 of 1 events"]);
  });
});

describe("a local day starts", () => {
  test.each([
    ["2026-11-01", "UTC", "2026-11-01T00:00:00.000Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
    ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
    ["2026-07-01", "Asia/Kathmandu", "2026-06-30T18:15:00.000Z"],
    ["2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
    ["2026-01-01", "Pacific/Pago_Pago", "2026-01-01T11:00:00.000Z"],
  ])("%s in %s at %s", (text, zone, expected) => expect(startOfLocalDay(day(text), zone).toISOString()).toBe(expected));

  it("at one o'clock where clocks skip midnight", () => {
    expect(startOfLocalDay(day("2026-04-24"), "Africa/Cairo").toISOString()).toBe("2026-04-23T22:00:00.000Z");
  });

  it("with the next one where the zone left it out", () => {
    const skipped = startOfLocalDay(day("2011-12-30"), "Pacific/Apia");
    expect(skipped).toEqual(startOfLocalDay(day("2011-12-31"), "Pacific/Apia"));
  });
});
