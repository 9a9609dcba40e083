import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { allInvoices, makeCompany, operate } from "../../testkit/company";
import { countStatements } from "../../testkit/count-statements";
import { mapEverything } from "./accounting-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** A sandbox with issued invoices of October and November, a customer each. */
async function issued({ customers = 2, currency = "GBP" } = {}) {
  const org = await api.organization();
  const company = await makeCompany(org, { customers, currency });
  if (currency !== "GBP") {
    const rate = { baseCurrency: currency, quoteCurrency: "GBP", rate: "0.8571", on: "2026-11-02", source: "test" };
    await company.finance.done("setExchangeRate", "__typename", rate).catch(() => {});
  }
  await operate(api, company.finance, "draftInvoices", {});
  const invoiceIds = (await allInvoices(company.finance)).map(({ id }) => id);
  await operate(api, company.finance, "finalizeInvoices", { selection: { invoiceIds } });
  return { org, ...company, invoiceIds };
}

const EXPORT =
  "export { id format month isRepeat documents createdBy totals { net { amount currency } tax { amount } gross { amount } } files { kind fileName sha256 url } }";
const exportOf = async (client: Client, input: object): Promise<Answer> =>
  (await client.done("exportAccounting", EXPORT, input)).export;
const download = (client: Client, url: string) =>
  fetch(api.url + url, { headers: { authorization: `Bearer ${client.token}` } });

const READINESS =
  "query ($selection: DocumentSelectionInput!) { accountingReadiness(selection: $selection) { documents ready problems { code message subjectType subject documents } } }";

describe("before anything is mapped", () => {
  test("readiness lists each thing to map once, and an export is refused by naming them", async () => {
    const { finance, productId } = await issued();
    const { accountingReadiness } = await finance.data(READINESS, { selection: { month: "2026-11" } });
    expect(accountingReadiness).toMatchObject({ documents: 4, ready: 0 });
    expect(
      accountingReadiness.problems.map(({ code, subject, documents }: Answer) => [code, subject, documents]),
    ).toEqual([
      ["LEDGER_ACCOUNT_MISSING", productId, 4],
      ["RECEIVABLE_ACCOUNT_MISSING", "RECEIVABLE_ACCOUNT_MISSING", 4],
      ["TAX_ACCOUNT_MISSING", "TAX_ACCOUNT_MISSING", 4],
      ["TAX_CODE_UNMAPPED", "STANDARD", 4],
    ]);
    const refused = await finance.command("exportAccounting", EXPORT, {
      selection: { month: "2026-11" },
      format: "XERO",
    });
    expect(refused).toMatchObject({ __typename: "InvalidInput", code: "LEDGER_ACCOUNT_MISSING" });
    expect(refused.problems.map(({ code }: Answer) => code)).toEqual([
      "LEDGER_ACCOUNT_MISSING",
      "TAX_CODE_UNMAPPED",
      "RECEIVABLE_ACCOUNT_MISSING",
      "TAX_ACCOUNT_MISSING",
    ]);
    await mapEverything(finance);
    expect((await finance.data(READINESS, { selection: { month: "2026-11" } })).accountingReadiness).toEqual({
      documents: 4,
      ready: 4,
      problems: [],
    });
  });
  test("a tax code that the catalog does not have, a stale version and a third tracking category are refused", async () => {
    const { finance } = await issued({ customers: 1 });
    expect(
      await finance.command("setTaxCodeMapping", "settings { version }", { taxCode: "NONE", taxType: "X" }),
    ).toMatchObject({
      code: "TAX_CODE_UNKNOWN",
    });
    await mapEverything(finance);
    expect(
      await finance.command("setAccountingSettings", "settings { version }", { version: 0, taxAccount: "1" }),
    ).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 1,
    });
    for (const category of ["Region", "Team"]) {
      await finance.done("setTrackingOption", "settings { version }", { category, option: "North" });
    }
    expect(
      await finance.command("setTrackingOption", "settings { version }", { category: "More", option: "x" }),
    ).toMatchObject({
      code: "TOO_MANY_TRACKING_CATEGORIES",
    });
  });
});

