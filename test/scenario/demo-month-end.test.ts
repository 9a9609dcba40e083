import { afterAll, beforeAll, expect, test } from "vitest";
import type { Expected } from "../../prisma/seed/expected";
import expectedJson from "../../prisma/seed/expected.json";
import { seedDemoCompany } from "../../prisma/seed/seed-demo-company";
import { groupBy } from "../../server/domain/group-by";
import { Decimal } from "../../server/domain/money/decimal";
import { type Answer, type Client, startTestApi, type TestApi } from "../testkit/api";

/** The whole month-end of the demo company, as finance walks through it, through GraphQL alone. */
const expected: Expected = expectedJson as Expected;
const { month } = expected;
const MILLRACE = "Millrace Textiles Ltd";

let api: TestApi;
let finance: Client;

beforeAll(async () => {
  api = await startTestApi();
  finance = api.client((await seedDemoCompany()).apiKey);
}, 180_000);
afterAll(() => api?.stop());

type Row = { readonly id: string; readonly invoiceId: string | null } & { readonly [column: string]: string | null };

async function rows(): Promise<Row[]> {
  const { invoiceGrid } = await finance.data(
    `query ($month: PlainMonth!) { invoiceGrid(input: { month: $month, comparison: PREVIOUS_MONTH }) {
       columns { key } rows { id invoiceId cells } } }`,
    { month },
  );
  const keys: string[] = invoiceGrid.columns.map(({ key }: Answer) => key);
  return invoiceGrid.rows.map(({ id, invoiceId, cells }: Answer) => ({
    ...Object.fromEntries(keys.map((key, index) => [key, cells[index]])),
    id,
    invoiceId,
  }));
}

const rowOf = async (customer: string): Promise<Row> =>
  (await rows()).find((row) => row["customer"] === customer) as Row;
const draftIds = async (): Promise<string[]> =>
  (await rows()).flatMap(({ invoiceId, status }) => (status === "DRAFT" && invoiceId !== null ? [invoiceId] : []));

/** Lets the worker do what was asked for, and answers what came of it. */
async function operate(mutation: string, invoiceIds: readonly string[]): Promise<Answer> {
  const { operation } = await finance.done(mutation, "operation { id }", { selection: { invoiceIds } });
  await api.work();
  const answer = await finance.data(
    `query ($id: ID!) { operation(id: $id) { total succeeded skipped failed items(first: 200) { nodes { code } } } }`,
    { id: operation.id },
  );
  const { items, ...counts } = answer.operation;
  return { ...counts, codes: [...new Set(items.nodes.map(({ code }: Answer) => code))].sort() };
}

type Finding = { readonly subjectId: string; readonly subject: string; readonly isWaived: boolean };
type Check = { readonly kind: string; readonly state: string; readonly findings: readonly Finding[] };

async function checklist(): Promise<{ readonly canClose: boolean; readonly found: readonly Check[] }> {
  const { closeChecklist } = await finance.data(
    `query ($month: PlainMonth!) { closeChecklist(month: $month) {
       canClose checks { kind state findings(first: 1000) { subjectId subject isWaived } } } }`,
    { month },
  );
  const { canClose, checks } = closeChecklist;
  return { canClose, found: checks.filter(({ findings }: Check) => findings.length > 0) };
}
const states = ({ found }: { readonly found: readonly Check[] }) =>
  Object.fromEntries(found.map(({ kind, state, findings }) => [kind, `${state} ${findings.length}`]));

async function customerNamed(name: string): Promise<{ readonly id: string; readonly version: number }> {
  const { customers } = await finance.data(
    "query ($search: String) { customers(search: $search) { nodes { id version } } }",
    { search: name },
  );
  return customers.nodes[0];
}

