import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localDayOf, startOfLocalDay } from "../../../server/domain/calendar/local-day";
import { type Period, period } from "../../../server/domain/calendar/period";
import { type PlainDate, plainDate } from "../../../server/domain/calendar/plain-date";
import { type Decimal, ZERO } from "../../../server/domain/money/decimal";
import { aggregateEvents, type MeasuredUsage, type MeteredEvent } from "../../../server/domain/usage/aggregate-events";
import type { Aggregation, UsageMetric } from "../../../server/domain/usage/metric";
import { unattributedUsage, usageReadings } from "../../../server/modules/usage";
import { runAs } from "../../../server/platform/database/transaction";
import { startTestApi, type TestApi } from "../../testkit/api";
import { type UsageWorld, usageWorld } from "./usage-world";

/*
 * A small world with everything in it that readings have to get right: the clocks of New York change on 1 November 2026,
 * aliases go from hand to hand, metrics filter and group, half of the events is recorded before the metrics exist. What
 * the database answers has to be, to the last digit, what the domain's function says of each customer's own events.
 */

const ZONE = "America/New_York";
const SEED = 20261101;
const day = plainDate;

type Event = MeteredEvent & { readonly alias: string };
type Mapping = { readonly owner: string; readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null };

const MAPPINGS: Readonly<Record<string, readonly Mapping[]>> = {
  "a-1": [{ owner: "Alpha", startsOn: null, endsBefore: null }],
  "a-2": [
    { owner: "Alpha", startsOn: null, endsBefore: day("2026-10-20") },
    { owner: "Beta", startsOn: day("2026-10-20"), endsBefore: null },
  ],
  "b-1": [{ owner: "Beta", startsOn: day("2026-10-10"), endsBefore: day("2026-11-01") }],
  "b-2": [
    { owner: "Beta", startsOn: null, endsBefore: day("2026-10-05") },
    { owner: "Beta", startsOn: day("2026-11-01"), endsBefore: day("2026-11-02") },
  ],
  "c-1": [{ owner: "Gamma", startsOn: day("2026-11-01"), endsBefore: day("2026-11-20") }],
  nobody: [],
};
const CUSTOMERS = ["Alpha", "Beta", "Gamma"];

const PERIODS: readonly Period[] = [
  period(day("2026-10-01"), day("2026-11-01")),
  period(day("2026-11-01"), day("2026-12-01")),
  period(day("2026-11-01"), day("2026-11-02")),
  period(day("2026-09-20"), day("2026-11-10")),
  period(day("2026-11-25"), day("2026-12-25")),
];

const METRICS: readonly Omit<UsageMetric, "id">[] = (
  [
    ["count", null],
    ["sum", "change"],
    ["max", "reading"],
    ["unique", "user"],
    ["latest", "reading"],
    ["weighted_sum", "change"],
  ] as const satisfies readonly (readonly [Aggregation, string | null])[]
).flatMap(([aggregation, property]) => {
  const metric = { eventType: "thing", aggregation, property, filters: [], groupBy: [] };
  const filters = [
    { property: "kind", values: ["a", "3", "true"] },
    { property: "region", values: ["eu", 'a"b\\', "1.5", "9007199254740991"] },
  ];
  return [metric, { ...metric, filters, groupBy: ["region", "kind"] }, { ...metric, groupBy: ["kind", "region"] }];
});

const decimalText = (minimum: number) => fc.integer({ min: minimum, max: 99_999 }).map((n) => (n / 1_000).toFixed(3));
const properties = fc.record(
  {
    change: decimalText(-99_999),
    reading: fc.oneof(decimalText(0), fc.nat(50)),
    user: fc.constantFrom("ann", "Ann", "bob", 3, "3", true, "", "é", "e\u0301", "\u{1f600}"),
    kind: fc.constantFrom<unknown>("a", "b", 3, "3", true, null, ["a"], 1.5),
    region: fc.constantFrom<unknown>(
      "eu",
      'a"b\\',
      "tab\tline\nend\u0001\u007f\u2028",
      "\u{1f600}",
      1.5,
      1e20,
      Number.MAX_SAFE_INTEGER,
      -7,
    ),
  },
  { requiredKeys: ["change", "reading", "user"] },
);
const occurredAt = fc.oneof(
  fc.date({ min: new Date("2026-09-10T00:00:00Z"), max: new Date("2026-12-01T00:00:00Z"), noInvalidDate: true }),
  // Around the clock change, and many at one instant.
  fc.date({ min: new Date("2026-11-01T03:00:00Z"), max: new Date("2026-11-02T06:00:00Z"), noInvalidDate: true }),
  fc.constantFrom(new Date("2026-11-01T05:30:00Z"), new Date("2026-10-20T04:00:00Z"), new Date("2026-11-01T04:00:00Z")),
);
const [EVENTS] = fc.sample(
  fc.array(fc.record({ alias: fc.constantFrom(...Object.keys(MAPPINGS)), occurredAt, properties }), {
    minLength: 400,
    maxLength: 400,
  }),
  { seed: SEED, numRuns: 1 },
);
const ids = ["z", "Z", "\uff21", "\u{1f600}", "10", "9"];
const events: readonly Event[] = (EVENTS ?? []).map((event, index) => ({ ...event, id: `${ids[index % 6]} ${index}` }));

