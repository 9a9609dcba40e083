import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { call, daySumsOf, problemsOf, transfer, type UsageWorld, usageWorld } from "./usage-world";

let api: TestApi;
let world: UsageWorld;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  world = await usageWorld(api);
});
afterAll(() => api.stop());

const daySums = ({ organization }: UsageWorld) => daySumsOf(api, organization.id);

const countEvents = async ({ organization }: UsageWorld): Promise<number[]> => {
  const counted = async (table: string) =>
    Number(
      (await api.database.owner.query(`SELECT count(*) FROM ${table} WHERE organization_id = $1`, [organization.id]))
        .rows[0].count,
    );
  return [await counted("usage_event"), await counted("usage_event_key")];
};

describe("a batch", () => {
  test("is counted for each metric, by alias and day", async () => {
    const answer = await world.record([
      call(),
      call({ timestamp: "2026-10-15T13:00:00+02:00" }),
      call({ timestamp: "2026-10-16T00:00:00Z" }),
      transfer("0.1"),
      transfer(2),
      transfer("0.25", { alias: "nobody" }),
    ]);

    expect(answer).toEqual({
      __typename: "RecordUsageEventsSuccess",
      recorded: 6,
      duplicates: 0,
      corrected: 0,
      unattributed: 1,
      unknownAliases: ["nobody"],
      warnings: [],
    });
    expect(await daySums(world)).toEqual([
      "bytes acme 2026-10-15 2 2.1 2",
      "bytes nobody 2026-10-15 1 0.25 0.25",
      "calls acme 2026-10-15 2 2 1",
      "calls acme 2026-10-16 1 1 1",
      "peak acme 2026-10-15 2 2.1 2",
      "peak nobody 2026-10-15 1 0.25 0.25",
    ]);
  });

  test("leaves one line in the audit trail: who sent how many; of repetitions alone none", async () => {
    const events = [call(), call({ alias: "nobody" })];
    await world.record(events);
    await world.record(events);
    const { rows } = await api.database.owner.query(
      "SELECT actor_kind, after FROM audit_event WHERE organization_id = $1 AND action = 'usage.recorded'",
      [world.organization.id],
    );
    expect(rows).toEqual([
      { actor_kind: "api_key", after: { recorded: 2, duplicates: 0, corrected: 0, unattributed: 1 } },
    ]);
  });

  test("of a thousand is taken, of a thousand and one refused with the limit", async () => {
    const events = Array.from({ length: 1_001 }, () => call());
    expect(await world.record(events)).toMatchObject({
      __typename: "InvalidInput",
      code: "BATCH_TOO_LARGE",
      path: ["events"],
      message: "The batch has 1001 events; the limit is 1000. Send several batches.",
    });
    expect(await countEvents(world)).toEqual([0, 0]);
    expect(await world.record(events.slice(1))).toMatchObject({ recorded: 1_000 });
    expect(await daySums(world)).toEqual(["calls acme 2026-10-15 1000 1000 1"]);
  });

  test("of nothing is refused", async () => {
    expect(await world.record([])).toMatchObject({ code: "BATCH_EMPTY", path: ["events"] });
  });

  test("takes as many statements for a thousand events as for two", async () => {
    await world.record([call()]);
    const two = await countStatements(() => world.record([call(), call()]));
    const many = await countStatements(() =>
      world.record(Array.from({ length: 1_000 }, (_, index) => call({ alias: `alias-${index % 50}` }))),
    );
    expect(many).toBeLessThanOrEqual(two);
    expect(two).toBeLessThan(16);
  });

  test("warns of a type that no metric counts, and keeps it", async () => {
    const { recorded, warnings } = await world.record([call({ type: "cal" }), call(), call({ type: "cal" })]);
    expect(recorded).toBe(3);
    expect(warnings).toMatchObject([{ code: "EVENT_TYPE_WITHOUT_METRIC", path: ["events", "0", "type"] }]);
    expect(await countEvents(world)).toEqual([3, 3]);
  });
});

