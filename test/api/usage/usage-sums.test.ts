import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Period, period } from "../../../server/domain/calendar/period";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { usageReadings, usageSums } from "../../../server/modules/usage";
import { runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { call, transfer, type UsageWorld, usageWorld } from "./usage-world";

let api: TestApi;
let world: UsageWorld;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  world = await usageWorld(api);
});
afterAll(() => api.stop());

const days = (startsOn: string, endsBefore: string): Period => period(plainDate(startsOn), plainDate(endsBefore));
const october = days("2026-10-01", "2026-11-01");
const inside = <T>(work: () => Promise<T>) => runAs(world.organization.id, async () => await work());
type Asked = { customerId?: string; metricId: string; period?: Period };
const sums = async (...asked: Asked[]) => {
  const questions = asked.map((question) => ({ customerId: world.customerId, period: october, ...question }));
  return (await inside(() => usageSums(questions))).map(({ count, sum, maximum }) => [
    count.toFixed(),
    sum.toFixed(),
    maximum?.toFixed() ?? null,
  ]);
};
const on = (day: string, time = "12:00:00Z") => ({ timestamp: `${day}T${time}` });

describe("what a customer used", () => {
  test("is added up over the days of a period, its last day included and the next not", async () => {
    await world.record([
      transfer("1", on("2026-09-30")),
      transfer("2", on("2026-10-01")),
      transfer("4.5", on("2026-10-31")),
      transfer("8", on("2026-11-01")),
    ]);
    const metricId = world.metrics.bytes;
    expect(await sums({ metricId })).toEqual([["2", "6.5", "4.5"]]);
    expect(await sums({ metricId, period: days("2026-10-31", "2026-11-01") })).toEqual([["1", "4.5", "4.5"]]);
  });

  test("is zero where nothing was used, for an answer to each question in its order", async () => {
    await world.record([call()]);
    const { calls, bytes } = world.metrics;
    expect(
      await sums(
        { metricId: bytes },
        { metricId: calls },
        { customerId: newId(), metricId: calls },
        { metricId: calls },
      ),
    ).toEqual([
      ["0", "0", null],
      ["1", "1", "1"],
      ["0", "0", null],
      ["1", "1", "1"],
    ]);
    expect(await inside(() => usageSums([]))).toEqual([]);
  });

  test("comes under all its aliases, each on the days of its mapping", async () => {
    const { admin, customerId } = world;
    const map = (alias: string, more: object, of = customerId) =>
      admin.done("mapCustomerAlias", "staleInvoices", { customerId: of, alias, ...more });
    const beta = await world.newCustomer("Beta Ltd");
    await map("second", {});
    await map("moves", { endsBefore: "2026-10-16" });
    await map("moves", { startsOn: "2026-10-16" }, beta);
    const daily = (alias: string) =>
      ["2026-10-14", "2026-10-15", "2026-10-16", "2026-10-17"].map((day) => call({ alias, ...on(day) }));
    await world.record([...daily("acme"), ...daily("second"), ...daily("moves")]);

    const metricId = world.metrics.calls;
    expect(await sums({ metricId }, { metricId, customerId: beta })).toEqual([
      ["10", "10", "1"],
      ["2", "2", "1"],
    ]);
    const middle = days("2026-10-15", "2026-10-17");
    expect(await sums({ metricId, period: middle }, { metricId, customerId: beta, period: middle })).toEqual([
      ["5", "5", "1"],
      ["1", "1", "1"],
    ]);
  });

  test("includes what was recorded before the alias was mapped", async () => {
    await world.record([call({ alias: "late" })]);
    const metricId = world.metrics.calls;
    expect(await sums({ metricId })).toEqual([["0", "0", null]]);
    await world.admin.done("mapCustomerAlias", "staleInvoices", { customerId: world.customerId, alias: "late" });
    expect(await sums({ metricId })).toEqual([["1", "1", "1"]]);
  });

  test("is one statement for 3,000 questions", async () => {
    await world.record([call()]);
    const question = { metricId: world.metrics.calls };
    let answers: unknown[] = [];
    const count = await countStatements(async () => {
      answers = await sums(...Array.from({ length: 3_000 }, () => question));
    });
    expect(count).toBeLessThanOrEqual(2);
    expect(answers).toHaveLength(3_000);
    expect(new Set(answers.map(String))).toEqual(new Set(["1,1,1"]));
  });

  test("is nothing for another organization", async () => {
    await world.record([call()]);
    const theirs = await api.organization();
    const asked = [{ customerId: world.customerId, metricId: world.metrics.calls, period: october }];
    const [answer] = await runAs(theirs.id, async () => await usageSums(asked));
    expect(answer?.count.toFixed()).toBe("0");
  });
});

