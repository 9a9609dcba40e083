import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { currentDatabase } from "../../../server/platform/database/transaction";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type ContractWorld, contractWorld, problemsOf, simpleContract } from "./contract-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const LINES = `{ kind description lineageId serviceStartsOn serviceEndsBefore quantity unitPrice preciseAmount
  charge { amount } discount { amount } net { amount currency } explanation inWords }`;
const INVOICES = `{ billsOn billingMonth net { amount } lines ${LINES} }`;
const BILLING = `{ invoices ${INVOICES} waiting ${LINES} total { amount } }`;

const previewContract = async ({ admin }: ContractWorld, input: object): Promise<Answer> =>
  (
    await admin.data(
      `query ($input: PreviewContractInput!) { previewContract(input: $input) {
        invoices ${INVOICES} total { amount } problems { code message path } warnings { code path } } }`,
      { input },
    )
  ).previewContract;

const previewAmendment = async (world: ContractWorld, contractId: string, input: object, throughOn?: string) =>
  (
    await world.admin.data(
      `query ($contractId: ID!, $input: AmendmentInput!, $throughOn: PlainDate) {
        previewAmendment(contractId: $contractId, input: $input, throughOn: $throughOn) {
          differences { kind id description startsOn endsBefore fields before after }
          before ${BILLING} after ${BILLING} difference { amount } problems { code message path } } }`,
      { contractId, throughOn, input: { unusedTime: "CREDIT", reason: "Trying", ...input } },
    )
  ).previewAmendment;

const bills = (invoices: Answer[]): string[] => invoices.map(({ billsOn, net }) => `${billsOn} ${net.amount}`);

async function meteredWorld() {
  const world = await contractWorld(api);
  const { admin } = world;
  const metric = async (input: object): Promise<string> =>
    (await admin.done("createUsageMetric", "usageMetric { id }", { unit: "unit", name: "Metric", ...input }))
      .usageMetric.id;
  const price = async (metricId: string, terms: object, more: object = {}): Promise<Answer> =>
    (
      await admin.done("createPrice", "price { id lineageId }", {
        productId: world.productId,
        name: "Usage",
        currency: "GBP",
        cadence: "MONTHLY",
        timing: "IN_ARREARS",
        effectiveOn: "2026-01-01",
        metricId,
        terms,
        ...more,
      })
    ).price;
  return { world, metric, price };
}

describe("A preview of a contract", () => {
  test("shows the invoices that would fall due, explained to the cent, and saves nothing", async () => {
    const { world, metric, price } = await meteredWorld();
    const calls = await metric({ code: "calls", eventType: "call", aggregation: "COUNT" });
    const perCall = await price(calls, { perUnit: { unitPrice: "0.01" } });
    const preview = await previewContract(world, {
      ...simpleContract(world, { startsOn: "2026-01-16", endsBefore: "2026-04-16" }),
      phases: [
        {
          startsOn: "2026-01-16",
          charges: [{ priceId: world.prices.fee.id, trial: { months: 1 } }, { priceId: perCall.id }],
        },
      ],
      discounts: [{ description: "Loyalty", percent: "10" }],
      usage: [
        { metricId: calls, month: "2026-01", quantity: "3100" },
        { metricId: calls, month: "2026-02", quantity: "2800" },
      ],
    });
    expect(preview.problems).toEqual([]);
    // 16 of 31 days of January and 15 of 28 of February: 1600 + 1500 calls, then 13 of 28 of February: 1300.
    expect(bills(preview.invoices)).toEqual([
      "2026-01-16 0.00",
      "2026-02-16 477.90",
      "2026-03-16 461.70",
      "2026-04-16 0.00",
    ]);
    expect(preview.total).toEqual({ amount: "939.60" });
    const [, february] = preview.invoices;
    expect(february.billingMonth).toBe("2026-02");
    const usage = february.lines.find(({ description }: Answer) => description === "Usage");
    expect(usage).toMatchObject({
      kind: "CHARGE",
      lineageId: perCall.lineageId,
      serviceStartsOn: "2026-01-16",
      serviceEndsBefore: "2026-02-16",
      quantity: "3100",
      unitPrice: "0.01",
      preciseAmount: "31",
      charge: { amount: "31.00" },
      net: { amount: "31.00", currency: "GBP" },
      explanation: { quantity: { measured: "3100" }, result: "31" },
    });
    expect(usage.inWords).toContain("3,100 Usage at 0.01 = 31.00");
    const { contracts } = await world.admin.data("{ contracts { nodes { id } } }");
    expect(contracts.nodes).toEqual([]);
  });

  test("takes peaks and readings as they are, events by their size, and usage by what it says of itself", async () => {
    const { world, metric, price } = await meteredWorld();
    const peak = await metric({ code: "peak", eventType: "load", aggregation: "MAX", property: "size" });
    const paid = await metric({ code: "paid", eventType: "payment", aggregation: "SUM", property: "amount" });
    const tokens = await metric({
      code: "tokens",
      eventType: "tokens",
      aggregation: "SUM",
      property: "n",
      groupBy: ["model"],
    });
    const quarterly = { cadence: "QUARTERLY" };
    const prices = [
      await price(peak, { perUnit: { unitPrice: "1" } }, quarterly),
      await price(paid, { percentage: { percent: "2", minimumPerEvent: "1" } }, quarterly),
      await price(
        tokens,
        { matrix: { dimensions: ["model"], rows: [{ values: ["large"], unitPrice: "3" }], defaultUnitPrice: "1" } },
        quarterly,
      ),
    ];
    const preview = await previewContract(world, {
      ...simpleContract(world, { endsBefore: "2026-04-01" }),
      phases: [{ startsOn: "2026-01-01", charges: prices.map(({ id }: Answer) => ({ priceId: id })) }],
      usage: [
        { metricId: peak, month: "2026-01", quantity: "70" },
        { metricId: peak, month: "2026-03", quantity: "50" },
        { metricId: paid, month: "2026-02", quantity: "1000", events: "100" },
        {
          metricId: tokens,
          month: "2026-03",
          quantity: "15",
          groups: [
            {
              values: [
                {
                  property: "model",
                  value: "large",
                },
              ],
              quantity: "5",
            },
            {
              values: [],
              quantity: "10",
            },
          ],
        },
      ],
    });
    expect(preview.problems).toEqual([]);
    const [invoice] = preview.invoices;
    expect(invoice.lines.map(({ net }: Answer) => net.amount)).toEqual(["70.00", "100.00", "25.00"]);
  });

  test("counts seats from the day they are supposed, else the contracted ones", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const input = {
      ...simpleContract(world, { endsBefore: "2026-03-01" }),
      phases: [{ startsOn: "2026-01-01", charges: [{ priceId: seats.id, quantity: "2" }] }],
    };
    expect(bills((await previewContract(world, input)).invoices).slice(0, 2)).toEqual([
      "2026-01-01 30.00",
      "2026-02-01 30.00",
    ]);
    const preview = await previewContract(world, {
      ...input,
      seats: [{ priceId: seats.id, effectiveOn: "2026-01-01", seats: 4 }],
      throughOn: "2026-01-31",
    });
    expect(bills(preview.invoices)).toEqual(["2026-01-01 60.00"]);
  });

  test("says all that is wrong, each with its place", async () => {
    const { world, metric } = await meteredWorld();
    const unused = await metric({ code: "unused", eventType: "x", aggregation: "COUNT" });
    const { fee } = world.prices;
    const preview = await previewContract(world, {
      ...simpleContract(world, { name: "", endsBefore: null }),
      usage: [
        { metricId: unused, month: "2026-01", quantity: "1", events: "0.5", groups: [{ values: [], quantity: "2" }] },
      ],
      seats: [{ priceId: fee.id, effectiveOn: "2026-01-01", seats: -1 }],
      throughOn: "2036-01-02",
    });
    expect(preview).toMatchObject({ invoices: [], total: null });
    expect(problemsOf(preview)).toEqual([
      "TEXT_MISSING at name",
      "PREVIEW_TOO_LONG at throughOn",
      "METRIC_NOT_BILLED at usage.0.metricId",
      "QUANTITY_DIFFERS at usage.0.quantity",
      "EVENTS_NOT_WHOLE at usage.0.events",
      "SEAT_PRICE_UNKNOWN at seats.0.priceId",
      "SEATS_NEGATIVE at seats.0.seats",
    ]);
  });

  test("is for whoever may read", async () => {
    const world = await contractWorld(api);
    const analyst = await world.organization.as("analyst");
    const input = simpleContract(world);
    const { data } = await analyst.ask(
      "query ($input: PreviewContractInput!) { previewContract(input: $input) { total { amount } } }",
      { input },
    );
    expect(data.previewContract.total).toEqual({ amount: "6000.00" });
  });
});

describe("A preview of an amendment", () => {
  const billed = async (world: ContractWorld) => {
    const { fee, seats } = world.prices;
    const input = simpleContract(world, {
      startsOn: "2026-10-01",
      phases: [{ startsOn: "2026-10-01", charges: [{ priceId: fee.id }, { priceId: seats.id, quantity: "10" }] }],
    });
    const { contract } = await world.admin.done("createContract", "contract { id }", input);
    await world.admin.done("activateContract", "contract { id }", { id: contract.id, version: 1 });
    return contract.id as string;
  };

  test("shows what it changes, and what billing would propose without and with it", async () => {
    const world = await contractWorld(api);
    const { fee, seats } = world.prices;
    const id = await billed(world);
    const changes = [
      { changeQuantity: { lineageId: seats.lineageId, quantity: "20" } },
      { changePrice: { lineageId: fee.lineageId, customTerms: { terms: { flat: { fee: "400" } } } } },
    ];
    const preview = await previewAmendment(world, id, { effectiveOn: "2026-11-01", changes });
    expect(preview.problems).toEqual([]);
    expect(preview.differences).toMatchObject([
      {
        kind: "CHARGE",
        id: fee.lineageId,
        startsOn: "2026-11-01",
        endsBefore: "2027-01-01",
        fields: ["price"],
        before: { price: { fee: "500" } },
        after: { price: { fee: "400" } },
      },
      {
        kind: "CHARGE",
        id: seats.lineageId,
        fields: ["quantity"],
        before: { quantity: "10" },
        after: { quantity: "20" },
      },
    ]);
    expect(bills(preview.before.invoices)).toEqual(["2026-10-01 650.00", "2026-11-01 650.00"]);
    expect(bills(preview.after.invoices)).toEqual(["2026-10-01 650.00", "2026-11-01 700.00"]);
    expect(preview.difference).toEqual({ amount: "50.00" });
    const ahead = await previewAmendment(world, id, { effectiveOn: "2026-11-01", changes }, "2026-12-01");
    expect(bills(ahead.after.invoices).at(-1)).toBe("2026-12-01 700.00");
    const { contract } = await world.admin.data(
      "query ($id: ID!) { contract(id: $id) { version amendments { id } schedule { revision } } prices(first: 50) { nodes { contractId } } }",
      { id },
    );
    expect(contract).toEqual({ version: 2, amendments: [], schedule: { revision: 0 } });
  });

  test("credits what was issued for days that it takes away", async () => {
    const world = await contractWorld(api);
    await world.admin.done("setTaxRate", "taxRate { id }", {
      code: "standard",
      name: "VAT",
      jurisdiction: "GB",
      percent: "20",
      category: "STANDARD",
      validFromOn: "2020-01-01",
    });
    const id = await billed(world);
    await world.admin.done("draftInvoices", "operation { id }", { asOf: "2026-11-03" });
    await api.work();
    const { invoices } = await world.admin.data("{ invoices { nodes { id } } }");
    await world.admin.done("finalizeInvoices", "operation { id }", {
      selection: { invoiceIds: invoices.nodes.map((invoice: Answer) => invoice.id) },
    });
    await api.work();
    const cancel = { effectiveOn: "2026-11-16", changes: [{ cancel: { at: "DATE" } }] };
    const preview = await previewAmendment(world, id, cancel);
    expect(preview.before).toEqual({ invoices: [], waiting: [], total: { amount: "0.00" } });
    expect(preview.differences[0]).toMatchObject({
      kind: "TERM",
      before: { startsOn: "2026-10-01", endsBefore: "2027-01-01" },
      after: { startsOn: "2026-10-01", endsBefore: "2026-11-16" },
    });
    // Seats beyond those billed may fall due on the 16th, so the corrections wait for that; 15 of 30 days of 500 and 150.
    expect(preview.after.waiting.map(({ kind, net }: Answer) => `${kind} ${net.amount}`)).toEqual([
      "ADJUSTMENT -250.00",
      "ADJUSTMENT -75.00",
    ]);
    expect(preview.difference).toEqual({ amount: "-325.00" });
    const then = await previewAmendment(world, id, cancel, "2026-11-16");
    expect(bills(then.after.invoices)).toEqual(["2026-11-16 -325.00"]);
    const kept = await previewAmendment(world, id, { ...cancel, unusedTime: "KEEP" });
    expect(kept.difference).toEqual({ amount: "0.00" });
  });

  test("says what is wrong, each with its place; another organization's contract is not there", async () => {
    const world = await contractWorld(api);
    const others = await contractWorld(api);
    const id = await billed(world);
    const preview = await previewAmendment(world, id, { effectiveOn: "2026-09-30", reason: "", changes: [{}] });
    expect(problemsOf(preview)).toEqual([
      "TEXT_MISSING at reason",
      "NOT_EXACTLY_ONE_CHANGE at changes.0",
      "AMENDMENT_OUTSIDE_TERM at effectiveOn",
    ]);
    const foreign = await previewAmendment(others, id, { effectiveOn: "2026-11-01", changes: [{ resume: true }] });
    expect(problemsOf(foreign)).toEqual(["CONTRACT_NOT_FOUND at contractId"]);
    const far = await previewAmendment(world, id, { effectiveOn: "2026-11-01", changes: [] }, "2040-01-01");
    expect(problemsOf(far)).toEqual(["PREVIEW_TOO_LONG at throughOn"]);
  });

  test("takes as many statements for a year as for a month", async () => {
    const world = await contractWorld(api);
    const { seats } = world.prices;
    const id = await billed(world);
    const changes = [{ changeQuantity: { lineageId: seats.lineageId, quantity: "20" } }];
    const statements = async (throughOn: string) => {
      const query = vi.spyOn(currentDatabase(), "query");
      await previewAmendment(world, id, { effectiveOn: "2026-11-01", changes }, throughOn);
      const count = query.mock.calls.length;
      query.mockRestore();
      return count;
    };
    await statements("2026-11-01");
    expect(await statements("2026-12-31")).toBe(await statements("2026-11-01"));
  });
});