test("finance closes October: every finding has its remedy, and then nothing is left", async () => {
  expect(states(await checklist())).toEqual(
    Object.fromEntries(Object.entries(expected.checklist.asDrafted).map(([kind, n]) => [kind, `BLOCKING ${n}`])),
  );

  // What the drafts do not know yet, or cannot be issued without.
  const acme = await customerNamed("Acme Europe");
  await finance.done("mapCustomerAlias", "customer { id }", {
    customerId: acme.id,
    alias: "ACME-EU",
    startsOn: "2026-10-17",
  });
  await finance.done("updateCustomer", "customer { id }", {
    ...(await customerNamed("Vesterhav")),
    taxId: "DK12345678",
  });
  const calder = await customerNamed("Calder Valley");
  const { contracts } = await finance.data(
    "query ($customerId: ID) { contracts(customerId: $customerId) { nodes { id version } } }",
    { customerId: calder.id },
  );
  await finance.done("updateContract", "contract { id }", { ...contracts.nodes[0], poNumber: "PO-77120" });
  expect(await operate("recalculateInvoices", await draftIds())).toMatchObject({ failed: 0 });

  // The override whose base moved is shown by now, and stays as agreed.
  const { lineOverrides } = await finance.data(
    "{ lineOverrides(state: UNCONFIRMED) { nodes { id engineAmountNow { amount } amount { amount } invoice { version } } } }",
  );
  const [override] = lineOverrides.nodes;
  expect(lineOverrides.nodes).toHaveLength(1);
  expect([override.engineAmountNow.amount, override.amount.amount]).toEqual(["1840.00", "1500.00"]);
  await finance.done("confirmLineOverride", "override { state }", {
    id: override.id,
    version: override.invoice.version,
    reason: "Agreed, whatever the volume was.",
  });

  // What is flagged now is looked at one by one.
  const flagged = (await rows()).filter((row) => row["flags"] !== null && row["flags"] !== "");
  const remedies = new Map(expected.findings.map(({ customer, remedy }) => [customer, remedy]));
  expect(flagged.filter((row) => !remedies.has(row["customer"] ?? ""))).toEqual([]);
  for (const { id, customer } of flagged) {
    await finance.done("signOffVariances", "signed", {
      selection: { month, rowIds: [id] },
      note: remedies.get(customer ?? "") ?? "",
    });
  }
  const left = expected.checklist.recalculated["DRAFTS_NOT_ISSUED"];
  expect(states(await checklist())).toEqual({ DRAFTS_NOT_ISSUED: `BLOCKING ${left}`, SENDS_FAILED: "BLOCKING 1" });

  // September's mail goes to the right address.
  const [bounced] = expected.bouncedMails;
  const studios = await customerNamed(bounced?.customer ?? "");
  const contacts = [{ name: "Accounts", email: "accounts.blauwasser@example.com", isPrimary: true }];
  await finance.done("updateCustomer", "customer { id }", { ...studios, contacts });
  const failed = (await checklist()).found.find(({ kind }) => kind === "SENDS_FAILED")?.findings ?? [];
  for (const { subjectId } of failed) {
    await finance.done("resendInvoice", "delivery { id }", { invoiceId: subjectId, reason: "It bounced." });
  }
  await api.work();
  expect(states(await checklist())).toEqual({ DRAFTS_NOT_ISSUED: `BLOCKING ${left}` });

  // One waits for the customer's answer; all others are issued and sent.
  const millrace = (await rowOf(MILLRACE)).invoiceId as string;
  const others = (await draftIds()).filter((id) => id !== millrace);
  expect(await operate("finalizeInvoices", others)).toMatchObject({ succeeded: others.length, skipped: 0, failed: 0 });
  expect(await operate("sendInvoices", others)).toEqual({
    total: others.length,
    succeeded: others.length - 1,
    skipped: 1,
    failed: 0,
    codes: ["SENT", "ZERO_TOTAL"],
  });
  const { waiver } = await finance.done("waiveFinding", "waiver { id subject }", {
    month,
    check: "DRAFTS_NOT_ISSUED",
    subjectId: millrace,
    reason: "Millrace looks into its stream; billed when it has answered.",
  });
  expect(waiver.subject).toContain(MILLRACE);
  expect(await checklist()).toMatchObject({ canClose: true, found: [{ kind: "DRAFTS_NOT_ISSUED", state: "WAIVED" }] });

  // The answer comes before the close: the stream was right.
  await finance.done("revokeWaiver", "waiver { id }", { waiverId: waiver.id });
  expect((await checklist()).canClose).toBe(false);
  expect(await operate("finalizeInvoices", [millrace])).toMatchObject({ succeeded: 1 });
  expect(await operate("sendInvoices", [millrace])).toMatchObject({ succeeded: 1 });
  expect(await checklist()).toEqual({ canClose: true, found: [] });

  // The books follow, once the new product has an account.
  const exported = { format: "XERO", selection: { month } };
  expect((await finance.command("exportAccounting", "export { id }", exported)).problems).toMatchObject([
    { code: expected.unmappedProducts[0]?.code },
  ]);
  const { products } = await finance.data("{ products(first: 200) { nodes { id version code } } }");
  const { id, version } = products.nodes.find(({ code }: Answer) => code === expected.unmappedProducts[0]?.product);
  await finance.done("updateProduct", "product { id }", { id, version, ledgerAccount: "4085" });
  const made = await finance.done(
    "exportAccounting",
    "export { documents totals { net { amount currency } tax { amount } gross { amount } } }",
    exported,
  );
  expect(made.export).toEqual(await documentsPosted());
  expect(await addedToReceivables()).toEqual(made.export.totals.map(({ gross }: Answer) => gross.amount));

  // October is closed, once.
  const { close } = await finance.done("closeMonth", "close { month closedBy checklist { count } }", { month });
  expect(close).toMatchObject({ month, closedBy: "Demo" });
  expect(close.checklist.every(({ count }: Answer) => count === 0)).toBe(true);
  expect(await finance.command("closeMonth", "close { id }", { month })).toMatchObject({ code: "MONTH_CLOSED" });
}, 240_000);

