import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { similarAliases } from "../../../server/modules/usage/similar-aliases";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
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

const QUERY = `query ($month: PlainMonth!) { unattributedUsage(month: $month) { totalEstimated { amount currency }
  rows { alias firstOn lastOn eventCount similarAliases metrics { metric quantity estimatedValue { amount currency } } } } }`;
const unattributed = async (month = "2026-10"): Promise<Answer> =>
  (await world.admin.data(QUERY, { month })).unattributedUsage;

/** An active contract with a new customer that bills calls at a price; answers the price. */
async function bill(
  terms: object,
  more: { readonly currency?: string; readonly contracts?: number; readonly price?: object } = {},
) {
  const { currency = "GBP", contracts = 1 } = more;
  const { admin } = world;
  const code = `P-${Math.random()}`;
  const { product } = await admin.done("createProduct", "product { id }", { code, name: "Calls", taxCode: "standard" });
  const { price } = await admin.done("createPrice", "price { id }", {
    productId: product.id,
    name: "Calls",
    currency,
    terms,
    metricId: world.metrics.calls,
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-01-01",
    ...more.price,
  });
  for (let index = 0; index < contracts; index++) {
    const customerId = await world.newCustomer(`Billed ${code} ${index}`);
    const { contract } = await admin.done("createContract", "contract { id version }", {
      customerId,
      name: "Calls",
      currency,
      startsOn: "2026-01-01",
      endsBefore: "2027-01-01",
      phases: [{ startsOn: "2026-01-01", charges: [{ priceId: price.id }] }],
    });
    await admin.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
  }
}

