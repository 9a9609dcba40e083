import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { creditWorld } from "../credit/credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const leakage = async (client: Client, month = "2026-10"): Promise<Answer> =>
  (
    await client.data(
      `query ($month: PlainMonth!) { leakageReport(month: $month) {
         unbilledUsage { customer { legalName } metric { code } firstOn lastOn eventCount quantity estimatedValue { amount currency } }
         pastDiscounts { contract { name } description discount percent fixed termEndedBefore }
         termsEnding { contract { name } endsBefore renewalMonths noticeBy } } }`,
      { month },
    )
  ).leakageReport;

describe("usage that no contract bills", () => {
  it("is told by customer and metric, with what it would be worth", async () => {
    const world = await creditWorld(api);
    const billed = await world.newCustomer("billed");
    await world.newContract(billed, [world.prices.api]);
    const platformOnly = await world.newCustomer("platform only");
    await world.newContract(platformOnly, [world.prices.platform]);
    await world.newCustomer("no contract");
    for (const alias of ["billed", "platform only", "no contract"]) await world.use(alias, "2026-10-05", 100);
    await world.use("no contract", "2026-10-20", 20);
    await world.use("no contract", "2026-11-01", 7);

    const { unbilledUsage } = await leakage(world.finance);
    expect(unbilledUsage.toSorted((a: Answer, b: Answer) => (a.quantity < b.quantity ? -1 : 1))).toEqual([
      {
        customer: { legalName: "platform only" },
        metric: { code: "calls" },
        firstOn: "2026-10-05",
        lastOn: "2026-10-05",
        eventCount: 1,
        quantity: "100",
        estimatedValue: { amount: "10.00", currency: "GBP" },
      },
      {
        customer: { legalName: "no contract" },
        metric: { code: "calls" },
        firstOn: "2026-10-05",
        lastOn: "2026-10-20",
        eventCount: 2,
        quantity: "120",
        estimatedValue: { amount: "12.00", currency: "GBP" },
      },
    ]);
  });

  it("is that of the days before and after the contract, and none where a parent counts it", async () => {
    const world = await creditWorld(api);
    const ended = await world.newCustomer("ended");
    await world.newContract(ended, [world.prices.api], { endsBefore: "2026-10-16" });
    await world.use("ended", "2026-10-15", 1);
    await world.use("ended", "2026-10-16", 2);
    const parent = await world.newCustomer("parent");
    await world.newContract(parent, [world.prices.api], { rollsUpUsage: true });
    const child = await world.newCustomer("child");
    const { customer } = await world.finance.data("query ($id: ID!) { customer(id: $id) { version } }", { id: child });
    await world.finance.done("updateCustomer", "customer { id }", {
      id: child,
      version: customer.version,
      parentCustomerId: parent,
    });
    await world.use("child", "2026-10-10", 50);
    expect((await leakage(world.finance)).unbilledUsage).toMatchObject([
      { customer: { legalName: "ended" }, quantity: "2", firstOn: "2026-10-16" },
    ]);
  });

  it("costs as many statements for many customers as for one", async () => {
    const world = await creditWorld(api);
    await world.newContract(await world.newCustomer("billed"), [world.prices.api]);
    const oneMore = async (name: string) => {
      await world.newCustomer(name);
      await world.use(name, "2026-10-05", 1);
    };
    await oneMore("first");
    await leakage(world.finance);
    const one = await countStatements(() => leakage(world.finance));
    for (const name of ["second", "third", "fourth"]) await oneMore(name);
    expect((await leakage(world.finance)).unbilledUsage).toHaveLength(4);
    expect(await countStatements(() => leakage(world.finance))).toBe(one);
  });
});

describe("terms", () => {
  it("that end within three months are told, with the last day for notice", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const contract = (name: string, endsBefore: string, more: object = {}) =>
      world.newContract(acme, [world.prices.platform], { name, endsBefore, ...more });
    await contract("ends with the month", "2026-11-01");
    await contract("renews", "2027-01-01", { renewal: { months: 12, noticeDays: 30 } });
    await contract("ends later", "2027-02-01");
    expect((await leakage(world.finance)).termsEnding).toEqual([
      { contract: { name: "ends with the month" }, endsBefore: "2026-11-01", renewalMonths: null, noticeBy: null },
      { contract: { name: "renews" }, endsBefore: "2027-01-01", renewalMonths: 12, noticeBy: "2026-12-01" },
    ]);
  });

  it("that were renewed with a discount of the first one are told, until the discount ends", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    const discounted = async (name: string, discount: object) => {
      const id = await world.newContract(acme, [], {
        name,
        startsOn: "2025-10-01",
        endsBefore: "2026-10-01",
        renewal: { months: 12 },
        phases: [
          {
            startsOn: "2025-10-01",
            charges: [{ priceId: world.prices.platform, discounts: [{ description: "Welcome", ...discount }] }],
          },
        ],
      });
      const { contract } = await world.finance.data("query ($id: ID!) { contract(id: $id) { version } }", { id });
      await world.finance.done("renewContract", "contract { id }", { id, version: contract.version });
    };
    await discounted("for ever", { percent: "10" });
    await discounted("for the first year", { percent: "10", endsBefore: "2026-10-01" });
    expect((await leakage(world.finance)).pastDiscounts).toEqual([
      {
        contract: { name: "for ever" },
        description: "Platform",
        discount: "Welcome",
        percent: "10",
        fixed: null,
        termEndedBefore: "2026-10-01",
      },
    ]);
    expect((await leakage(world.finance, "2026-09")).pastDiscounts).toEqual([]);
  });
});