/** What the month added to what customers owe, by currency. */
async function addedToReceivables(): Promise<string[]> {
  const { receivablesRollForward } = await finance.data(
    `query ($month: PlainMonth!) { receivablesRollForward(month: $month) {
       rows { invoiced { amount currency } credited { amount } } } }`,
    { month },
  );
  return receivablesRollForward.rows.map(({ invoiced, credited }: Answer) =>
    new Decimal(invoiced.amount).minus(credited.amount).toFixed(invoiced.currency === "JPY" ? 0 : 2),
  );
}

/** What is posted in the month, by its documents. */
async function documentsPosted(): Promise<object> {
  const posted: Answer[] = [];
  for (let after: string | null = null, hasMore = true; hasMore; ) {
    const { invoices }: Answer = await finance.data(
      `query ($after: String) { invoices(filter: { status: [FINALIZED, SENT], issuedOn: { from: "2026-10-01" } }, first: 200, after: $after) {
         nodes { accountingOn net { amount currency } tax { amount } gross { amount } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    posted.push(...invoices.nodes.filter(({ accountingOn }: Answer) => accountingOn.startsWith(month)));
    [hasMore, after] = [invoices.pageInfo.hasNextPage, invoices.pageInfo.endCursor];
  }
  const totals = [...groupBy(posted, ({ net }: Answer) => net.currency as string)].sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (documents: readonly Answer[], of: "net" | "tax" | "gross") =>
    documents.reduce((total, document) => total.plus(document[of].amount), new Decimal(0));
  return {
    documents: posted.length,
    totals: totals.map(([currency, documents]) => {
      const text = (amount: Decimal) => amount.toFixed(currency === "JPY" ? 0 : 2);
      return {
        net: { amount: text(sum(documents, "net")), currency },
        tax: { amount: text(sum(documents, "tax")) },
        gross: { amount: text(sum(documents, "gross")) },
      };
    }),
  };
}
