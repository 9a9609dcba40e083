import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
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
const versions = async (id: string): Promise<Answer> =>
  (
    await world.admin.data(
      `query ($id: String!) { usageEvent(id: $id) { alias isVoided revision versions { revision alias isVoided reason recordedBy } } }`,
      { id },
    )
  ).usageEvent;

describe("a void", () => {
  test("takes events out of the sums, and days with none left are gone", async () => {
    const [high, low, alone] = [transfer("9"), transfer("2"), transfer("5", { alias: "other" })];
    await world.record([high, low, alone]);
    expect(await world.void([high.id, alone.id])).toEqual({
      __typename: "VoidUsageEventsSuccess",
      voided: 2,
      alreadyVoided: 0,
    });
    expect(await daySums()).toEqual(["bytes acme 2026-10-15 1 2 2", "peak acme 2026-10-15 1 2 2"]);
  });

  test("keeps what the event was, who took it out and why", async () => {
    const event = call();
    await world.record([event]);
    await world.void([event.id], { reason: "a load test" });
    expect(await versions(event.id)).toEqual({
      alias: "acme",
      isVoided: true,
      revision: 2,
      versions: [
        { revision: 1, alias: "acme", isVoided: false, reason: null, recordedBy: "test admin" },
        { revision: 2, alias: "acme", isVoided: true, reason: "a load test", recordedBy: "test admin" },
      ],
    });
  });

  test("stands until the event is sent as a correction", async () => {
    const event = transfer("9");
    await world.record([event, transfer("1")]);
    const before = await daySums();
    await world.void([event.id]);
    expect(await world.record([event])).toMatchObject({
      __typename: "Conflict",
      code: "EVENT_VOIDED",
      path: ["events", "0"],
    });
    expect(await world.record([{ ...event, alias: "other" }])).toMatchObject({ code: "EVENT_VOIDED" });
    expect(await world.correct([event])).toMatchObject({ corrected: 1, duplicates: 0 });
    expect(await daySums()).toEqual(before);
    expect(await world.record([event])).toMatchObject({ duplicates: 1 });
    expect((await versions(event.id)).versions.map(({ isVoided }: Answer) => isVoided)).toEqual([false, true, false]);
  });

  test("may be followed by other content, on another day and month", async () => {
    const event = transfer("9");
    await world.record([event]);
    await world.void([event.id]);
    await world.correct([{ ...event, alias: "other", timestamp: "2026-08-31T12:00:00Z" }]);
    expect(await daySums()).toEqual(["bytes other 2026-08-31 1 9 9", "peak other 2026-08-31 1 9 9"]);
    await world.void([event.id]);
    expect(await daySums()).toEqual([]);
  });

  test("of what is voided already changes nothing, and an id that comes twice is one", async () => {
    const [first, second] = [call(), call()];
    await world.record([first, second]);
    await world.void([first.id]);
    expect(await world.void([first.id, second.id, second.id])).toMatchObject({ voided: 1, alreadyVoided: 1 });
    expect((await versions(first.id)).versions).toHaveLength(2);
  });

  test("happens once for its idempotency key, also after the event came back", async () => {
    const event = call();
    await world.record([event]);
    const idempotencyKey = newId();
    await world.void([event.id], { idempotencyKey });
    await world.correct([event]);
    expect(await world.void([event.id], { idempotencyKey })).toMatchObject({ voided: 1 });
    expect(await daySums()).toEqual(["calls acme 2026-10-15 1 1 1"]);
    expect(await world.void([event.id], { idempotencyKey, reason: "another" })).toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  });

  test("is refused as a whole where an id is not known, with its place", async () => {
    const event = call();
    await world.record([event]);
    const answer = await world.void([event.id, "nobody", "nothing"]);
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual(["eventIds.1: EVENT_UNKNOWN", "eventIds.2: EVENT_UNKNOWN"]);
    expect(await daySums()).toEqual(["calls acme 2026-10-15 1 1 1"]);
  });

  test("is refused without events, with too many, and without a reason", async () => {
    expect(await world.void([])).toMatchObject({ code: "BATCH_EMPTY" });
    expect(await world.void(Array(1_001).fill("x"))).toMatchObject({ code: "BATCH_TOO_LARGE" });
    expect(problemsOf(await world.void(["x", ""], { reason: "" }))).toEqual([
      "reason: TEXT_MISSING",
      "eventIds.1: TEXT_MISSING",
    ]);
  });

  test("is not for who may only read, nor for the events of others", async () => {
    const event = call();
    await world.record([event]);
    const analyst = await world.organization.as("analyst");
    const { errors } = await analyst.ask(
      "mutation ($input: VoidUsageEventsInput!) { voidUsageEvents(input: $input) { __typename } }",
      { input: { eventIds: [event.id], reason: "no", idempotencyKey: newId() } },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    const theirs = await usageWorld(api);
    expect(problemsOf(await theirs.void([event.id]))).toEqual(["eventIds.0: EVENT_UNKNOWN"]);
  });

  test("takes as many statements for a thousand events as for two", async () => {
    const events = Array.from({ length: 1_002 }, (_, index) =>
      transfer(String(index), { alias: `alias-${index % 50}` }),
    );
    await world.record(events.slice(0, 502));
    await world.record(events.slice(502));
    const ids = events.map(({ id }) => id);
    const two = await countStatements(() => world.void(ids.slice(0, 2)));
    expect(await countStatements(() => world.void(ids.slice(2)))).toBeLessThanOrEqual(two);
    expect(await daySums()).toEqual([]);
  });
});