describe("readings for the engine", () => {
  const wanted = (metricId: string, id = world.customerId) => ({
    customers: [{ id, name: "Acme Ltd" }],
    metricId,
    period: october,
    isByEvent: false,
    isGrouped: false,
  });
  const read = (metricId: string, isByEvent = false) =>
    inside(() => usageReadings([{ ...wanted(metricId), isByEvent }]));

  test("measure what the metric says", async () => {
    await world.record([call(), call(), transfer("1.5"), transfer("2.5")]);
    const { calls, bytes, peak } = world.metrics;
    const readings = await inside(() => usageReadings([calls, bytes, peak].map((metricId) => wanted(metricId))));
    expect(readings.map(({ metricId, quantity, events }) => [metricId, quantity.toFixed(), events.toFixed()])).toEqual([
      [calls, "2", "2"],
      [bytes, "4", "2"],
      [peak, "2.5", "2"],
    ]);
    expect(readings.map(({ period: asked }) => asked)).toEqual([october, october, october]);
    expect(readings[0]).not.toHaveProperty("eventAmounts");
  });

  test("carry single events in the order of their occurrence where they are wanted", async () => {
    await world.record([
      transfer("3", on("2026-10-20")),
      transfer("1", on("2026-10-02", "08:00:00Z")),
      transfer("2", on("2026-10-02", "09:00:00Z")),
      transfer("9", on("2026-11-01")),
      transfer("7", { alias: "nobody" }),
      call(),
    ]);
    const [reading] = await read(world.metrics.bytes, true);
    expect(reading?.eventAmounts?.map(({ amount, count }) => [amount.toFixed(), count.toFixed()])).toEqual([
      ["1", "1"],
      ["2", "1"],
      ["3", "1"],
    ]);
    expect(reading?.quantity.toFixed()).toBe("6");
    expect((await read(world.metrics.calls, true))[0]?.eventAmounts).toHaveLength(1);
  });

  test("answer each question with its own events", async () => {
    await world.record([transfer("1"), transfer("2", { alias: "beta" })]);
    const beta = await world.newCustomer("Beta Ltd", "beta");
    const questions = [world.customerId, beta].flatMap((customerId) =>
      [false, true].map((isByEvent) => ({ ...wanted(world.metrics.bytes, customerId), isByEvent })),
    );
    const readings = await inside(() => usageReadings(questions));
    expect(readings.map(({ eventAmounts }) => eventAmounts?.map(({ amount }) => amount.toFixed()))).toEqual([
      undefined,
      ["1"],
      undefined,
      ["2"],
    ]);
  });

  test("of several customers have all their events in the order of their occurrence", async () => {
    const beta = await world.newCustomer("Beta Ltd", "beta");
    await world.record([
      transfer("3", on("2026-10-20")),
      transfer("2", { ...on("2026-10-10"), alias: "beta" }),
      transfer("1", on("2026-10-02")),
      transfer("4", { ...on("2026-10-30"), alias: "beta" }),
    ]);
    const customers = [
      { id: beta, name: "Beta Ltd" },
      { id: world.customerId, name: "Acme Ltd" },
      { id: newId(), name: "Nothing Ltd" },
    ];
    const [reading] = await inside(() =>
      usageReadings([{ ...wanted(world.metrics.bytes), customers, isByEvent: true }]),
    );
    expect(reading?.eventAmounts?.map(({ amount }) => amount.toFixed())).toEqual(["1", "2", "3", "4"]);
    expect(reading?.quantity.toFixed()).toBe("10");
    expect(reading?.breakdown?.map(({ name, quantity }) => `${name}: ${quantity}`)).toEqual([
      "Acme Ltd: 4",
      "Beta Ltd: 6",
    ]);
  });

  test("are as many statements for 300 questions as for one of each kind", async () => {
    const metrics = await Promise.all(
      ["UNIQUE", "LATEST", "WEIGHTED_SUM"].map((aggregation) =>
        world.newMetric({
          code: aggregation,
          eventType: "transfer",
          aggregation,
          property: "bytes",
          groupBy: ["region"],
        }),
      ),
    );
    await world.record([transfer("1", { properties: { bytes: "1", region: "eu" } })]);
    const customers = [
      { id: world.customerId, name: "Acme Ltd" },
      { id: await world.newCustomer("Beta Ltd", "beta"), name: "Beta Ltd" },
    ];
    const kinds = [...metrics, ...Object.values(world.metrics)].map((metricId) => ({
      ...wanted(metricId),
      customers,
      isByEvent: true,
      isGrouped: true,
    }));
    const few = await countStatements(() => inside(() => usageReadings(kinds)));
    const many = await countStatements(() =>
      inside(() => usageReadings(Array.from({ length: 50 }, () => kinds).flat())),
    );
    expect(many).toBe(few);
    expect(few).toBeLessThanOrEqual(8);
  });

  test("of a metric that does not exist are a bug, not zero", async () => {
    await expect(read(newId())).rejects.toThrow("there is no usage metric");
  });
});