type Holder = { readonly owner: string | null; readonly until: PlainDate | null };

/** Whose an alias is on a day, and until when; nobody's between its mappings. */
function holderOf(alias: string, on: PlainDate): Holder {
  const mappings = MAPPINGS[alias] ?? [];
  const mapping = mappings.find(
    ({ startsOn, endsBefore }) => (startsOn === null || startsOn <= on) && (endsBefore === null || on < endsBefore),
  );
  if (mapping) return { owner: mapping.owner, until: mapping.endsBefore };
  const starts = mappings.flatMap(({ startsOn }) => (startsOn !== null && startsOn > on ? [startsOn] : []));
  return { owner: null, until: starts.sort()[0] ?? null };
}

/** What the domain says of a customer: of the events under each alias on the days on which it is the customer's. */
function expected(metric: UsageMetric, owner: string | null, days: Period, of = events): MeasuredUsage {
  const own = of
    .map((event) => ({ event, holder: holderOf(event.alias, localDayOf(event.occurredAt, ZONE)) }))
    .filter(({ holder }) => holder.owner === owner);
  const ownEvents = own.map(({ event }) => event);
  const measured = aggregateEvents(metric, ownEvents, days, ZONE);
  if (metric.aggregation !== "weighted_sum") return measured;
  // A level ends with the mapping of its alias, as if each change were taken back then.
  const ends = own.flatMap(({ event, holder }): MeteredEvent[] => {
    if (holder.until === null) return [];
    const change = String(event.properties["change"]);
    const back = change.startsWith("-") ? change.slice(1) : `-${change}`;
    const occurredAt = startOfLocalDay(holder.until, ZONE);
    return [{ id: `${event.id} ends`, occurredAt, properties: { ...event.properties, change: back } }];
  });
  return { ...aggregateEvents(metric, [...ownEvents, ...ends], days, ZONE), events: measured.events };
}

let api: TestApi;
let world: UsageWorld;
let customers: readonly { readonly id: string; readonly name: string }[];
let metrics: readonly UsageMetric[];

beforeAll(async () => {
  api = await startTestApi();
  world = await usageWorld(api, { timeZone: ZONE, now: "2026-12-02T12:00:00Z" });
  customers = await Promise.all(
    [...CUSTOMERS].reverse().map(async (name) => ({ name, id: await world.newCustomer(name) })),
  );
  const half = events.length / 2;
  await record(events.slice(0, half));
  const made: UsageMetric[] = [];
  for (const [index, metric] of METRICS.entries()) {
    const id = await world.newMetric({
      ...metric,
      code: `metric-${index}`,
      aggregation: metric.aggregation.toUpperCase(),
    });
    made.push({ ...metric, id });
  }
  metrics = made;
  for (const [alias, mappings] of Object.entries(MAPPINGS)) {
    for (const { owner, startsOn, endsBefore } of mappings) {
      const customerId = customers.find(({ name }) => name === owner)?.id;
      await world.admin.done("mapCustomerAlias", "staleInvoices", { customerId, alias, startsOn, endsBefore });
    }
  }
  await record(events.slice(half));
});
afterAll(() => api.stop());

const record = async (batch: readonly Event[]) =>
  expect(
    await world.record(
      batch.map(({ id, alias, occurredAt, properties }) => ({
        id,
        alias,
        type: "thing",
        timestamp: new Date(occurredAt).toISOString(),
        properties,
      })),
    ),
  ).toMatchObject({ recorded: batch.length });

const inside = <T>(work: () => Promise<T>) => runAs(world.organization.id, async () => await work());
const sumOf = (quantities: readonly Decimal[]) =>
  quantities.reduce((sum, quantity) => sum.plus(quantity), ZERO).toFixed();
const quantitiesOf = (groups: MeasuredUsage["groups"] = []) => groups.map(({ quantity }) => quantity);
const groupsInText = (groups: MeasuredUsage["groups"]) =>
  groups?.map(({ values, quantity }) => `${JSON.stringify(values)} ${quantity.toFixed()}`).sort();