describe("an event that is sent again", () => {
  test("with the same content is a duplicate, however it is written", async () => {
    const event = transfer("5", { properties: { bytes: "5", note: { a: 1, b: [2, 3] } } });
    await world.record([event]);
    const again = {
      ...event,
      timestamp: "2026-10-15T14:00:00+02:00",
      properties: { note: { b: [2, 3], a: 1 }, bytes: "5" },
    };

    expect(await world.record([again, event])).toMatchObject({ recorded: 0, duplicates: 2 });
    expect(await daySums(world)).toEqual(["bytes acme 2026-10-15 1 5 5", "peak acme 2026-10-15 1 5 5"]);
  });

  test("within its batch is a duplicate", async () => {
    const event = call();
    expect(await world.record([event, event, call()])).toMatchObject({ recorded: 2, duplicates: 1 });
    expect(await daySums(world)).toEqual(["calls acme 2026-10-15 2 2 1"]);
  });

  test.each([
    ["another alias", { alias: "acme2" }],
    ["another type", { type: "ping" }],
    ["another instant", { timestamp: "2026-10-15T12:00:00.001Z" }],
    ["another day", { timestamp: "2026-09-15T12:00:00Z" }],
    ["other properties", { properties: { a: "1" } }],
    ["a number in place of its text", { properties: { size: 1 } }],
  ])("with %s is refused with its id and place, and nothing of the batch is kept", async (_name, other) => {
    const event = call({ properties: { size: "1" } });
    await world.record([event]);
    const answer = await world.record([call(), { ...event, ...other }, call()]);

    expect(answer).toMatchObject({ __typename: "Conflict", code: "EVENT_ID_CONFLICT", path: ["events", "1"] });
    expect(answer.message).toContain(`"${event.id}" (events[1])`);
    expect(await countEvents(world)).toEqual([1, 1]);
    expect(await daySums(world)).toEqual(["calls acme 2026-10-15 1 1 1"]);
  });

  test("within its batch with other content is refused", async () => {
    const event = call();
    const answer = await world.record([event, call(), { ...event, alias: "other" }]);
    expect(answer).toMatchObject({ code: "EVENT_ID_CONFLICT", path: ["events", "2"] });
    expect(await countEvents(world)).toEqual([0, 0]);
  });

  test("by two recorders at once is counted once", async () => {
    const shared = Array.from({ length: 200 }, () => transfer("1"));
    const batch = (own: number) =>
      [...Array.from({ length: own }, () => transfer("1")), ...shared].sort(() => Math.random() - 0.5);
    const answers = await Promise.all([100, 101, 102, 103].map((own) => world.record(batch(own))));

    expect(answers.map(({ __typename }) => __typename)).toEqual(Array(4).fill("RecordUsageEventsSuccess"));
    expect(answers.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(606);
    expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(600);
    expect(await daySums(world)).toEqual(["bytes acme 2026-10-15 606 606 1", "peak acme 2026-10-15 606 606 1"]);
  });

  test("by two at once with other content is refused for one of them, whole", async () => {
    const id = newId();
    const answers = await Promise.all(["a", "b"].map((alias) => world.record([call(), call({ id, alias }), call()])));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["Conflict", "RecordUsageEventsSuccess"]);
    expect(await countEvents(world)).toEqual([3, 3]);
  });

  test("by another organization is its own event", async () => {
    const event = call();
    await world.record([event]);
    const theirs = await usageWorld(api);
    expect(await theirs.record([{ ...event, alias: "other" }])).toMatchObject({ recorded: 1 });
    expect(await daySums(world)).toEqual(["calls acme 2026-10-15 1 1 1"]);
    expect(await daySums(theirs)).toEqual(["calls other 2026-10-15 1 1 1"]);
  });
});

