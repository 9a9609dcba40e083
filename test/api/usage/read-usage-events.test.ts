import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { call, transfer, type UsageWorld, usageWorld } from "./usage-world";

const DAYS = { startsOn: "2026-10-01", endsBefore: "2026-11-01" };
const event = (id: string, day: string, more: object = {}) => ({
  ...call(),
  id,
  timestamp: `2026-${day}T12:00:00Z`,
  ...more,
});

let api: TestApi;
let world: UsageWorld;
beforeAll(async () => {
  api = await startTestApi();
  world = await usageWorld(api);
  const metric = { eventType: "call", aggregation: "COUNT" };
  const filters = [{ property: "region", values: ["eu"] }];
  euMetricId = await world.newMetric({ ...metric, code: "eu", filters });
  await world.record([
    event("b", "10-02"),
    event("a", "10-02", { alias: "other" }),
    event("c", "10-31", { properties: { region: "eu" } }),
    event("d", "10-10", { type: "transfer", properties: { bytes: "3" } }),
    event("september", "09-30"),
    event("november", "11-01"),
    event("gone", "10-05"),
    event("moved", "10-30"),
  ]);
  await world.void(["gone"]);
  await world.correct([event("moved", "10-03", { properties: { region: "eu" } })]);
});
afterAll(() => api.stop());
let euMetricId: string;

const list = async (filter: object = {}, page: object = {}, client: Client = world.admin): Promise<Answer> =>
  (
    await client.data(
      `query ($filter: UsageEventFilterInput!, $first: Int! = 200, $after: String) { usageEvents(filter: $filter, first: $first, after: $after) {
         nodes { id alias type occurredOn revision isVoided versions { revision } } pageInfo { hasNextPage endCursor } } }`,
      { filter: { ...DAYS, ...filter }, ...page },
    )
  ).usageEvents;
const ids = async (filter?: object): Promise<string[]> => (await list(filter)).nodes.map(({ id }: Answer) => id);

describe("events", () => {
  test("are listed by their day and id, as they stand, without those that were voided", async () => {
    const { nodes } = await list();
    expect(
      nodes.map(
        ({ occurredOn, id, revision, versions }: Answer) => `${occurredOn} ${id} ${revision} ${versions.length}`,
      ),
    ).toEqual(["2026-10-02 a 1 1", "2026-10-02 b 1 1", "2026-10-03 moved 2 2", "2026-10-10 d 1 1", "2026-10-31 c 1 1"]);
  });

  test.each([
    [{ alias: "other" }, ["a"]],
    [{ alias: "acme", type: "call" }, ["b", "moved", "c"]],
    [{ type: "transfer" }, ["d"]],
    [{ startsOn: "2026-10-03", endsBefore: "2026-10-31" }, ["moved", "d"]],
    [{ alias: "stranger" }, []],
    [{ metricId: newId() }, []],
    [{ metricId: "none" }, []],
  ])("are narrowed by %j", async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test("are narrowed by the metric that counts them", async () => {
    expect(await ids({ metricId: world.metrics.bytes })).toEqual(["d"]);
    expect(await ids({ metricId: world.metrics.calls })).toEqual(["a", "b", "moved", "c"]);
    expect(await ids({ metricId: euMetricId, alias: "acme" })).toEqual(["moved", "c"]);
  });

  test("are read in pages without a gap or a double", async () => {
    for (const filter of [{}, { metricId: world.metrics.calls }]) {
      const read: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await list(filter, { first: 2, after });
        read.push(...page.nodes.map(({ id }: Answer) => id));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(read).toEqual(await ids(filter));
    }
  });

  test.each([
    ["nonsense", "x"],
    ["the cursor of another list", Buffer.from('["a","b"]').toString("base64url")],
  ])("after %s are refused", async (_name, after) => {
    const { errors } = await world.admin.ask(
      `query ($filter: UsageEventFilterInput!, $after: String) { usageEvents(filter: $filter, after: $after) { nodes { id } } }`,
      { filter: DAYS, after },
    );
    expect(errors?.[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  test("take as many statements with their versions for many as for two", async () => {
    const many = await usageWorld(api);
    const events = Array.from({ length: 100 }, () => transfer("1"));
    await many.record(events);
    await many.correct(events.slice(0, 50).map((each) => ({ ...each, alias: "other" })));
    const read = (first: number) => () => list({}, { first }, many.admin);
    await read(2)();
    expect(await countStatements(read(100))).toBe(await countStatements(read(2)));
  });
});

describe("an event", () => {
  const find = async (client: Client, id: string): Promise<Answer> =>
    (
      await client.data(
        "query ($id: String!) { usageEvent(id: $id) { id isVoided properties versions { revision isVoided recordedAt recordedBy reason } } }",
        { id },
      )
    ).usageEvent;

  test("that never changed is its only version", async () => {
    expect(await find(world.admin, "c")).toEqual({
      id: "c",
      isVoided: false,
      properties: { region: "eu" },
      versions: [
        { revision: 1, isVoided: false, recordedAt: expect.any(String), recordedBy: "test admin", reason: null },
      ],
    });
  });

  test("that was voided can still be found", async () => {
    expect(await find(world.admin, "gone")).toMatchObject({
      isVoided: true,
      versions: [{ revision: 1 }, { revision: 2, isVoided: true, reason: "sent twice" }],
    });
  });

  test("of nobody and of another organization is not there", async () => {
    const theirs = await usageWorld(api);
    expect(await find(world.admin, "unknown")).toBeNull();
    expect(await find(theirs.admin, "moved")).toBeNull();
    expect(await list({}, {}, theirs.admin)).toMatchObject({ nodes: [] });
  });

  test("is for everybody who may read, and for nobody else", async () => {
    expect(await find(await world.organization.as("analyst"), "b")).toMatchObject({ id: "b" });
    const { errors } = await api.client(null).ask('{ usageEvent(id: "b") { id } }');
    expect(errors?.[0].extensions.code).toBe("UNAUTHENTICATED");
  });
});
