import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { usageSums } from "../../../server/modules/usage";
import { runAs } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { call, problemsOf, transfer, type UsageWorld, usageWorld } from "./usage-world";

let api: TestApi;
let world: UsageWorld;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  world = await usageWorld(api);
});
afterAll(() => api.stop());

const METRIC =
  "counted usageMetric { id code name eventType aggregation property filters { property values } groupBy unit }";
const storage = {
  code: "storage",
  name: "Storage",
  eventType: "storage",
  aggregation: "MAX",
  property: "gigabytes",
  unit: "GB",
};
const create = (input: object = {}) => world.admin.command("createUsageMetric", METRIC, { ...storage, ...input });

/** What Acme used of a metric in October, as [count, sum, maximum]. */
async function october(metricId: string): Promise<(string | null)[]> {
  const period = { startsOn: plainDate("2026-10-01"), endsBefore: plainDate("2026-11-01") };
  const [sums] = await runAs(
    world.organization.id,
    async () => await usageSums([{ customerId: world.customerId, metricId, period }]),
  );
  return [sums?.count.toFixed() ?? null, sums?.sum.toFixed() ?? null, sums?.maximum?.toFixed() ?? null];
}

describe("a usage metric", () => {
  test("reads back as it was sent, and is listed by code", async () => {
    const filters = [{ property: "region", values: ["eu", "uk"] }];
    const groupBy = ["zone", "region"];
    const answer = await create({ filters, groupBy });
    expect(answer).toMatchObject({ counted: 0, usageMetric: { ...storage, filters, groupBy } });
    const { usageMetrics } = await world.admin.data("{ usageMetrics { code filters { property values } } }");
    expect(usageMetrics).toEqual([
      { code: "bytes", filters: [] },
      { code: "calls", filters: [] },
      { code: "peak", filters: [] },
      { code: "storage", filters },
    ]);
  });

  test.each(["COUNT", "SUM", "MAX", "UNIQUE", "LATEST", "WEIGHTED_SUM"])(
    "may be %s, and group",
    async (aggregation) => {
      const property = aggregation === "COUNT" ? null : "gigabytes";
      const answer = await create({ aggregation, property, groupBy: ["a", "b", "c", "d", "e"] });
      expect(answer.usageMetric).toMatchObject({ aggregation, property, groupBy: ["a", "b", "c", "d", "e"] });
    },
  );

  test("is refused with a code that another one has", async () => {
    expect(await create({ code: "calls" })).toMatchObject({
      __typename: "Conflict",
      code: "CODE_TAKEN",
      path: ["code"],
    });
  });

  test.each([
    ["a property for COUNT", { aggregation: "COUNT" }, ["property: PROPERTY_NOT_APPLICABLE"]],
    ["no property for MAX", { property: null }, ["property: PROPERTY_MISSING"]],
    ["no property for SUM", { aggregation: "SUM", property: null }, ["property: PROPERTY_MISSING"]],
    ["no property for UNIQUE", { aggregation: "UNIQUE", property: null }, ["property: PROPERTY_MISSING"]],
    ["six properties to group by", { groupBy: ["a", "b", "c", "d", "e", "f"] }, ["groupBy: GROUP_BY_TOO_LONG"]],
    ["one to group by twice", { groupBy: ["a", "b", "a"] }, ["groupBy.2: GROUP_BY_TWICE"]],
    ["one to group by without a name", { groupBy: [" "] }, ["groupBy.0: TEXT_MISSING"]],
    ["an empty code and unit", { code: "", unit: " " }, ["code: TEXT_MISSING", "unit: TEXT_MISSING"]],
    [
      "a filter that lets nothing through",
      { filters: [{ property: "region", values: [] }] },
      ["filters.0.values: FILTER_WITHOUT_VALUES"],
    ],
    [
      "two filters on one property",
      {
        filters: [
          { property: "a", values: ["1"] },
          { property: "a", values: ["2"] },
        ],
      },
      ["filters.1.property: FILTER_TWICE"],
    ],
  ])("is refused with %s", async (_name, input, expected) => {
    const answer = await create(input);
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual(expected);
  });

  test("counts only what passes all its filters", async () => {
    const metricId = await world.newMetric({
      code: "eu-card",
      eventType: "call",
      aggregation: "COUNT",
      filters: [
        { property: "region", values: ["eu", "uk"] },
        { property: "isCard", values: ["true"] },
      ],
    });
    const regions = [
      { region: "eu", isCard: true },
      { region: "uk", isCard: "true" },
      { region: "us", isCard: true },
      { region: "eu", isCard: false },
      { region: "eu" },
      {},
    ];
    await world.record(regions.map((properties) => call({ properties })));
    expect(await october(metricId)).toEqual(["2", "2", "1"]);
  });

  test("demands its property only of events that pass", async () => {
    await world.newMetric({
      code: "card",
      eventType: "sale",
      aggregation: "SUM",
      property: "amount",
      filters: [{ property: "kind", values: ["card"] }],
    });
    const sale = (properties: object) => call({ type: "sale", properties });
    expect(await world.record([sale({ kind: "cash" }), sale({ kind: "card", amount: "1" })])).toMatchObject({
      recorded: 2,
    });
    expect(problemsOf(await world.record([sale({ kind: "cash" }), sale({ kind: "card" })]))).toEqual([
      "events.1.properties.amount: PROPERTY_MISSING",
    ]);
  });

  test("is not misled by names that every object has", async () => {
    await world.newMetric({ code: "odd", eventType: "odd", aggregation: "SUM", property: "constructor", filters: [] });
    expect(problemsOf(await world.record([call({ type: "odd", properties: {} })]))).toEqual([
      "events.0.properties.constructor: PROPERTY_MISSING",
    ]);
  });
});