describe("an export", () => {
  test("holds the month's documents, ties to the invoices to the cent, and is kept with its hashes", async () => {
    const { finance } = await issued();
    await mapEverything(finance);
    const made = await exportOf(finance, { selection: { month: "2026-11" }, format: "XERO" });
    expect(made).toMatchObject({
      format: "XERO",
      month: "2026-11",
      isRepeat: false,
      documents: 4,
      totals: [{ net: { amount: "400.00", currency: "GBP" }, tax: { amount: "80.00" }, gross: { amount: "480.00" } }],
    });
    expect(made.files.map(({ fileName }: Answer) => fileName)).toEqual([
      "billgrid-2026-11-xero-documents.csv",
      "billgrid-2026-11-xero-journals.csv",
    ]);
    const [documents, journals] = made.files;
    const response = await download(finance, documents.url);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(documents.sha256);
    expect(bytes.toString("utf8").trimEnd().split("\r\n")).toHaveLength(1 + 4);
    const lines = (await (await download(finance, journals.url)).text()).trimEnd().split("\r\n").slice(1);
    const amounts = lines.map((line) => Number(line.split(",").at(-1)));
    expect(amounts.filter((amount) => amount > 0).reduce((sum, amount) => sum + amount, 0)).toBe(480);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });
  test("is read with authorization alone, and by nobody else", async () => {
    const { finance } = await issued({ customers: 1 });
    await mapEverything(finance);
    const { files } = await exportOf(finance, { selection: { month: "2026-11" }, format: "QUICKBOOKS" });
    expect((await fetch(api.url + files[0].url)).status).toBe(401);
    const other = await api.organization();
    expect((await download(other.admin, files[0].url)).status).toBe(404);
    expect((await download(finance, files[0].url.replace("documents", "secrets"))).status).toBe(404);
  });
  test("holds each document once in a format; again only where asked for, and then it says so", async () => {
    const { finance, invoiceIds } = await issued();
    await mapEverything(finance);
    const first = await exportOf(finance, { selection: { invoiceIds: invoiceIds.slice(0, 1) }, format: "NETSUITE" });
    expect((await exportOf(finance, { selection: { month: "2026-11" }, format: "NETSUITE" })).documents).toBe(3);
    const selection = { invoiceIds: invoiceIds.slice(0, 1) };
    expect(await finance.command("exportAccounting", EXPORT, { selection, format: "NETSUITE" })).toMatchObject({
      __typename: "Conflict",
      code: "ALREADY_EXPORTED",
      message:
        "The one document was exported before in this format. Send isRepeat to have them again; then take care that they are not booked twice.",
    });
    const again = await exportOf(finance, { selection, format: "NETSUITE", isRepeat: true });
    expect(again.isRepeat).toBe(true);
    expect(again.files.map(({ sha256 }: Answer) => sha256)).toEqual(first.files.map(({ sha256 }: Answer) => sha256));
    expect(again.files[0].fileName).toBe("billgrid-selection-again-netsuite-documents.csv");
    expect((await exportOf(finance, { selection, format: "XERO" })).isRepeat).toBe(false);
  });
  test("of two at the same moment holds each document once", async () => {
    const { finance } = await issued();
    await mapEverything(finance);
    const input = { selection: { month: "2026-11" }, format: "XERO" };
    const both = await Promise.all([
      finance.command("exportAccounting", EXPORT, input),
      finance.command("exportAccounting", EXPORT, input),
    ]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(["Conflict", "ExportAccountingSuccess"]);
  });
  test("of nothing, of both kinds of selection, or by an analyst is refused", async () => {
    const { org, finance, invoiceIds } = await issued({ customers: 1 });
    await mapEverything(finance);
    const refusal = async (selection: object) =>
      (await finance.command("exportAccounting", EXPORT, { selection, format: "XERO" })).code;
    expect(await refusal({ month: "2026-01" })).toBe("NOTHING_SELECTED");
    expect(await refusal({})).toBe("SELECTION_AMBIGUOUS");
    expect(await refusal({ month: "2026-11", invoiceIds })).toBe("SELECTION_AMBIGUOUS");
    const analyst = await org.as("analyst");
    const { errors } = await analyst.ask(
      `mutation { exportAccounting(input: { selection: { month: "2026-11" }, format: XERO, idempotencyKey: "k" }) { __typename } }`,
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
  });
});

test("lists of exports and of copies take as many statements for many as for one", async () => {
  const { finance, invoiceIds } = await issued({ customers: 3 });
  await mapEverything(finance);
  for (const id of invoiceIds) await exportOf(finance, { selection: { invoiceIds: [id] }, format: "XERO" });
  const ask = (first: number) =>
    countStatements(() =>
      finance.data(
        `{ accountingExports(first: ${first}) { nodes { id files { kind } totals { net { amount } } } }
           invoices(first: ${first}) { nodes { id accounting { state payments { state } } accountingExport { exportId } customer { xeroContactId } } } }`,
      ),
    );
  // Connections of the pool are handed to this organization first.
  for (const first of [2, 6, 2, 6]) await ask(first);
  expect(await ask(6)).toBe(await ask(2));
});

test("a sandbox never syncs out", async () => {
  const { org, finance, invoiceIds } = await issued({ customers: 1 });
  const operation = await operate(api, finance, "syncInvoices", { selection: { invoiceIds } });
  expect(operation.items.nodes.map(({ status, code }: Answer) => [status, code])).toEqual([
    ["SKIPPED", "SANDBOX_NEVER_SYNCS"],
    ["SKIPPED", "SANDBOX_NEVER_SYNCS"],
  ]);
  expect((await org.admin.command("connectXero", "authorizationUrl", {})).code).toMatch(
    /XERO_NOT_SET_UP|SANDBOX_NEVER_SYNCS/,
  );
});
