import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepRunningInvoices } from "../../../server/modules/invoice";
import { runAs } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { creditWorld } from "../credit/credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function runningWorld() {
  const world = await creditWorld(api);
  const acme = await world.newCustomer("acme");
  await world.newContract(acme, [world.prices.api, world.prices.platform]);
  await world.use("acme", "2026-10-15", 1_000);
  await world.use("acme", "2026-11-02", 200);
  const states = async () =>
    (await world.invoices(acme)).map(({ status, billsOn, net }: Answer) => `${status} ${billsOn} ${net.amount}`);
  const night = () =>
    runAs(world.org.id, async () => await keepRunningInvoices({ now: () => new Date("2026-11-03T09:00:00Z") }));
  return {
    ...world,
    acme,
    states,
    night,
    draftRunning: () => operate(api, world.finance, "draftInvoices", { includeRunning: true }),
  };
}

const DUE = ["DRAFT 2026-10-01 100.00", "DRAFT 2026-11-01 200.00"];

describe("an invoice in progress", () => {
  it("is kept where it is asked for, with what falls due next and its usage so far", async () => {
    const world = await runningWorld();
    await world.draft();
    expect(await world.states()).toEqual(DUE);
    await world.draftRunning();
    expect(await world.states()).toEqual([...DUE, "IN_PROGRESS 2026-12-01 120.00"]);
    await world.draftRunning();
    expect((await world.invoices(world.acme))[2]?.version).toBe(1);
  });

  it("is brought up to date each night, and by recalculating what has fallen due", async () => {
    const world = await runningWorld();
    await world.draftRunning();
    await world.use("acme", "2026-11-03", 300);
    expect((await world.invoices(world.acme))[2]?.staleReasons).toEqual(["USAGE"]);
    await world.night();
    expect((await world.states())[2]).toBe("IN_PROGRESS 2026-12-01 150.00");
    await world.use("acme", "2026-11-03", 100);
    await world.recalculate();
    expect((await world.states())[2]).toBe("IN_PROGRESS 2026-12-01 160.00");
  });

  it("is not finalized", async () => {
    const world = await runningWorld();
    await world.draftRunning();
    const [, , running] = await world.invoices(world.acme);
    const { items } = await world.finalize([running?.id]);
    expect(items.nodes[0]).toMatchObject({ status: "SKIPPED", code: "IN_PROGRESS" });
    expect((await world.states())[2]).toBe("IN_PROGRESS 2026-12-01 120.00");
  });

  it("becomes the draft of its day, the same invoice, with the next one in progress behind it", async () => {
    const world = await runningWorld();
    await world.draftRunning();
    const [, , running] = await world.invoices(world.acme);
    await world.setClock("2026-12-02T09:00:00Z");
    await world.night();
    expect((await world.states()).slice(2)).toEqual(["DRAFT 2026-12-01 120.00", "IN_PROGRESS 2027-01-01 100.00"]);
    expect((await world.invoices(world.acme))[2]?.id).toBe(running?.id);
  });

  it("draws no credits before it has fallen due", async () => {
    const world = await runningWorld();
    await world.grant(world.acme, "500.00");
    await world.draftRunning();
    expect((await world.states())[2]).toBe("IN_PROGRESS 2026-12-01 120.00");
    const [grant] = await world.grants(world.acme);
    expect(grant?.projectedBalance.amount).toBe("200.00");
  });
});