describe("less than nothing", () => {
  const level = { eventType: "seats", aggregation: "WEIGHTED_SUM", property: "change" };
  const change = (change: string) => call({ type: "seats", properties: { change } });

  test("takes back from a sum and from a level", async () => {
    const metricId = await world.newMetric({ ...level, code: "level" });
    const sumId = await world.newMetric({ ...level, code: "sum", aggregation: "SUM" });
    await world.record([change("10"), change("-2.5"), change("-0"), change("-0.000000000001")]);
    expect(await october(metricId)).toEqual(["4", "7.499999999999", "10"]);
    expect(await october(sumId)).toEqual(["4", "7.499999999999", "10"]);
  });

  test.each(["MAX", "LATEST"])("is no reading for %s", async (aggregation) => {
    await world.newMetric({ ...level, code: "level" });
    await world.newMetric({ ...level, code: "reading", aggregation });
    expect(problemsOf(await world.record([change("1"), change("-1")]))).toEqual([
      "events.1.properties.change: PROPERTY_NEGATIVE",
    ]);
  });

  test("is refused where it has too many digits", async () => {
    await world.newMetric({ ...level, code: "level" });
    expect(problemsOf(await world.record([change("-1000000000000"), change("-0.0000000000001")]))).toEqual([
      "events.0.properties.change: PROPERTY_TOO_LONG",
      "events.1.properties.change: PROPERTY_TOO_LONG",
    ]);
  });
});

describe("what different values are counted of", () => {
  test("is any plain value, and nothing else", async () => {
    const users = { code: "users", eventType: "login", aggregation: "UNIQUE", property: "user" };
    const metricId = await world.newMetric(users);
    const login = (user: unknown) => call({ type: "login", properties: { user } });
    expect(problemsOf(await world.record([login("ann"), login(1.5), login(["ann"]), login(null), login({})]))).toEqual([
      "events.1.properties.user: PROPERTY_NOT_PLAIN",
      "events.2.properties.user: PROPERTY_NOT_PLAIN",
      "events.3.properties.user: PROPERTY_MISSING",
      "events.4.properties.user: PROPERTY_NOT_PLAIN",
    ]);
    await world.record([login("ann"), login(7), login("7"), login(true), login("")]);
    expect(await october(metricId)).toEqual(["5", "5", "1"]);
  });
});

