import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DriverFacts } from "../../../server/domain/invoice/driver-facts";
import { runAs } from "../../../server/platform/database/tenant-pool";
import { query } from "../../../server/platform/database/transaction";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { billedWorld } from "./billed-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const API_CALLS = [{ name: "API calls" }];
const calls = (quantity: string, unitPrice = "0.5"): { readonly "API calls": DriverFacts } => ({
  "API calls": { price: ["per_unit", { unitPrice }], usage: { quantity } },
});

async function newWorld() {
  const organization = await api.organization();
  return { organization, client: organization.admin, ...billedWorld(organization) };
}
type World = Awaited<ReturnType<typeof newWorld>>;

/** 1,000 calls at 0.50 in September, 1,600 in October. */
async function movedByVolume({ customer, contract, bill }: World, name = "Acme Ltd") {
  const customerId = await customer(name);
  const of = await contract(customerId, API_CALLS);
  await bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
  const id = await bill(of, "2026-10", { "API calls": "800.00" }, { facts: calls("1600") });
  return { customerId, of, id };
}

const VARIANCE = `rowId invoiceId month baselineMonths current { amount currency } previous { amount } change { amount }
  drivers { driver amount { amount } } items { kind description productId change { amount } drivers { driver amount { amount } } words }
  products { productId change { amount } drivers { driver amount { amount } } } words flags
  signOff { note signedBy isCurrent } signOffHistory { id note revokedBy }`;

const varianceOf = async (client: Client, input: object): Promise<Answer> =>
  (
    await client.data(`query ($input: InvoiceVarianceInput!) { invoiceVariance(input: $input) { ${VARIANCE} } }`, {
      input,
    })
  ).invoiceVariance;

const summaryOf = async (client: Client, input: object): Promise<Answer> =>
  (
    await client.data(
      `query ($input: VarianceSummaryInput!) { varianceSummary(input: $input) {
         customersUp customersDown customersNew customersLost customersUnchanged flagged unsigned
         totals { change { amount currency } drivers { driver amount { amount } } }
         inBase { change { amount currency } drivers { driver amount { amount } } } } }`,
      { input },
    )
  ).varianceSummary;

const amounts = (drivers: readonly Answer[]) =>
  Object.fromEntries(drivers.map(({ driver, amount }: Answer) => [driver, amount.amount]));

async function viewOfDrivers(client: Client, columns: readonly string[], filter: object = {}): Promise<string> {
  const { savedView } = await client.done("createSavedView", "savedView { id }", {
    name: `Drivers ${columns.length} ${JSON.stringify(filter)}`,
    columns,
    filter,
  });
  return savedView.id;
}

async function cells(client: Client, viewId: string, more = ""): Promise<Answer[]> {
  const { invoiceGrid } = await client.data(
    `query ($viewId: ID) { invoiceGrid(input: { viewId: $viewId, month: "2026-10", comparison: PREVIOUS_MONTH ${more} }) { rows { cells } } }`,
    { viewId },
  );
  return invoiceGrid.rows.map((row: Answer) => row.cells);
}

const signOff = (client: Client, selection: object, note = "They launched.") =>
  client.done("signOffVariances", "rowIds signed", { selection: { month: "2026-10", ...selection }, note });