describe("usage that nobody claims", () => {
  test("is listed by alias with its days, its metrics and what it may be a slip of", async () => {
    await world.record([
      call(),
      call({ alias: "ACME", timestamp: "2026-10-03T12:00:00Z" }),
      call({ alias: "ACME", timestamp: "2026-10-20T12:00:00Z" }),
      transfer("1.5", { alias: "ACME" }),
      call({ alias: "stranger", type: "unmeasured" }),
      call({ alias: "september", timestamp: "2026-09-30T12:00:00Z" }),
    ]);

    expect(await unattributed()).toEqual({
      totalEstimated: [],
      rows: [
        {
          alias: "ACME",
          firstOn: "2026-10-03",
          lastOn: "2026-10-20",
          eventCount: 3,
          similarAliases: ["acme"],
          metrics: [
            { metric: "bytes", quantity: "1.5", estimatedValue: null },
            { metric: "calls", quantity: "2", estimatedValue: null },
            { metric: "peak", quantity: "1.5", estimatedValue: null },
          ],
        },
        {
          alias: "stranger",
          firstOn: "2026-10-15",
          lastOn: "2026-10-15",
          eventCount: 1,
          similarAliases: [],
          metrics: [],
        },
      ],
    });
    expect((await unattributed("2026-09")).rows).toMatchObject([{ alias: "september" }]);
    expect((await unattributed("2026-08")).rows).toEqual([]);
  });

  test("is only what lies on the days on which the alias is nobody's", async () => {
    await world.admin.done("mapCustomerAlias", "staleInvoices", {
      customerId: world.customerId,
      alias: "half",
      startsOn: "2026-10-16",
    });
    await world.record(
      ["2026-10-14", "2026-10-15", "2026-10-16"].map((day) => call({ alias: "half", timestamp: `${day}T12:00:00Z` })),
    );
    expect((await unattributed()).rows).toMatchObject([
      { alias: "half", firstOn: "2026-10-14", lastOn: "2026-10-15", eventCount: 2, metrics: [{ quantity: "2" }] },
    ]);
  });

  test("is gone once the alias is mapped", async () => {
    await world.record([call({ alias: "ACME-EU" })]);
    expect((await unattributed()).rows).toHaveLength(1);
    await world.admin.done("mapCustomerAlias", "staleInvoices", { customerId: world.customerId, alias: "ACME-EU" });
    expect((await unattributed()).rows).toEqual([]);
  });

  test("is worth what most active contracts in the base currency would pay", async () => {
    await world.record([
      ...Array.from({ length: 30 }, () => call({ alias: "one" })),
      ...Array.from({ length: 10 }, () => call({ alias: "two" })),
    ]);
    await bill({ perUnit: { unitPrice: "9" } });
    await bill({ graduated: { tiers: [{ upTo: "20", unitPrice: "0.10" }, { unitPrice: "0.055" }] } }, { contracts: 2 });
    await bill({ perUnit: { unitPrice: "5" } }, { currency: "USD", contracts: 3 });

    const { rows, totalEstimated } = await unattributed();
    expect(rows.map(({ metrics }: Answer) => metrics[0].estimatedValue)).toEqual([
      { amount: "2.55", currency: "GBP" },
      { amount: "1.00", currency: "GBP" },
    ]);
    expect(totalEstimated).toEqual([{ amount: "3.55", currency: "GBP" }]);
  });

  test("is worth what its groups cost where the price has dimensions", async () => {
    const metricId = await world.newMetric({
      code: "regional",
      eventType: "call",
      aggregation: "COUNT",
      groupBy: ["region", "tier"],
    });
    const rows = [
      { values: ["eu", "gold"], unitPrice: "3" },
      { values: ["us", "gold"], unitPrice: "5" },
    ];
    const matrix = { dimensions: ["region", "tier"], rows, defaultUnitPrice: "1" };
    await bill({ matrix }, { price: { metricId } });
    const from = (region: unknown) => call({ alias: "one", properties: { region, tier: "gold" } });
    await world.record([from("eu"), from("eu"), from("us"), from("asia"), call({ alias: "one" })]);
    await world.record([{ ...from("eu"), alias: "acme" }]);
    const { rows: listed, totalEstimated } = await unattributed();
    expect(listed[0].metrics.find(({ metric }: Answer) => metric === "regional")).toEqual({
      metric: "regional",
      quantity: "5",
      estimatedValue: { amount: "13.00", currency: "GBP" },
    });
    expect(totalEstimated).toEqual([{ amount: "13.00", currency: "GBP" }]);
  });

  test("is measured by group and as a whole where single events are looked at", async () => {
    const metricId = await world.newMetric({
      code: "users",
      eventType: "call",
      aggregation: "UNIQUE",
      property: "user",
      groupBy: ["region"],
    });
    const matrix = { dimensions: ["region"], rows: [{ values: ["eu"], unitPrice: "3" }], defaultUnitPrice: "1" };
    await bill({ matrix }, { price: { metricId } });
    const by = (user: string, region: string) => call({ alias: "one", properties: { user, region } });
    await world.record([by("ann", "eu"), by("ann", "us"), by("bob", "us"), by("bob", "us")]);
    const { rows } = await unattributed();
    expect(rows[0].metrics.find(({ metric }: Answer) => metric === "users")).toEqual({
      metric: "users",
      quantity: "2",
      estimatedValue: { amount: "5.00", currency: "GBP" },
    });
  });

  test("has no value where only contracts in other currencies bill it", async () => {
    await world.record([call({ alias: "one" })]);
    await bill({ perUnit: { unitPrice: "5" } }, { currency: "USD" });
    expect(await unattributed()).toMatchObject({ totalEstimated: [], rows: [{ metrics: [{ estimatedValue: null }] }] });
  });

  test("takes as many statements for 40 aliases as for 2", async () => {
    await bill({ perUnit: { unitPrice: "1" } });
    await world.record([call({ alias: "a" }), call({ alias: "b" })]);
    await unattributed();
    const few = await countStatements(unattributed);
    await world.record(Array.from({ length: 40 }, (_, index) => call({ alias: `alias ${index}` })));
    expect(await countStatements(unattributed)).toBe(few);
    expect(few).toBeLessThan(12);
  });

  test("of another organization is not seen", async () => {
    const theirs = await usageWorld(api);
    await theirs.record([call({ alias: "theirs" })]);
    expect((await unattributed()).rows).toEqual([]);
  });

  test("of a month that is none is refused with its place", async () => {
    const { errors } = await world.admin.ask(QUERY, { month: "2026-13" });
    expect(errors?.[0].message).toContain("2026-13");
  });
});

describe("similar aliases", () => {
  const known = ["acme", "acme-eu", "acme_us", "globex", "northwind-freight", "x1", "über-gmbh"];
  test.each([
    ["ACME-EU", ["acme-eu"]],
    ["acme eu", ["acme-eu"]],
    ["nortwind-freight", ["northwind-freight"]],
    ["northwindfrieght", ["northwind-freight"]],
    ["glob", []],
    ["globexx", ["globex"]],
    ["x2", []],
    ["uber gmbh", ["über-gmbh"]],
    ["---", []],
  ])("of %s are %j", (unknown, expected) => {
    expect(similarAliases(unknown, known)).toEqual(expected);
  });
});