describe("groups", () => {
  const byRegion = { code: "by-region", eventType: "call", aggregation: "COUNT", groupBy: ["region", "zone"] };
  const long = (characters: number) => ({ properties: { region: "x".repeat(characters) } });

  test("are kept by day under the values of their events", async () => {
    const metricId = await world.newMetric(byRegion);
    await world.record([
      call({ properties: { region: "eu", zone: 1 } }),
      call({ properties: { zone: "1", region: "eu" } }),
      call({ properties: { region: 'a"b' } }),
      call(),
    ]);
    const { rows } = await api.database.owner.query(
      'SELECT group_key, event_count FROM usage_day WHERE metric_id = $1 ORDER BY event_count DESC, group_key COLLATE "C"',
      [metricId],
    );
    expect(rows.map(({ group_key, event_count }) => [group_key, Number(event_count)])).toEqual([
      ['["eu","1"]', 2],
      ['["a\\"b",null]', 1],
      ["[null,null]", 1],
    ]);
    expect(await october(metricId)).toEqual(["4", "4", "1"]);
  });

  test("have values of up to 1,000 bytes together", async () => {
    await world.newMetric(byRegion);
    expect(problemsOf(await world.record([call(long(991)), call(long(992))]))).toEqual([
      "events.1.properties: GROUP_VALUES_TOO_LONG",
    ]);
    expect(await world.record([call(long(991))])).toMatchObject({ recorded: 1 });
  });

  test("of events that were recorded before have to be as short", async () => {
    await world.record([call({ ...long(992), id: "long" })]);
    const answer = await create({ ...byRegion, property: null });
    expect(answer).toMatchObject({ __typename: "Conflict", code: "GROUP_VALUES_TOO_LONG", path: ["groupBy"] });
    expect(answer.message).toContain('"long"');
  });
});

describe("a metric that comes later", () => {
  test("counts the events that are there, as it would have then", async () => {
    await world.record([transfer("1.5"), transfer("2"), transfer("4", { timestamp: "2026-10-16T12:00:00Z" }), call()]);
    const { counted, usageMetric } = await create({
      code: "late",
      eventType: "transfer",
      aggregation: "SUM",
      property: "bytes",
    });
    expect(counted).toBe(3);
    expect(await october(usageMetric.id)).toEqual(["3", "7.5", "4"]);
    expect(await october(usageMetric.id)).toEqual(await october(world.metrics.bytes));
  });

  test("is refused where events lack what it measures, and counts nothing then", async () => {
    await world.record([call({ properties: { size: "1" } }), call({ id: "broken", properties: { size: 1.5 } })]);
    const answer = await create({ eventType: "call", property: "size" });
    expect(answer).toMatchObject({ __typename: "Conflict", code: "EVENTS_NOT_MEASURABLE", path: ["property"] });
    expect(answer.message).toContain('"broken"');
    expect((await world.admin.data("{ usageMetrics { code } }")).usageMetrics).toHaveLength(3);
    const { rows } = await api.database.owner.query(
      "SELECT count(*)::int AS count FROM usage_day WHERE organization_id = $1",
      [world.organization.id],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("misses no event that is recorded at the same time", async () => {
    const batches = Array.from({ length: 6 }, () => world.record(Array.from({ length: 100 }, () => transfer("1"))));
    const metrics = ["a", "b", "c"].map((code) =>
      create({ code, eventType: "transfer", aggregation: "SUM", property: "bytes" }),
    );
    await Promise.all(batches);
    for (const { usageMetric } of await Promise.all(metrics))
      expect(await october(usageMetric.id)).toEqual(["600", "600", "1"]);
  });
});

test("metrics of another organization are not seen", async () => {
  const theirs = await api.organization();
  expect((await theirs.admin.data("{ usageMetrics { id } }")).usageMetrics).toEqual([]);
  const names = (await world.admin.data("{ usageMetrics { id } }")).usageMetrics.map(({ id }: Answer) => id);
  expect(names).toHaveLength(3);
});
