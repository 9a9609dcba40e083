import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { linesInShort } from "../credit/credit-world";
import { codesOf, inShort, lateWorld, messagesOf } from "./late-usage-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const waitingInShort = ({ nodes }: Answer): string[] =>
  nodes.map(({ state, description, amount }: Answer) => `${state} ${description} ${amount.amount}`);

describe("late usage of a contract that bills it with the next invoice", () => {
  it("waits for it where people can see it, and is billed once", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await world.use("acme", "2026-10-20", 50);
    const drafted = await world.draft();
    expect(codesOf(drafted)).toEqual(["ADJUSTMENTS_WAIT"]);
    expect(messagesOf(drafted)).toEqual(["Nothing has fallen due; one adjustment waits for the next invoice."]);
    const waiting = await world.late();
    expect(waiting.nodes).toMatchObject([
      {
        state: "WAITING",
        description: "Adjustment for 1–31 Oct 2026: API calls",
        amount: { amount: "5.00", currency: "GBP" },
        noticedAt: "2026-11-03T09:00:00.000Z",
        servicePeriod: { startsOn: "2026-10-01", lastDay: "2026-10-31" },
        contract: { id: world.contractId },
      },
    ]);
    expect(waiting.totals).toEqual([{ state: "WAITING", count: 1, amount: { amount: "5.00", currency: "GBP" } }]);

    await world.use("acme", "2026-10-21", 10);
    await world.draft();
    expect((await world.late()).nodes).toMatchObject([{ id: waiting.nodes[0].id, amount: { amount: "6.00" } }]);

    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 100);
    await world.draft();
    const [, november] = await world.documents();
    expect(linesInShort(november)).toEqual(["charge 10.00 + 2.00", "adjustment 6.00 + 1.20"]);
    expect((await world.late()).nodes).toEqual([]);
    await world.finalize();
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("waits with the cap that it brings, and keeps both on a draft of its own from day to day", async () => {
    const capped = (endsBefore: string | null) =>
      lateWorld(api, "NEXT_INVOICE", {
        terms: ({ products }) => ({
          endsBefore,
          maximums: [
            {
              description: "Agreed",
              amount: { amount: "102.00", currency: "GBP" },
              cadence: "MONTHLY",
              productId: products.api,
            },
          ],
        }),
      });
    const open = await capped(null);
    await open.use("acme", "2026-10-20", 50);
    await open.draft();
    expect((await open.late()).totals).toMatchObject([{ count: 2, amount: { amount: "2.00" } }]);
    await open.setClock("2026-12-01T09:00:00Z");
    await open.draft();
    const next = await open.find("INVOICE", "DRAFT");
    expect([next.net.amount, (await open.late()).nodes]).toEqual(["2.00", []]);
    await open.finalize();
    expect(codesOf(await open.draft())).toEqual(["NOTHING_DUE"]);

    const ended = await capped("2026-11-01");
    await ended.use("acme", "2026-10-20", 50);
    await ended.draft();
    const own = await ended.find("INVOICE", "DRAFT");
    expect(own.net.amount).toBe("2.00");
    await ended.setClock("2026-11-10T09:00:00Z");
    expect(codesOf(await ended.draft())).toEqual(["UNCHANGED"]);
    expect(await ended.find("INVOICE", "DRAFT")).toEqual(own);
    await ended.finalize();
    expect(codesOf(await ended.draft())).toEqual(["NOTHING_DUE"]);
  });

  it("vanishes when it is taken back while it waits", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    await world.use("acme", "2026-10-21", -50);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
    expect((await world.late()).nodes).toEqual([]);
  });

  it("gets a draft of its own where no invoice falls due within 31 days", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE", { terms: () => ({ endsBefore: "2026-11-01" }) });
    await world.use("acme", "2026-10-20", 50);
    expect(codesOf(await world.draft())).toEqual(["DRAFTED"]);
    const draft = await world.find("INVOICE", "DRAFT");
    expect(linesInShort(draft)).toEqual(["adjustment 5.00 + 1.00"]);
    expect((await world.late()).nodes).toEqual([]);
    expect(codesOf(await world.finalize())).toEqual(["FINALIZED"]);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
  });
});