describe("the variance of a bill", () => {
  test("is told by drivers, items, products and a sentence, and the grid says the same", async () => {
    const world = await newWorld();
    const { id } = await movedByVolume(world);
    const found = await varianceOf(world.client, { rowId: id });
    expect(found).toMatchObject({
      invoiceId: id,
      month: "2026-10",
      baselineMonths: ["2026-09"],
      current: { amount: "800.00", currency: "GBP" },
      previous: { amount: "500.00" },
      change: { amount: "300.00" },
      drivers: [{ driver: "VOLUME", amount: { amount: "300.00" } }],
      words: "API calls 1,000 → 1,600: +300.00.",
      flags: ["SPIKE"],
      signOff: null,
    });
    expect(found.items).toMatchObject([
      { kind: "ITEM", description: "API calls", words: "API calls 1,000 → 1,600: +300.00." },
    ]);
    expect(found.products.map(({ drivers }: Answer) => amounts(drivers))).toEqual([{ VOLUME: "300.00" }]);
    const viewId = await viewOfDrivers(world.client, [
      "change",
      "topDriver",
      "volumeDriver",
      "priceDriver",
      "reason",
      "signedOff",
    ]);
    expect(await cells(world.client, viewId)).toEqual([
      ["300.00", "VOLUME", "300.00", "0.00", "API calls 1,000 → 1,600: +300.00.", false],
    ]);
  });

  test("flags a price that no amendment, phase or step explains", async () => {
    const world = await newWorld();
    const of = await world.contract(await world.customer("Acme Ltd"), API_CALLS);
    await world.bill(of, "2026-09", { "API calls": "500.00" }, { status: "sent", facts: calls("1000") });
    const id = await world.bill(of, "2026-10", { "API calls": "550.00" }, { facts: calls("1000", "0.55") });
    expect(await varianceOf(world.client, { rowId: id })).toMatchObject({
      drivers: [{ driver: "PRICE", amount: { amount: "50.00" } }],
      flags: ["PRICE_CHANGE"],
      words: "API calls unit price 0.50 → 0.55: +50.00.",
    });
  });

  test("flags a monthly charge that was forgotten on a bill", async () => {
    const world = await newWorld();
    const of = await world.contract(await world.customer("Acme Ltd"), [{ name: "API calls" }, { name: "Support" }]);
    await world.bill(of, "2026-09", { "API calls": "500.00", Support: "40.00" }, { status: "sent" });
    const id = await world.bill(of, "2026-10", { "API calls": "500.00" });
    expect(await varianceOf(world.client, { rowId: id })).toMatchObject({
      flags: ["MISSING_CHARGE"],
      drivers: [{ driver: "TIMING", amount: { amount: "-40.00" } }],
      words: "Support is due every month and is not on this bill. Support was billed last month: −40.00.",
    });
  });

  test("of a bill that is missing is told by its row", async () => {
    const world = await newWorld();
    const customerId = await world.customer("Gone Ltd");
    const of = await world.contract(customerId, API_CALLS);
    await world.bill(of, "2026-09", { "API calls": "90.00" }, { status: "sent" });
    const rowId = `missing:${customerId}:GBP`;
    expect(await varianceOf(world.client, { rowId, month: "2026-10" })).toMatchObject({
      rowId,
      invoiceId: null,
      change: { amount: "-90.00" },
      flags: ["MISSING_BILL"],
    });
  });

  test("is against the same month last year, or the mean of three months", async () => {
    const world = await newWorld();
    const of = await world.contract(await world.customer("Acme Ltd"), API_CALLS);
    const bills: readonly (readonly [string, string])[] = [
      ["2025-10", "100"],
      ["2026-07", "200"],
      ["2026-08", "300"],
      ["2026-09", "500"],
    ];
    for (const [month, quantity] of bills)
      await world.bill(of, month, { "API calls": `${quantity}.00` }, { status: "sent", facts: calls(quantity, "1") });
    const id = await world.bill(of, "2026-10", { "API calls": "600.00" }, { facts: calls("600", "1") });
    expect(await varianceOf(world.client, { rowId: id, comparison: "SAME_MONTH_LAST_YEAR" })).toMatchObject({
      baselineMonths: ["2025-10"],
      previous: { amount: "100.00" },
      drivers: [{ driver: "VOLUME", amount: { amount: "500.00" } }],
    });
    expect(await varianceOf(world.client, { rowId: id, comparison: "MEAN_OF_THREE_MONTHS" })).toMatchObject({
      baselineMonths: ["2026-09", "2026-08", "2026-07"],
      previous: { amount: "333.33" },
      change: { amount: "266.67" },
      drivers: [{ driver: "VOLUME", amount: { amount: "266.67" } }],
      words: "Volume: +266.67.",
    });
  });
});

describe("the summary of a month", () => {
  test("counts customers and adds drivers up, by currency and in the base currency", async () => {
    const world = await newWorld();
    await movedByVolume(world);
    const euros = await world.contract(await world.customer("Europe GmbH", "EUR"), API_CALLS, { currency: "EUR" });
    await world.bill(euros, "2026-09", { "API calls": "100.00" }, { status: "sent", facts: calls("200") });
    await world.bill(euros, "2026-10", { "API calls": "90.00" }, { facts: calls("180") });
    const fresh = await world.contract(await world.customer("Fresh Ltd"), API_CALLS);
    await world.bill(fresh, "2026-10", { "API calls": "20.00" });
    await world.client.done("setReportingRates", "set", {
      rates: [
        { currency: "EUR", month: "2026-09", rate: "0.85", source: "Bank" },
        { currency: "EUR", month: "2026-10", rate: "0.87", source: "Bank" },
      ],
    });
    const found = await summaryOf(world.client, { month: "2026-10" });
    expect(found).toMatchObject({ customersUp: 1, customersDown: 1, customersNew: 1, customersLost: 0 });
    expect(
      found.totals.map(({ change, drivers }: Answer) => [change.currency, change.amount, amounts(drivers)]),
    ).toEqual([
      ["EUR", "-10.00", { VOLUME: "-10.00" }],
      ["GBP", "320.00", { VOLUME: "300.00", NEW: "20.00" }],
    ]);
    // 85.00 → 78.30: −8.50 by volume, +1.80 by the rate.
    expect([found.inBase.change.amount, amounts(found.inBase.drivers)]).toEqual([
      "313.30",
      { VOLUME: "291.50", NEW: "20.00", FX: "1.80" },
    ]);
  });
});

