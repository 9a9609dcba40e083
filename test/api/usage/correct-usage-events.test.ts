import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inTransaction, query, runAs } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
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

const daySums = () => daySumsOf(api, world.organization.id);
const bytes = (value: string) => ({ properties: { bytes: value } });

const HISTORY =
  "{ id revision alias type timestamp occurredOn properties isVoided versions { revision alias type occurredOn properties isVoided reason recordedBy } }";
const history = async (id: string): Promise<Answer> =>
  (await world.admin.data(`query ($id: String!) { usageEvent(id: $id) ${HISTORY} }`, { id })).usageEvent;

describe("a correction", () => {
  test("replaces what is known under its id, and the sums of the day follow", async () => {
    const event = transfer("5");
    await world.record([event, transfer("2")]);
    expect(await world.correct([{ ...event, ...bytes("7.5") }])).toEqual({
      __typename: "RecordUsageEventsSuccess",
      recorded: 0,
      duplicates: 0,
      corrected: 1,
      unattributed: 0,
      unknownAliases: [],
      warnings: [],
    });
    expect(await daySums()).toEqual(["bytes acme 2026-10-15 2 9.5 7.5", "peak acme 2026-10-15 2 9.5 7.5"]);
  });

  test("of the greatest reading leaves the greatest of those that are left", async () => {
    const [low, high, higher] = [transfer("1"), transfer("3"), transfer("9")];
    await world.record([low, high, higher, transfer("4", { alias: "other" })]);
    await world.correct([{ ...higher, ...bytes("2") }]);
    expect(await daySums()).toContain("peak acme 2026-10-15 3 6 3");
    await world.correct([
      { ...high, ...bytes("0.5") },
      { ...higher, ...bytes("0.25") },
    ]);
    expect(await daySums()).toContain("peak acme 2026-10-15 3 1.75 1");
  });

  test.each([
    ["day", { timestamp: "2026-10-20T12:00:00Z" }, ["bytes acme 2026-10-20 1 5 5", "peak acme 2026-10-20 1 5 5"]],
    ["month", { timestamp: "2026-07-01T12:00:00Z" }, ["bytes acme 2026-07-01 1 5 5", "peak acme 2026-07-01 1 5 5"]],
    ["alias", { alias: "other" }, ["bytes other 2026-10-15 1 5 5", "peak other 2026-10-15 1 5 5"]],
    ["type", { type: "call" }, ["calls acme 2026-10-15 1 1 1"]],
    ["type that nothing counts", { type: "unknown" }, []],
  ])("moves an event to another %s, and leaves nothing behind", async (_name, other, expected) => {
    const event = transfer("5");
    await world.record([event]);
    expect(await world.correct([{ ...event, ...other }])).toMatchObject({ corrected: 1 });
    expect(await daySums()).toEqual(expected);
    const { rows } = await api.database.owner.query(
      "SELECT count(*)::int AS count FROM usage_event WHERE organization_id = $1",
      [world.organization.id],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("moves an event from one group to another", async () => {
    await world.newMetric({
      code: "regions",
      eventType: "transfer",
      aggregation: "MAX",
      property: "bytes",
      groupBy: ["region"],
    });
    const sent = (region: string, value: string) => transfer(value, { properties: { bytes: value, region } });
    const moved = sent("eu", "9");
    await world.record([moved, sent("eu", "4"), sent("us", "1")]);
    await world.correct([{ ...moved, properties: { bytes: "9", region: "us" } }]);
    expect((await daySums()).filter((line) => line.startsWith("regions"))).toEqual([
      'regions acme 2026-10-15 ["eu"] 1 4 4',
      'regions acme 2026-10-15 ["us"] 2 10 9',
    ]);
  });

  test("with the same content is a duplicate", async () => {
    const event = transfer("5");
    await world.record([event]);
    expect(await world.correct([event])).toMatchObject({ corrected: 0, duplicates: 1 });
    const corrected = { ...event, ...bytes("6") };
    await world.correct([corrected]);
    expect(await world.correct([corrected, corrected])).toMatchObject({ corrected: 0, duplicates: 2 });
    expect(await world.record([corrected])).toMatchObject({ recorded: 0, duplicates: 1 });
    expect((await history(event.id)).versions).toHaveLength(2);
  });

  test("may come in one batch with events that are new", async () => {
    const event = transfer("9");
    await world.record([event, transfer("1")]);
    const batch = [transfer("4"), { ...event, ...bytes("2"), isCorrection: true }, transfer("3")];
    expect(await world.record(batch)).toMatchObject({ recorded: 2, corrected: 1, duplicates: 0 });
    expect(await daySums()).toEqual(["bytes acme 2026-10-15 4 10 4", "peak acme 2026-10-15 4 10 4"]);
    expect(await world.record(batch)).toMatchObject({ recorded: 0, corrected: 0, duplicates: 3 });
  });

  test("of a correction brings back what was there at first", async () => {
    const event = transfer("9");
    await world.record([event, transfer("1")]);
    const before = await daySums();
    await world.correct([{ ...event, ...bytes("2") }]);
    await world.correct([event]);
    expect(await daySums()).toEqual(before);
    expect((await history(event.id)).versions.map(({ properties }: Answer) => properties.bytes)).toEqual([
      "9",
      "2",
      "9",
    ]);
  });

  test("keeps who said what, when and why", async () => {
    const event = transfer("5", { alias: "acne" });
    await world.record([event]);
    await world.correct([{ ...event, alias: "acme", reason: "a slip in the alias" }]);
    await world.correct([{ ...event, alias: "acme", timestamp: "2026-09-30T12:00:00Z" }]);
    expect(await history(event.id)).toEqual({
      id: event.id,
      revision: 3,
      alias: "acme",
      type: "transfer",
      timestamp: "2026-09-30T12:00:00.000Z",
      occurredOn: "2026-09-30",
      properties: { bytes: "5" },
      isVoided: false,
      versions: [
        { revision: 1, alias: "acne", occurredOn: "2026-10-15", reason: null },
        { revision: 2, alias: "acme", occurredOn: "2026-10-15", reason: "a slip in the alias" },
        { revision: 3, alias: "acme", occurredOn: "2026-09-30", reason: null },
      ].map((version) => ({
        ...version,
        type: "transfer",
        properties: { bytes: "5" },
        isVoided: false,
        recordedBy: "test admin",
      })),
    });
  });

  test("is seen by a metric that is made later as what it is", async () => {
    const event = transfer("5");
    await world.record([event, transfer("1")]);
    await world.correct([{ ...event, ...bytes("3") }]);
    await world.newMetric({ code: "later", eventType: "transfer", aggregation: "SUM", property: "bytes" });
    expect(await daySums()).toContain("later acme 2026-10-15 2 4 3");
  });

  test("leaves one line in the audit trail: who sent how many", async () => {
    const event = transfer("5");
    await world.record([event]);
    await world.correct([{ ...event, ...bytes("6") }]);
    const { rows } = await api.database.owner.query(
      "SELECT after FROM audit_event WHERE organization_id = $1 AND action = 'usage.recorded' ORDER BY id",
      [world.organization.id],
    );
    expect(rows.map(({ after }) => after)).toEqual([
      { recorded: 1, duplicates: 0, corrected: 0, unattributed: 0 },
      { recorded: 0, duplicates: 0, corrected: 1, unattributed: 0 },
    ]);
  });

  test("takes as many statements for a thousand events as for two", async () => {
    const events = Array.from({ length: 1_000 }, (_, index) =>
      transfer(String(index), { alias: `alias-${index % 50}`, timestamp: `2026-10-${10 + (index % 20)}T12:00:00Z` }),
    );
    await world.record(events);
    const corrected = (more: object) => events.map((event) => ({ ...event, ...more }));
    const two = await countStatements(() => world.correct(corrected(bytes("5000")).slice(0, 2)));
    const many = await countStatements(() => world.correct(corrected(bytes("6000"))));
    expect(many).toBeLessThanOrEqual(two);
    expect(two).toBeLessThan(20);
    await world.correct(corrected({ alias: "one", timestamp: "2026-10-01T12:00:00Z", ...bytes("1") }));
    expect(await daySums()).toEqual(["bytes one 2026-10-01 1000 1000 1", "peak one 2026-10-01 1000 1000 1"]);
  });
});

describe("a batch with corrections is refused", () => {
  test("where nothing is known under the id, with the place", async () => {
    const known = call();
    await world.record([known]);
    const answer = await world.record([
      call(),
      { ...known, alias: "other", isCorrection: true },
      call({ isCorrection: true, id: "nothing-there" }),
    ]);
    expect(answer).toMatchObject({ __typename: "Conflict", code: "EVENT_UNKNOWN", path: ["events", "2"] });
    expect(answer.message).toContain('"nothing-there" (events[2])');
    expect(await daySums()).toEqual(["calls acme 2026-10-15 1 1 1"]);
    expect((await history(known.id)).versions).toHaveLength(1);
  });

  test("where the event is new in the same batch: it is judged as a whole", async () => {
    const event = call();
    expect(await world.record([event, { ...event, isCorrection: true }])).toMatchObject({
      code: "EVENT_UNKNOWN",
      path: ["events", "1"],
    });
    expect(await daySums()).toEqual([]);
  });

  test("without the flag, and by two that contradict each other", async () => {
    const event = call();
    await world.record([event]);
    expect(await world.record([{ ...event, alias: "other" }])).toMatchObject({
      code: "EVENT_ID_CONFLICT",
      path: ["events", "0"],
    });
    const contradiction = ["one", "two"].map((alias) => ({ ...event, alias }));
    expect(await world.correct(contradiction)).toMatchObject({ code: "EVENT_ID_CONFLICT", path: ["events", "1"] });
    expect(await daySums()).toEqual(["calls acme 2026-10-15 1 1 1"]);
  });

  test("with all that is in the way at once", async () => {
    const [standing, voided] = [call(), call()];
    await world.record([standing, voided]);
    await world.void([voided.id]);
    const answer = await world.record([
      call(),
      { ...standing, alias: "other" },
      voided,
      call({ id: "never-sent", isCorrection: true }),
    ]);
    expect(answer).toMatchObject({ code: "EVENT_ID_CONFLICT", path: ["events", "1"] });
    expect(answer.message).toBe(
      `Known with other content: "${standing.id}" (events[1]). Send a correction to replace an event; give a new one a new id. ` +
        `Voided: "${voided.id}" (events[2]). Sent as a correction, an event is counted again. ` +
        `Not recorded, so that there is nothing to correct: "never-sent" (events[3]). Nothing of the batch was recorded.`,
    );
  });

  test("where what it says cannot be measured, and with a reason for what is no correction", async () => {
    const event = transfer("5");
    await world.record([event]);
    const wrong = [
      { ...event, ...bytes("-5") },
      { ...event, reason: " " },
    ];
    expect(problemsOf(await world.correct(wrong))).toEqual([
      "events.1.reason: TEXT_MISSING",
      "events.0.properties.bytes: PROPERTY_NEGATIVE",
    ]);
    expect(problemsOf(await world.record([call({ reason: "why not" })]))).toEqual([
      "events.0.reason: REASON_NOT_APPLICABLE",
    ]);
  });

  test("by who may only read, and the event of another organization is not known", async () => {
    const event = call();
    await world.record([event]);
    const analyst = await world.organization.as("analyst");
    const { errors } = await analyst.ask(
      "mutation ($input: RecordUsageEventsInput!) { recordUsageEvents(input: $input) { __typename } }",
      { input: { events: [{ ...event, alias: "other", isCorrection: true }] } },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    const theirs = await usageWorld(api);
    expect(await theirs.correct([{ ...event, alias: "other" }])).toMatchObject({ code: "EVENT_UNKNOWN" });
    expect(await daySums()).toEqual(["calls acme 2026-10-15 1 1 1"]);
  });
});

describe("at once", () => {
  test("two corrections of one event follow each other, and both are kept", async () => {
    const event = transfer("100");
    await world.record([event, transfer("1")]);
    const values = Array.from({ length: 8 }, (_, index) => String(2 ** (index + 1)));
    const answers = await Promise.all(values.map((value) => world.correct([{ ...event, ...bytes(value) }])));
    expect(answers.map(({ corrected }) => corrected)).toEqual(values.map(() => 1));
    const { properties, versions } = await history(event.id);
    expect(versions.map(({ revision }: Answer) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(versions.at(-1).properties).toEqual(properties);
    expect(await daySums()).toContain(`peak acme 2026-10-15 2 ${Number(properties.bytes) + 1} ${properties.bytes}`);
  });

  test("corrections, voids and new events of the same days leave exact sums", async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      transfer(String(1 + index), { alias: `a-${index % 3}`, timestamp: `2026-10-1${index % 4}T12:00:00Z` }),
    );
    await world.record(events);
    const shuffled = (some: readonly Answer[]) => [...some].sort(() => Math.random() - 0.5);
    const moved = (from: number, day: string) =>
      events
        .slice(from, from + 30)
        .map((event) => ({ ...event, timestamp: `2026-10-${day}T12:00:00Z`, isCorrection: true }));
    const answers = await Promise.all([
      world.record(shuffled([...moved(0, "11"), ...Array.from({ length: 20 }, () => transfer("7", { alias: "a-1" }))])),
      world.record(
        shuffled([...moved(15, "12"), ...Array.from({ length: 20 }, () => transfer("70", { alias: "a-2" }))]),
      ),
      world.void(shuffled(events.slice(20, 50)).map(({ id }) => id)),
      world.record(shuffled(moved(30, "10"))),
      world.record(Array.from({ length: 20 }, (_, index) => transfer("8", { alias: `a-${index % 3}` }))),
      world.newMetric({ code: "midway", eventType: "transfer", aggregation: "MAX", property: "bytes" }),
    ]);
    expect(answers.slice(0, 5).map(({ __typename }: Answer) => __typename.endsWith("Success"))).toEqual(
      Array(5).fill(true),
    );
    expect(await daySums()).toEqual(await sumsFromScratch());
  });

  /** What the events that stand add up to: all transfers, of which three metrics read the bytes. */
  async function sumsFromScratch(): Promise<string[]> {
    const { rows } = await api.database.owner.query(
      `SELECT concat_ws(' ', code, alias, occurred_on::text, count(*), trim_scale(sum(bytes)), trim_scale(max(bytes))) AS line
       FROM (SELECT alias, occurred_on, (properties ->> 'bytes')::numeric AS bytes FROM usage_event WHERE organization_id = $1) AS event,
            unnest(ARRAY['bytes', 'peak', 'midway']) AS code
       GROUP BY code, alias, occurred_on ORDER BY 1`,
      [world.organization.id],
    );
    return rows.map(({ line }) => line);
  }
});

describe("usage history", () => {
  const asApplication = (statement: string) =>
    runAs(world.organization.id, () => inTransaction(async () => await query(statement)));

  test.each([
    ["an event changes without a version of it", "UPDATE usage_event SET alias = 'x'", "23000"],
    ["an event becomes what no version says", "UPDATE usage_event SET alias = 'x' WHERE alias = 'corrected'", "23000"],
    ["an event goes without a version of it", "DELETE FROM usage_event", "23000"],
    ["a key names a version that is not there", "UPDATE usage_event_key SET revision = revision + 1", "23000"],
    ["a key is changed beside its version", "UPDATE usage_event_key SET content_hash = ''", "23000"],
    ["a key goes", "DELETE FROM usage_event_key", "42501"],
    ["a version changes", "UPDATE usage_event_version SET reason = 'x'", "42501"],
    ["a version goes", "DELETE FROM usage_event_version", "42501"],
    ["all versions go", "TRUNCATE usage_event_version", "42501"],
  ])("is not lost where %s", async (_name, statement, code) => {
    const event = transfer("5");
    await world.record([event, transfer("6")]);
    await world.correct([{ ...event, alias: "corrected" }]);
    await expect(asApplication(statement)).rejects.toMatchObject({ code });
  });

  test("stands against the owner of the tables too", async () => {
    const event = call();
    await world.record([event]);
    await world.correct([{ ...event, alias: "other" }]);
    for (const statement of [
      "UPDATE usage_event SET alias = 'x'",
      "UPDATE usage_event_version SET alias = 'x'",
      "DELETE FROM usage_event_version",
      "DELETE FROM usage_event_key",
    ]) {
      await expect(api.database.owner.query(statement)).rejects.toMatchObject({ code: "23000" });
    }
  });
});