test("the world has no empty corner", () => {
  for (const metric of metrics.filter(({ filters }) => filters.length === 0)) {
    const used = CUSTOMERS.map((owner) => PERIODS.map((days) => expected(metric, owner, days).quantity));
    expect(used.flat().filter((quantity) => !quantity.isZero()).length).toBeGreaterThan(10);
  }
  expect(PERIODS.map((days) => expected(metrics[0] as UsageMetric, null, days).events.gt(0)).slice(0, 4)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

const TITLES = METRICS.map(({ aggregation, filters, groupBy }, place): [string, number] => {
  const filtered = filters.length > 0 ? " of what passes filters" : "";
  return [`${aggregation}${filtered}${groupBy.length > 0 ? ` by ${groupBy.join(" and ")}` : ""}`, place];
});

describe.each(TITLES)("%s", (_title, place) => {
  const questions = (isGrouped: boolean) => {
    const metric = metrics[place] as UsageMetric;
    return PERIODS.flatMap((days) =>
      customers.map((customer) => ({
        wanted: { metricId: metric.id, period: days, isByEvent: false, isGrouped, customers: [customer] },
        measured: expected(metric, customer.name, days),
      })),
    );
  };

  test("is what the events say", async () => {
    const asked = questions(false);
    const readings = await inside(() => usageReadings(asked.map(({ wanted }) => wanted)));
    expect(readings.map(({ quantity, events }) => [quantity.toFixed(), events.toFixed()])).toEqual(
      asked.map(({ measured }) => [measured.quantity.toFixed(), measured.events.toFixed()]),
    );
    expect(readings.every((reading) => !("groups" in reading) && !("breakdown" in reading))).toBe(true);
  });

  test("is by group what the events of each group say, and adds up", async () => {
    const asked = questions(true);
    const readings = await inside(() => usageReadings(asked.map(({ wanted }) => wanted)));
    const isGrouping = (METRICS[place]?.groupBy.length ?? 0) > 0;
    readings.forEach(({ quantity, groups, events }, index) => {
      const { measured } = asked[index] as (typeof asked)[number];
      const alone = measured.quantity.isZero() ? [] : [{ values: {}, quantity: measured.quantity }];
      expect(groupsInText(groups)).toEqual(groupsInText(isGrouping ? measured.groups : alone));
      expect(sumOf(quantitiesOf(groups))).toBe(quantity.toFixed());
      expect(events.toFixed()).toBe(measured.events.toFixed());
    });
  });

  test("of several customers is the sum of each one's, who are named where they used something", async () => {
    const metric = metrics[place] as UsageMetric;
    const isGrouped = metric.groupBy.length > 0;
    const wanted = PERIODS.map((days) => ({
      metricId: metric.id,
      period: days,
      isByEvent: false,
      isGrouped,
      customers,
    }));
    const readings = await inside(() => usageReadings(wanted));
    readings.forEach(({ quantity, events, groups, breakdown }, index) => {
      const measured = CUSTOMERS.map((name) => ({ name, ...expected(metric, name, PERIODS[index] as Period) }));
      const shares = measured.map(({ name, quantity, groups }) => ({
        name,
        quantity: isGrouped ? sumOf(quantitiesOf(groups)) : quantity.toFixed(),
      }));
      expect(breakdown?.map(({ name, quantity }) => ({ name, quantity: quantity.toFixed() }))).toEqual(
        shares.filter(({ quantity }) => quantity !== "0"),
      );
      expect(
        quantity
          .minus(sumOf(breakdown?.map(({ quantity }) => quantity) ?? []))
          .abs()
          .lt("1e-30"),
      ).toBe(true);
      expect(events.toFixed()).toBe(sumOf(measured.map(({ events }) => events)));
      if (isGrouped) expect(sumOf(quantitiesOf(groups))).toBe(quantity.toFixed());
    });
  });
});

test("usage that nobody claims is measured as a customer's would be", async () => {
  const october = PERIODS[0] as Period;
  const { rows } = await inside(() => unattributedUsage("2026-10" as Parameters<typeof unattributedUsage>[0]));
  expect(rows.map(({ alias }) => alias).sort()).toEqual(["b-1", "b-2", "c-1", "nobody"]);
  for (const { alias, metrics: used } of rows) {
    const own = events.filter((event) => event.alias === alias);
    expect(used.length).toBeGreaterThan(0);
    for (const { metric, quantity, events } of used) {
      const known = metrics.find(({ id }) => id === metric.id) as UsageMetric;
      const measured = expected(known, null, october, own);
      expect([alias, metric.code, quantity.toFixed(), events.toFixed()]).toEqual([
        alias,
        metric.code,
        measured.quantity.toFixed(),
        measured.events.toFixed(),
      ]);
    }
  }
});
