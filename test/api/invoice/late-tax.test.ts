import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { creditWorld, linesInShort } from "../credit/credit-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("an adjustment of what was billed at another tax rate", () => {
  it("is taxed as it was then, beside lines that are taxed as now, and is issued so", async () => {
    const world = await creditWorld(api);
    const acme = await world.newCustomer("acme");
    await world.newContract(acme, [world.prices.api]);
    await world.use("acme", "2026-10-15", 1_000);
    await world.grant(acme, "1000.00", { endsBefore: "2026-11-01" });
    await world.draft();
    await world.finalize();
    await world.setClock("2026-12-02T09:00:00Z");
    await world.finance.done("setTaxRate", "taxRate { id }", {
      code: "STANDARD",
      name: "VAT 25 %",
      jurisdiction: "GB",
      percent: "25",
      category: "STANDARD",
      validFromOn: "2026-12-01",
    });
    await world.use("acme", "2026-10-16", 100);
    await world.use("acme", "2026-11-15", 1_000);
    await world.draft();
    const [, november] = await world.invoices(acme);
    expect(linesInShort(november)).toEqual([
      "charge 100.00 + 25.00",
      "adjustment 10.00 + 2.00",
      "credit -10.00 + -2.00",
    ]);
    expect((await world.finalize()).items.nodes).toMatchObject([{ code: "FINALIZED" }]);
  });
});
