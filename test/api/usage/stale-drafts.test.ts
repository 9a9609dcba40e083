import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { call, transfer, type UsageWorld, usageWorld } from "./usage-world";

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
  otherCustomerId = await world.newCustomer("Other Ltd", "other");
  for (const customerId of [world.customerId, otherCustomerId]) await bill(customerId, metrics.calls);
  await world.record([call(), call({ alias: "other" })]);
  await admin.done("draftInvoices", "operation { id }", {});
  await api.work();
  expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
});

/** An active contract since October that bills a metric. */
async function bill(customerId: string, metricId: string, terms: object = {}): Promise<void> {
  const { admin } = world;
  const { price } = await admin.done("createPrice", "price { id }", {
    productId,
    name: "Usage",
    currency: "GBP",
    terms: { perUnit: { unitPrice: "1" } },
    metricId,
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-01-01",
  });
  const { contract } = await admin.done("createContract", "contract { id version }", {
    customerId,
    name: "Usage",
    startsOn: "2026-10-01",
    phases: [{ startsOn: "2026-10-01", charges: [{ priceId: price.id }] }],
    ...terms,
  });
  await admin.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
}

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

  test("by a change of a level before their days, which lasts", async () => {
    await world.newMetric({ code: "level", eventType: "seats", aggregation: "WEIGHTED_SUM", property: "change" });
    const before = { timestamp: "2026-09-10T12:00:00Z", properties: { change: "1" } };
    await world.record([call(before)]);
    expect(await stale()).toEqual({ "Acme Ltd": [], "Other Ltd": [] });
    await world.record([call({ ...before, type: "seats" })]);
    expect(await stale()).toEqual({ "Acme Ltd": ["USAGE"], "Other Ltd": [] });
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

describe("usage that rolls up", () => {
  let groupId: string;

  /** Group owns Holding, which owns Other; Group counts their transfers as its own, Holding bills its own alone. */
  beforeEach(async () => {
    groupId = await world.newCustomer("Group Ltd");
    const holdingId = await world.newCustomer("Holding Ltd");
    await setParent(holdingId, groupId);
    await setParent(otherCustomerId, holdingId);
    await bill(groupId, world.metrics.bytes, { rollsUpUsage: true });
    await bill(holdingId, world.metrics.peak);
    await world.admin.done("draftInvoices", "operation { id }", {});
    await api.work();
  });

  const setParent = (id: string, parentCustomerId: string) =>
    world.admin.done("updateCustomer", "customer { version }", { id, version: 1, parentCustomerId });

  /** A customer as it is now, under another parent or none. */
  async function move(id: string, parentCustomerId: string | null): Promise<void> {
    const { customer } = await world.admin.data("query ($id: ID!) { customer(id: $id) { version } }", { id });
    await world.admin.done("updateCustomer", "customer { id }", { id, version: customer.version, parentCustomerId });
  }

  const changedFrom = async (customerId: string): Promise<(string | null)[]> => {
    const { rows } = await api.database.owner.query(
      `SELECT schedule.changed_from_on::text AS day FROM billing_schedule AS schedule
       JOIN contract ON contract.id = schedule.contract_id WHERE contract.customer_id = $1`,
      [customerId],
    );
    return rows.map(({ day }) => day);
  };

  test("makes the drafts of those stale who count it as their own", async () => {
    await world.record([transfer("1", { alias: "other" })]);
    expect(await stale()).toEqual({
      "Acme Ltd": [],
      "Group Ltd": ["USAGE"],
      "Holding Ltd": [],
      "Other Ltd": ["USAGE"],
    });
  });

  test("and so does an alias of a child", async () => {
    const mapping = { customerId: otherCustomerId, alias: "more", startsOn: "2026-10-10" };
    expect(await world.admin.done("mapCustomerAlias", "staleInvoices", mapping)).toEqual({
      __typename: "MapCustomerAliasSuccess",
      staleInvoices: 2,
    });
    expect(await stale()).toMatchObject({ "Group Ltd": ["ALIAS"], "Holding Ltd": [], "Other Ltd": ["ALIAS"] });
  });

  test("is of no concern to them where anything else of the child changes", async () => {
    const { customer } = await world.admin.data("query ($id: ID!) { customer(id: $id) { version } }", {
      id: otherCustomerId,
    });
    const exempt = { id: otherCustomerId, version: customer.version, taxStatus: "EXEMPT" };
    await world.admin.done("updateCustomer", "customer { version }", exempt);
    expect(await stale()).toMatchObject({ "Group Ltd": [], "Other Ltd": ["CUSTOMER"] });
  });

  test("makes them stale when it is corrected or voided", async () => {
    const event = transfer("1", { alias: "other", timestamp: "2026-10-12T12:00:00Z" });
    await world.record([event]);
    const recalculate = async () => {
      await world.admin.done("recalculateInvoices", "operation { id }", {
        selection: { invoiceIds: await draftIds() },
      });
      await api.work();
    };
    await recalculate();
    await world.correct([{ ...event, properties: { bytes: "2" } }]);
    expect(await stale()).toMatchObject({ "Group Ltd": ["USAGE"], "Holding Ltd": [], "Other Ltd": ["USAGE"] });
    await recalculate();
    await world.void([event.id]);
    expect(await stale()).toMatchObject({ "Group Ltd": ["USAGE"], "Holding Ltd": [], "Other Ltd": ["USAGE"] });
  });

  test("makes those stale who counted it, and those who do from now on, when a child gets another parent", async () => {
    const allianceId = await world.newCustomer("Alliance Ltd");
    await bill(allianceId, world.metrics.bytes, { rollsUpUsage: true });
    await world.admin.done("draftInvoices", "operation { id }", {});
    await api.work();
    await move(otherCustomerId, allianceId);
    expect(await stale()).toEqual({
      "Acme Ltd": [],
      "Alliance Ltd": ["USAGE"],
      "Group Ltd": ["USAGE"],
      "Holding Ltd": [],
      "Other Ltd": [],
    });
  });

  test("is of no concern where the child stays below the same, or has not used anything", async () => {
    const sisterId = await world.newCustomer("Sister Ltd");
    await move(sisterId, groupId);
    expect(await stale()).toMatchObject({ "Group Ltd": [], "Other Ltd": [] });
    await move(otherCustomerId, sisterId);
    expect(await stale()).toMatchObject({ "Group Ltd": [], "Holding Ltd": [], "Other Ltd": [] });
    await move(sisterId, null);
    expect(await stale()).toMatchObject({ "Group Ltd": ["USAGE"], "Holding Ltd": [], "Other Ltd": [] });
  });

  test("is remembered from its first day on where a child that used something comes and goes", async () => {
    await world.record([transfer("1", { alias: "acme", timestamp: "2026-10-07T12:00:00Z" })]);
    await world.admin.done("recalculateInvoices", "operation { id }", { selection: { invoiceIds: await draftIds() } });
    await api.work();
    await world.admin.done("finalizeInvoices", "operation { id }", { selection: { invoiceIds: await draftIds() } });
    await api.work();
    await move(world.customerId, groupId);
    expect(await changedFrom(groupId)).toEqual(["2026-10-07"]);
    expect(await changedFrom(world.customerId)).toEqual([null]);
  });

  test("is remembered by the parent's schedule where the days are billed", async () => {
    await world.admin.done("finalizeInvoices", "operation { id }", { selection: { invoiceIds: await draftIds() } });
    await api.work();
    await world.record([transfer("1", { alias: "other", timestamp: "2026-10-12T12:00:00Z" })]);
    expect(await changedFrom(groupId)).toEqual(["2026-10-12"]);
    expect(await changedFrom(otherCustomerId)).toEqual(["2026-10-12"]);
    expect(await changedFrom(world.customerId)).toEqual([null]);
  });

  test("is remembered from the first day on where an alias is mapped to a child for all days", async () => {
    await world.admin.done("finalizeInvoices", "operation { id }", { selection: { invoiceIds: await draftIds() } });
    await api.work();
    await world.admin.done("mapCustomerAlias", "staleInvoices", { customerId: otherCustomerId, alias: "more" });
    expect(await changedFrom(groupId)).toEqual(["2026-10-01"]);
    expect(await changedFrom(otherCustomerId)).toEqual(["2026-10-01"]);
  });
});

async function draftIds(): Promise<string[]> {
  const { invoices } = await world.admin.data('{ invoices(filter: { month: "2026-10" }) { nodes { id } } }');
  return invoices.nodes.map(({ id }: Answer) => id);
}