describe("an event is refused", () => {
  test("with everything that is wrong in the batch at once, and nothing is kept", async () => {
    const answer = await world.record([
      call(),
      call({ id: "", alias: " ", type: "x".repeat(101) }),
      call({ id: "x".repeat(201), properties: ["no", "object"] }),
      transfer(0.1),
      transfer("12 kB"),
      transfer(undefined),
      transfer("-1"),
    ]);
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual([
      "events.1.id: TEXT_MISSING",
      "events.1.alias: TEXT_MISSING",
      "events.1.type: TEXT_TOO_LONG",
      "events.2.id: TEXT_TOO_LONG",
      "events.2.properties: PROPERTIES_MALFORMED",
      "events.3.properties.bytes: PROPERTY_NOT_DECIMAL",
      "events.4.properties.bytes: PROPERTY_NOT_DECIMAL",
      "events.5.properties.bytes: PROPERTY_MISSING",
      "events.6.properties.bytes: PROPERTY_NEGATIVE",
    ]);
    expect(await countEvents(world)).toEqual([0, 0]);
  });

  test.each([
    ["a float", 0.1, "PROPERTY_NOT_DECIMAL"],
    ["an unsafe integer", Number.MAX_SAFE_INTEGER + 1, "PROPERTY_NOT_DECIMAL"],
    ["an exponent", "1e3", "PROPERTY_NOT_DECIMAL"],
    ["a boolean", true, "PROPERTY_NOT_DECIMAL"],
    ["null", null, "PROPERTY_MISSING"],
    ["thirteen digits", "1000000000000", "PROPERTY_TOO_LONG"],
    ["thirteen decimals", "0.0000000000001", "PROPERTY_TOO_LONG"],
    ["less than nothing", "-0.1", "PROPERTY_NEGATIVE"],
  ])("with %s where a metric measures", async (_name, bytes, code) => {
    expect(problemsOf(await world.record([transfer(bytes)]))).toEqual([`events.0.properties.bytes: ${code}`]);
  });

  test.each([
    ["zero", 0],
    ["a whole number", 42],
    ["the longest decimal", "999999999999.999999999999"],
    ["the greatest safe integer below a trillion", 999_999_999_999],
  ])("but not with %s", async (_name, bytes) => {
    expect(await world.record([transfer(bytes)])).toMatchObject({ recorded: 1 });
  });

  test("when it lies more than a day ahead, or more than 36 months back", async () => {
    const at = (timestamp: string) => world.record([call({ timestamp })]);
    expect(await at("2026-11-04T09:00:00Z")).toMatchObject({ recorded: 1 });
    expect(problemsOf(await at("2026-11-04T09:00:00.001Z"))).toEqual(["events.0.timestamp: TIMESTAMP_IN_THE_FUTURE"]);
    expect(await at("2023-11-01T00:00:00Z")).toMatchObject({ recorded: 1 });
    expect(problemsOf(await at("2023-10-31T23:59:59Z"))).toEqual(["events.0.timestamp: TIMESTAMP_TOO_OLD"]);
    expect(problemsOf(await at("1000-01-01T00:00:00+14:00"))).toEqual(["events.0.timestamp: TIMESTAMP_TOO_OLD"]);
  });

  test.each(["2026-10-15T12:00:00", "2026-10-15", "yesterday", "2026-02-30T12:00:00Z", "2026-10-15T25:00:00Z"])(
    "with the timestamp %s, with its place",
    async (timestamp) => {
      const { errors, status } = await world.admin.ask(
        "mutation ($input: RecordUsageEventsInput!) { recordUsageEvents(input: $input) { __typename } }",
        {
          input: { events: [call(), call({ timestamp })] },
        },
      );
      expect(status).toBe(400);
      expect(errors?.[0].message).toContain("input.events[1].timestamp");
    },
  );

  test.each([
    ["NUL in a property", { properties: { note: "\u0000" } }, "events.0.properties: TEXT_UNPRINTABLE"],
    ["NUL in its id", { id: "a\u0000b" }, "events.0.id: TEXT_UNPRINTABLE"],
    ["half a surrogate pair in its alias", { alias: "\ud800" }, "events.0.alias: TEXT_UNPRINTABLE"],
    [
      "a book in its properties",
      { properties: { book: "x".repeat(8_000) } },
      "events.0.properties: PROPERTIES_TOO_LARGE",
    ],
  ])("with %s", async (_name, more, problem) => {
    expect(problemsOf(await world.record([call(more)]))).toEqual([problem]);
  });
});

describe("the day of an event", () => {
  const lateOnHalloween = { timestamp: "2026-10-31T23:30:00Z" };

  test.each([
    ["Europe/London", "2026-10-31T23:30:00Z", "2026-10-31"],
    ["Europe/London", "2026-10-24T23:30:00Z", "2026-10-25"],
    ["America/New_York", "2026-10-31T23:30:00Z", "2026-10-31"],
    ["America/New_York", "2026-11-01T03:59:59Z", "2026-10-31"],
    ["America/New_York", "2026-11-01T04:00:00Z", "2026-11-01"],
    ["America/New_York", "2026-11-02T04:59:59Z", "2026-11-01"],
    ["America/New_York", "2026-11-02T05:00:00Z", "2026-11-02"],
    ["Pacific/Auckland", "2026-10-31T23:30:00Z", "2026-11-01"],
  ])("in %s at %s is %s", async (timeZone, timestamp, day) => {
    const there = await usageWorld(api, { timeZone });
    await there.record([call({ timestamp })]);
    expect(await daySums(there)).toEqual([`calls acme ${day} 1 1 1`]);
  });

  test("decides whose it is, not the day in another zone", async () => {
    const auckland = await usageWorld(api, { timeZone: "Pacific/Auckland" });
    const { id } = (
      await auckland.admin.done("mapCustomerAlias", "customer { aliases { id alias } }", {
        customerId: auckland.customerId,
        alias: "ends",
        endsBefore: "2026-11-01",
      })
    ).customer.aliases.find(({ alias }: { alias: string }) => alias === "ends");
    expect(id).toBeTruthy();
    expect(await auckland.record([call({ ...lateOnHalloween, alias: "ends" })])).toMatchObject({ unattributed: 1 });
    expect(await auckland.record([call({ timestamp: "2026-10-31T10:59:59Z", alias: "ends" })])).toMatchObject({
      unattributed: 0,
    });
  });
});
