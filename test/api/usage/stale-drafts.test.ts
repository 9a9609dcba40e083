import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { call, type UsageWorld, usageWorld } from "./usage-world";

let api: TestApi;
let world: UsageWorld;
let otherCustomerId: string;
let productId: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** Acme and Other are billed for their calls since October; their drafts of October are fresh. */
beforeEach(async () => {
  world = await usageWorld(api);
  const { admin, metrics } = world;
  const vat = {
    code: "standard",
    name: "VAT",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  };
  await admin.done("setTaxRate", "staleInvoices", vat);
  productId = (
    await admin.done("createProduct", "product { id }", { code: "CALLS", name: "Calls", taxCode: "standard" })
  ).product.id;
  const price = {
    productId,
    name: "Calls",
    currency: "GBP",
    terms: { perUnit: { unitPrice: "1" } },
    metricId: metrics.calls,
  };
  const { id: priceId } = (
    await admin.done("createPrice", "price { id }", {
      ...price,
      cadence: "MONTHLY",
      timing: "IN_ARREARS",
      effectiveOn: "2026-01-01",
    })
  ).price;
  otherCustomerId = await world.newCustomer("Other Ltd", "other");
  for (const customerId of [world.customerId, otherCustomerId]) {
    const phases = [{ startsOn: "2026-10-01", charges: [{ priceId }] }];
    const { contract } = await admin.done("createContract", "contract { id version }", {
      customerId,
      name: "Calls",
      startsOn: "2026-10-01",
      phases,
    });
    await admin.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
  }
  await world.record([call(), call({ alias: "other" })]);
  await admin.done("draftInvoices", "operation { id }", {});
  await api.work();
  expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
});

/** Why the drafts of October are stale, by customer. */
async function stale(): Promise<Record<string, string[]>> {
  const { invoices } = await world.admin.data(
    '{ invoices(filter: { month: "2026-10" }) { nodes { staleReasons isStale customer { legalName } } } }',
  );
  for (const { isStale, staleReasons } of invoices.nodes) expect(isStale).toBe(staleReasons.length > 0);
  return Object.fromEntries(
    invoices.nodes.map(({ customer, staleReasons }: Answer) => [customer.legalName, staleReasons]),
  );
}

describe("drafts become stale", () => {
  test("by usage of their customer on their days, once", async () => {
    await world.record([call()]);
    await world.record([call(), call()]);
    expect(await stale()).toEqual({ "Acme Ltd": ["USAGE"], "Other Ltd": [] });
  });

  test("not by usage of other days, other types, nobody, or again", async () => {
    const known = call();
    await world.record([known]);
    await world.admin.done("recalculateInvoices", "operation { id }", { selection: { invoiceIds: await draftIds() } });
    await api.work();
    await world.record([
      known,
      call({ timestamp: "2026-11-01T12:00:00Z" }),
      call({ type: "uncounted" }),
      call({ alias: "nobody" }),
    ]);
    expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
  });

  test("not by a batch that is refused", async () => {
    await world.record([call(), call({ id: "" })]);
    expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
  });

  test("by an alias that is mapped or ended on their days", async () => {
    const map = (days: object) =>
      world.admin.done("mapCustomerAlias", "staleInvoices customer { aliases { id alias } }", {
        customerId: world.customerId,
        alias: "new",
        ...days,
      });
    expect(await map({ startsOn: "2026-11-01" })).toMatchObject({ staleInvoices: 0 });
    expect(await stale()).toMatchObject({ "Acme Ltd": [] });
    const { staleInvoices } = await map({ endsBefore: "2026-11-01" });
    expect(staleInvoices).toBe(1);
    expect(await stale()).toEqual({ "Acme Ltd": ["ALIAS"], "Other Ltd": [] });

    const { customer } = await world.admin.data("query ($id: ID!) { customer(id: $id) { aliases { id } } }", {
      id: otherCustomerId,
    });
    expect(
      await world.admin.done("endCustomerAlias", "staleInvoices", {
        aliasId: customer.aliases[0].id,
        endsBefore: "2026-10-20",
      }),
    ).toMatchObject({ staleInvoices: 1 });
    expect(await stale()).toEqual({ "Acme Ltd": ["ALIAS"], "Other Ltd": ["ALIAS"] });
  });

  test("by a tax rate of a code they use, and no other", async () => {
    const rate = { name: "VAT", jurisdiction: "GB", percent: "21", category: "STANDARD", validFromOn: "2026-11-01" };
    expect(await world.admin.done("setTaxRate", "staleInvoices", { ...rate, code: "reduced" })).toMatchObject({
      staleInvoices: 0,
    });
    expect(await world.admin.done("setTaxRate", "staleInvoices", { ...rate, code: "standard" })).toMatchObject({
      staleInvoices: 2,
    });
    expect(await stale()).toEqual({ "Acme Ltd": ["TAX"], "Other Ltd": ["TAX"] });
  });

  test("by another tax code of their product, not by its name", async () => {
    const update = (version: number, input: object) =>
      world.admin.done("updateProduct", "product { version }", { id: productId, version, ...input });
    await update(1, { name: "Renamed" });
    expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
    await update(2, { taxCode: "reduced" });
    expect(await stale()).toEqual({ "Acme Ltd": ["TAX"], "Other Ltd": ["TAX"] });
  });

  test("by another tax status of their customer, not by its name", async () => {
    const update = (version: number, input: object) =>
      world.admin.done("updateCustomer", "customer { version }", { id: otherCustomerId, version, ...input });
    await update(1, { externalId: "crm-1" });
    expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
    await update(2, { taxStatus: "EXEMPT" });
    expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": ["CUSTOMER"] });
  });

  test("all, by another rounding of tax in the organization", async () => {
    const { version } = (await world.admin.data("{ organization { version } }")).organization;
    await world.admin.done("updateOrganization", "organization { version }", { version, taxRounding: "PER_RATE" });
    expect(await stale()).toEqual({ "Acme Ltd": ["TAX"], "Other Ltd": ["TAX"] });
  });
});

async function draftIds(): Promise<string[]> {
  const { invoices } = await world.admin.data('{ invoices(filter: { month: "2026-10" }) { nodes { id } } }');
  return invoices.nodes.map(({ id }: Answer) => id);
}
