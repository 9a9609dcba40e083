import { readdirSync, readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../testkit/api";

/** Usage comes in, invoices come out, finance reviews and sends; asserted to the cent, through GraphQL alone. */
let api: TestApi;
let org: TestOrganization;
let finance: Client;
let customerId: string;
let contractId: string;
let viewId: string;

const GRID = `query ($input: InvoiceGridInput!) { invoiceGrid(input: $input) { columns { key } rows { id invoiceId cells } totals { currency count previous current change changePercent } flagged stale } }`;
const month = async (name: string) => {
  const { invoiceGrid } = await finance.data(GRID, { input: { viewId, month: name } });
  const keys: string[] = invoiceGrid.columns.map(({ key }: Answer) => key);
  const rows = invoiceGrid.rows.map(({ cells }: Answer) =>
    Object.fromEntries(keys.map((key, index) => [key, cells[index]])),
  );
  return { ...invoiceGrid, rows };
};
const operate = async (mutation: string, input: object) => {
  const { operation } = await finance.done(mutation, "operation { id }", input);
  await api.work();
  const answer = await finance.data(
    "query ($id: ID!) { operation(id: $id) { status total succeeded skipped failed items { nodes { status code message } } } }",
    { id: operation.id },
  );
  return answer.operation;
};
const clock = (now: string) => org.admin.done("setTestClock", "organization { today }", { now });
const use = (quantity: number, from: string, days: number, tag = "") =>
  finance.done("recordUsageEvents", "recorded duplicates unattributed", {
    events: Array.from({ length: days }, (_, day) => {
      const on = new Date(Date.parse(`${from}T12:00:00Z`) + day * 86_400_000).toISOString();
      return {
        id: `calls-${tag}${on}`,
        alias: "northwind",
        type: "api_call",
        timestamp: on,
        properties: { quantity: String(quantity) },
      };
    }),
  });

beforeAll(async () => {
  api = await startTestApi();
  org = await api.organization({ now: "2026-08-28T09:00:00Z" });
  finance = await org.as("finance");

  await finance.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: "VAT 20 %",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const metric = (
    await finance.done("createUsageMetric", "usageMetric { id }", {
      code: "api-calls",
      name: "API calls",
      eventType: "api_call",
      aggregation: "SUM",
      property: "quantity",
      unit: "API call",
    })
  ).usageMetric;
  const product = async (code: string, name: string) =>
    (await finance.done("createProduct", "product { id }", { code, name, taxCode: "STANDARD" })).product.id;
  const price = async (input: object) =>
    (
      await finance.done("createPrice", "price { id }", {
        currency: "GBP",
        effectiveOn: "2026-01-01",
        cadence: "MONTHLY",
        ...input,
      })
    ).price.id;
  const platform = await product("PLATFORM", "Platform");
  const api_ = await product("API", "API calls");
  const fee = await price({
    productId: platform,
    name: "Platform subscription",
    timing: "IN_ADVANCE",
    terms: { flat: { fee: "500.00" } },
  });
  const calls = await price({
    productId: api_,
    name: "API calls",
    timing: "IN_ARREARS",
    metricId: metric.id,
    terms: { graduated: { tiers: [{ upTo: "1000000", unitPrice: "0.0010" }, { unitPrice: "0.0006" }] } },
  });
  customerId = (
    await finance.done("createCustomer", "customer { id }", {
      legalName: "Northwind Traders Ltd",
      currency: "GBP",
      addressLines: ["2 Harbour Road", "Bristol"],
      contacts: [{ name: "Ada Byron", email: "ada@example.com", isPrimary: true }],
    })
  ).customer.id;
  await finance.done("mapCustomerAlias", "customer { id }", { customerId, alias: "northwind" });
  const contract = (
    await finance.done("createContract", "contract { id version }", {
      customerId,
      name: "Northwind 2026",
      startsOn: "2026-09-01",
      phases: [
        {
          startsOn: "2026-09-01",
          charges: [
            { priceId: fee },
            { priceId: calls, discounts: [{ description: "Launch discount", percent: "10" }] },
          ],
        },
      ],
    })
  ).contract;
  contractId = contract.id;
  await finance.done("activateContract", "contract { id }", { id: contractId, version: contract.version });
  viewId = (await finance.done("createSavedView", "savedView { id }", { name: "Month-end" })).savedView.id;
});
afterAll(() => api.stop());

describe("the first bill, in advance", () => {
  it("is drafted when its day has come, and not before", async () => {
    expect(await operate("draftInvoices", {})).toMatchObject({
      status: "COMPLETED",
      items: { nodes: [{ code: "NOTHING_DUE" }] },
    });
    await clock("2026-09-01T08:00:00Z");
    expect(await operate("draftInvoices", {})).toMatchObject({ succeeded: 1, items: { nodes: [{ code: "DRAFTED" }] } });
    const { rows } = await month("2026-09");
    expect(rows).toMatchObject([
      { customer: "Northwind Traders Ltd", status: "DRAFT", net: "500.00", tax: "100.00", gross: "600.00" },
    ]);
  });

  it("is finalized and sent once, with number and PDF", async () => {
    const selection = { viewId, month: "2026-09" };
    expect(await operate("finalizeInvoices", { selection })).toMatchObject({
      succeeded: 1,
      items: { nodes: [{ message: "Issued as INV-2026-00001." }] },
    });
    expect(await operate("sendInvoices", { selection })).toMatchObject({
      succeeded: 1,
      items: { nodes: [{ code: "SENT", message: "Sent to ada@example.com." }] },
    });
    expect(await operate("sendInvoices", { selection })).toMatchObject({
      succeeded: 0,
      skipped: 1,
      items: { nodes: [{ code: "ALREADY_SENT" }] },
    });
    const mails = readdirSync(api.outbox);
    expect(mails).toHaveLength(1);
    const mail = await simpleParser(readFileSync(`${api.outbox}/${mails[0]}`));
    expect(mail.subject).toBe("Invoice INV-2026-00001 from Test Seller Ltd");
    expect(mail.attachments[0]).toMatchObject({ filename: "INV-2026-00001.pdf", contentType: "application/pdf" });
  });
});

describe("October, with September's usage", () => {
  it("bills what was used beside the next month in advance", async () => {
    await clock("2026-10-01T08:00:00Z");
    await use(30_000, "2026-09-01", 30);
    await operate("draftInvoices", {});
    const { rows } = await month("2026-09");
    // 30 × 30,000 = 900,000 at 0.0010 = 900.00, less 10 % = 810.00; and October's 500.00 in advance.
    expect(rows.map(({ net, status }: Answer) => [status, net])).toEqual([
      ["SENT", "500.00"],
      ["DRAFT", "1310.00"],
    ]);
  });

  it("explains every line", async () => {
    const { invoices } = await finance.data(
      `{ invoices(filter: { status: [DRAFT] }) { nodes { lines { description net { amount } explanationText } } } }`,
    );
    expect(invoices.nodes[0].lines).toEqual([
      {
        description: "Platform subscription",
        net: { amount: "500.00" },
        explanationText: expect.arrayContaining([expect.stringContaining("500.00")]),
      },
      {
        description: "API calls",
        net: { amount: "810.00" },
        explanationText: expect.arrayContaining(["900,000 API calls at 0.0010 = 900.00"]),
      },
    ]);
  });

  it("knows that it is stale when usage arrives, and is not finalized then", async () => {
    await use(1_000, "2026-09-30", 1, "more-");
    expect((await month("2026-09")).stale).toBe(1);
    expect(await operate("finalizeInvoices", { selection: { viewId, month: "2026-09" } })).toMatchObject({
      failed: 1,
      succeeded: 0,
      skipped: 1,
    });
  });

  it("is recalculated once; recalculating again changes nothing, not even the version", async () => {
    const selection = { viewId, month: "2026-09" };
    const versions = async () =>
      (await finance.data("{ invoices(filter: { status: [DRAFT] }) { nodes { version net { amount } isStale } } }"))
        .invoices.nodes;
    expect(await operate("recalculateInvoices", { selection })).toMatchObject({ succeeded: 1, skipped: 1 });
    const before = await versions();
    expect(before).toMatchObject([{ net: { amount: "1310.90" }, isStale: false }]);
    expect(await operate("recalculateInvoices", { selection })).toMatchObject({ succeeded: 0, skipped: 2 });
    expect(await versions()).toEqual(before);
  });

  it("is finalized with the next number", async () => {
    expect(await operate("finalizeInvoices", { selection: { viewId, month: "2026-09" } })).toMatchObject({
      succeeded: 1,
      skipped: 1,
    });
    const { invoices } = await finance.data(
      "{ invoices { nodes { number billingMonth issuedOn dueOn accountingOn taxPointOn } } }",
    );
    expect(invoices.nodes.find(({ number }: Answer) => number === "INV-2026-00002")).toEqual({
      number: "INV-2026-00002",
      billingMonth: "2026-09",
      issuedOn: "2026-10-01",
      taxPointOn: "2026-10-01",
      accountingOn: "2026-09-30",
      dueOn: "2026-10-31",
    });
  });
});

describe("November, with late September usage", () => {
  it("bills October, and the difference to September with all its events", async () => {
    await clock("2026-11-01T08:00:00Z");
    await use(50_000, "2026-10-01", 31);
    await use(10_000, "2026-09-15", 1, "late-");
    await operate("draftInvoices", {});
    const { invoices } = await finance.data(
      `{ invoices(filter: { status: [DRAFT] }) { nodes { billingMonth net { amount } lines { kind description net { amount } } } } }`,
    );
    // 31 × 50,000 = 1,550,000: 1,000.00 + 550,000 × 0.0006 = 330.00; less 10 % = 1,197.00. Late: 10,000 at 0.0010 less 10 % = 9.00.
    expect(invoices.nodes).toMatchObject([
      {
        billingMonth: "2026-10",
        net: { amount: "1706.00" },
        lines: [
          { kind: "CHARGE", description: "Platform subscription", net: { amount: "500.00" } },
          { kind: "CHARGE", description: "API calls", net: { amount: "1197.00" } },
          { kind: "ADJUSTMENT", net: { amount: "9.00" } },
        ],
      },
    ]);
  });

  it("compares with last month", async () => {
    const { totals, rows } = await month("2026-10");
    expect(totals).toEqual([
      {
        currency: "GBP",
        count: 1,
        previous: "1810.90",
        current: "1706.00",
        change: "-104.90",
        changePercent: expect.stringMatching(/^-5\.7/),
      },
    ]);
    expect(rows).toMatchObject([{ net: "1706.00", previousNet: "1810.90", change: "-104.90" }]);
  });

  it("proposes nothing more once it is issued", async () => {
    await operate("finalizeInvoices", { selection: { viewId, month: "2026-10" } });
    expect(await operate("draftInvoices", {})).toMatchObject({ items: { nodes: [{ code: "NOTHING_DUE" }] } });
  });
});

describe("who may do what", () => {
  it("lets an analyst look and nothing else", async () => {
    const analyst = await org.as("analyst");
    await analyst.data("{ invoices { nodes { id } } }");
    const { errors } = await analyst.ask(
      "mutation ($input: DraftInvoicesInput!) { draftInvoices(input: $input) { __typename } }",
      { input: { idempotencyKey: "a" } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
  });

  it("hands the PDF to those who may read the invoice, and to nobody else", async () => {
    const { invoices } = await finance.data("{ invoices { nodes { documentUrl } } }");
    const url = `${api.url}${invoices.nodes.find(({ documentUrl }: Answer) => documentUrl).documentUrl}`;
    const mine = await fetch(url, { headers: { authorization: `Bearer ${finance.token}` } });
    expect([mine.status, mine.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(
      Buffer.from(await mine.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    const stranger = await (await api.organization()).as("admin");
    expect((await fetch(url, { headers: { authorization: `Bearer ${stranger.token}` } })).status).toBe(404);
    expect((await fetch(url)).status).toBe(401);
  });
});