describe("a sign-off", () => {
  test("says who, when and why, once, and can be taken back", async () => {
    const world = await newWorld();
    const { id } = await movedByVolume(world);
    expect(await signOff(world.client, { rowIds: [id] })).toMatchObject({ rowIds: [id], signed: 1 });
    expect(await signOff(world.client, { rowIds: [id] })).toMatchObject({ rowIds: [id], signed: 0 });
    expect((await varianceOf(world.client, { rowId: id })).signOff).toMatchObject({
      note: "They launched.",
      isCurrent: true,
    });
    const viewId = await viewOfDrivers(world.client, ["customer", "signedOff"], { isSignedOff: true });
    expect(await cells(world.client, viewId)).toEqual([["Acme Ltd", true]]);

    const revoked = await world.client.done("revokeVarianceSignOffs", "rowIds revoked", {
      month: "2026-10",
      rowIds: [id],
    });
    expect(revoked).toMatchObject({ rowIds: [id], revoked: 1 });
    expect((await varianceOf(world.client, { rowId: id })).signOff).toBeNull();
    const [past] = (await varianceOf(world.client, { rowId: id })).signOffHistory;
    const { auditEvents } = await world.client.data(
      "query ($id: ID!) { auditEvents(subjectId: $id) { nodes { action } } }",
      { id: past.id },
    );
    expect(auditEvents.nodes.map(({ action }: Answer) => action)).toEqual(
      expect.arrayContaining(["signOffVariances", "revokeVarianceSignOffs"]),
    );
  });

  test("is asked again when the bill or its baseline changes", async () => {
    const world = await newWorld();
    const [moved, based] = [await movedByVolume(world, "Moved Ltd"), await movedByVolume(world, "Based Ltd")];
    await signOff(world.client, { rowIds: [moved.id, based.id] });
    await runAs(world.organization.id, async () => {
      await query("UPDATE invoice SET content_hash = 'another' WHERE id = $1", [moved.id]);
    });
    await world.bill(based.of, "2026-09", { "API calls": "1.00" }, { status: "sent", facts: calls("2") });
    for (const { id } of [moved, based]) {
      expect((await varianceOf(world.client, { rowId: id })).signOff).toMatchObject({ isCurrent: false });
    }
    expect(await signOff(world.client, { rowIds: [moved.id] }, "Still right.")).toMatchObject({ signed: 1 });
    expect((await varianceOf(world.client, { rowId: moved.id })).signOff).toMatchObject({
      note: "Still right.",
      isCurrent: true,
    });
  });

  test("is for all flagged rows of a view, and not for those who only read", async () => {
    const world = await newWorld();
    const { id } = await movedByVolume(world);
    const quiet = await world.contract(await world.customer("Quiet Ltd"), API_CALLS);
    await world.bill(quiet, "2026-09", { "API calls": "5.00" }, { status: "sent" });
    await world.bill(quiet, "2026-10", { "API calls": "5.00" });
    const viewId = await viewOfDrivers(world.client, ["customer"]);
    expect(await signOff(world.client, { viewId })).toMatchObject({ rowIds: [id], signed: 1 });
    expect(await summaryOf(world.client, { month: "2026-10" })).toMatchObject({ flagged: 1, unsigned: 0 });
    const analyst = await world.organization.as("analyst");
    const { errors } = await analyst.ask(
      `mutation ($input: SignOffVariancesInput!) { signOffVariances(input: $input) { __typename } }`,
      { input: { selection: { month: "2026-10", rowIds: [id] }, note: "Fine.", idempotencyKey: "analyst" } },
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
  });

  test.each([
    [{ rowIds: [], viewId: null }, "NOTHING_SELECTED"],
    [{}, "SELECTION_AMBIGUOUS"],
    [{ rowIds: ["0192f000-0000-7000-8000-000000000000"] }, "ROW_NOT_FOUND"],
  ])("of %j is refused as %s", async (selection, code) => {
    const { client } = await newWorld();
    const refused = await client.command("signOffVariances", "signed", {
      selection: { month: "2026-10", ...selection },
      note: "Fine.",
    });
    expect(refused.code).toBe(code);
  });
});