describe("late usage of a contract that ignores it", () => {
  it("is reported and never billed, however often it is calculated", async () => {
    const world = await lateWorld(api, "IGNORE_WITH_REPORT");
    await world.use("acme", "2026-10-20", 50);
    expect(codesOf(await world.draft())).toEqual(["NOTHING_DUE"]);
    const report = ["IGNORED Adjustment for 1–31 Oct 2026: API calls 5.00"];
    expect(waitingInShort(await world.late())).toEqual(report);

    await world.setClock("2026-12-01T09:00:00Z");
    await world.use("acme", "2026-11-15", 100);
    await world.draft();
    await world.finalize();
    await world.setClock("2027-01-02T09:00:00Z");
    await world.draft();
    await world.finalize();
    expect((await world.documents()).map(inShort)).toEqual([
      "INVOICE FINALIZED 100.00 + 20.00",
      "INVOICE FINALIZED 10.00 + 2.00",
      "INVOICE FINALIZED 0.00 + 0.00",
    ]);
    // The report stays, although no calculation looks back as far any more.
    expect(waitingInShort(await world.late())).toEqual(report);
  });

  it("is looked at no more once it is reported", async () => {
    const world = await lateWorld(api, "IGNORE_WITH_REPORT");
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    const { rows } = await api.database.owner.query(
      "SELECT changed_from_on FROM billing_schedule WHERE contract_id = $1",
      [world.contractId],
    );
    expect(rows).toEqual([{ changed_from_on: null }]);
  });

  it("has its report follow the usage, and end with it", async () => {
    const world = await lateWorld(api, "IGNORE_WITH_REPORT");
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    await world.finalize();
    await world.use("acme", "2026-10-21", 10);
    await world.draft();
    expect(waitingInShort(await world.late())).toEqual(["IGNORED Adjustment for 1–31 Oct 2026: API calls 6.00"]);
    await world.use("acme", "2026-10-22", -60);
    await world.draft();
    expect((await world.late()).nodes).toEqual([]);
  });

  it("does not keep a back-dated amendment from being billed, at the usage that was billed", async () => {
    const world = await lateWorld(api, "IGNORE_WITH_REPORT");
    await world.use("acme", "2026-10-20", 50);
    const { contract } = await world.finance.data(
      `query ($id: ID!) { contract(id: $id) { version schedule { phases { charges { lineageId } } } } }`,
      { id: world.contractId },
    );
    const { lineageId } = contract.schedule.phases[0].charges[0];
    const { price } = await world.finance.done("createPrice", "price { id }", {
      productId: world.products.api,
      name: "API calls",
      lineageId,
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ARREARS",
      effectiveOn: "2026-10-01",
      metricId: (await world.finance.data("{ usageMetrics { id } }")).usageMetrics[0].id,
      terms: { perUnit: { unitPrice: "0.15" } },
    });
    await world.finance.done("amendContract", "contract { id }", {
      id: world.contractId,
      version: contract.version,
      effectiveOn: "2026-10-01",
      unusedTime: "CREDIT",
      reason: "Agreed late",
      changes: [{ changePrice: { lineageId, priceId: price.id } }],
    });
    await world.draft();
    expect(waitingInShort(await world.late())).toEqual(
      expect.arrayContaining([
        "WAITING Adjustment for 1–31 Oct 2026: API calls 50.00",
        "IGNORED Adjustment for 1–31 Oct 2026: API calls 7.50",
      ]),
    );
    await world.setClock("2026-12-01T09:00:00Z");
    await world.draft();
    const [, november] = await world.documents();
    expect(linesInShort(november)).toEqual(["charge 0.00 + 0.00", "adjustment 50.00 + 10.00"]);
    expect(waitingInShort(await world.late("state: WAITING"))).toEqual([]);
  });
});

describe("the list of late adjustments", () => {
  it("is narrowed by state, contract and customer, goes page by page, and adds up", async () => {
    const world = await lateWorld(api, "NEXT_INVOICE");
    const beta = await world.newCustomer("beta");
    const other = await world.newContract(beta, [world.prices.api], { lateUsage: "IGNORE_WITH_REPORT" });
    await world.draft();
    await world.finalize();
    await world.use("acme", "2026-10-20", 50);
    await world.use("beta", "2026-10-20", 30);
    await world.draft();
    const all = await world.late();
    expect(waitingInShort(all).toSorted()).toEqual([
      "IGNORED Adjustment for 1–31 Oct 2026: API calls 3.00",
      "WAITING Adjustment for 1–31 Oct 2026: API calls 5.00",
    ]);
    expect(all.totals.map(({ state, amount }: Answer) => `${state} ${amount.amount}`)).toEqual([
      "WAITING 5.00",
      "IGNORED 3.00",
    ]);
    const contracts = async (args: string) => (await world.late(args)).nodes.map(({ contract }: Answer) => contract.id);
    expect(await contracts("state: IGNORED")).toEqual([other]);
    expect(await contracts(`contractId: "${world.contractId}"`)).toEqual([world.contractId]);
    expect(await contracts(`customerId: "${beta}"`)).toEqual([other]);
    expect(await contracts(`customerId: "nobody"`)).toEqual([]);
    const page = await world.late("first: 1");
    expect(page.pageInfo.hasNextPage).toBe(true);
    const next = await world.late(`first: 1, after: "${page.pageInfo.endCursor}"`);
    expect([...page.nodes, ...next.nodes].map(({ id }: Answer) => id)).toEqual(all.nodes.map(({ id }: Answer) => id));
    expect(next.pageInfo.hasNextPage).toBe(false);
    const { contract } = await world.finance.data(
      `query ($id: ID!) { contract(id: $id) { lateAdjustments { state amount { amount } } } }`,
      { id: other },
    );
    expect(contract.lateAdjustments).toEqual([{ state: "IGNORED", amount: { amount: "3.00" } }]);
  });
});
