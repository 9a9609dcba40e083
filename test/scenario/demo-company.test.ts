import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { companyOf } from "../../prisma/seed/company";
import type { CustomerPlan } from "../../prisma/seed/customer-plan";
import {
  type Expected,
  type ExpectedBill,
  type ExpectedQuote,
  type ExpectedState,
  expectedBill,
  expectedQuotes,
  expectedReceivables,
} from "../../prisma/seed/expected";
import expectedJson from "../../prisma/seed/expected.json";
import { Random } from "../../prisma/seed/random";
import { type DemoCompany, isSeeded, seedDemoCompany } from "../../prisma/seed/seed-demo-company";
import { type DemoSize, demoOrganizationId } from "../../prisma/seed/seller";
import { UNMAPPED } from "../../prisma/seed/stories/account-unmapped";
import { BOUNCED } from "../../prisma/seed/stories/bounced-mail";
import { STORIES } from "../../prisma/seed/stories/stories";
import { eventsOf } from "../../prisma/seed/usage-events";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import type { TenantPool } from "../../server/platform/database/tenant-pool";
import { currentDatabase, useDatabase } from "../../server/platform/database/transaction";
import { type Answer, type Client, startTestApi, type TestApi } from "../testkit/api";
import { createTestDatabase, type TestDatabase } from "../testkit/database";

const expected: Expected = expectedJson as Expected;
const { month } = expected;

let api: TestApi;
let demo: DemoCompany;
let finance: Client;
let servedPool: TenantPool;

beforeAll(async () => {
  api = await startTestApi();
  servedPool = currentDatabase();
  demo = await seedDemoCompany();
  finance = api.client(demo.apiKey);
}, 180_000);
afterAll(() => api?.stop());

type Row = { readonly [column: string]: string | null };
type Grid = {
  readonly rows: readonly Row[];
  readonly totals: Answer;
  readonly flagged: number;
  readonly stale: number;
};

async function grid(viewId: string | null = null): Promise<Grid> {
  const { invoiceGrid } = await finance.data(
    `query ($viewId: ID, $month: PlainMonth!) {
       invoiceGrid(input: { viewId: $viewId, month: $month, comparison: PREVIOUS_MONTH }) {
         columns { key } rows { cells } totals { currency previous current } flagged stale
       }
     }`,
    { viewId, month },
  );
  const keys: string[] = invoiceGrid.columns.map((column: Answer) => column.key);
  const rows = invoiceGrid.rows.map((row: Answer) =>
    Object.fromEntries(keys.map((key, index) => [key, row.cells[index]])),
  );
  return { ...invoiceGrid, rows };
}

const flagsOf = (row: Row): string[] => (row["flags"] ? row["flags"].split(", ").sort() : []);
const text = (amount: Decimal): string => amount.toFixed(2);
const sum = (rows: readonly Row[], column: string): string =>
  text(rows.reduce((total, row) => total.plus(row[column] ?? 0), new Decimal(0)));

/** What the grid says of one customer, in the words of expected.json. */
function stateOf(customer: string, { rows }: Grid): ExpectedState & { readonly previous: string } {
  const own = rows.filter((row) => row["customer"] === customer);
  return {
    previous: sum(own, "previousNet"),
    current: sum(own, "net"),
    change: sum(own, "change"),
    flags: own.flatMap(flagsOf),
  };
}

/** What moved the bill of a customer most; of several rows the one that changed most says it. */
const driverOf = (customer: string, { rows }: Grid): string | null =>
  rows
    .filter((row) => row["customer"] === customer)
    .map((row) => ({ driver: row["topDriver"] ?? null, size: new Decimal(row["change"] ?? 0).abs() }))
    .sort((a, b) => b.size.comparedTo(a.size))[0]?.driver ?? null;

async function viewNamed(wanted: string): Promise<string> {
  const { savedViews } = await finance.data("{ savedViews { id name } }");
  return savedViews.find(({ name }: Answer) => name === wanted).id;
}

async function checklistCounts(): Promise<object> {
  const { closeChecklist } = await finance.data(
    "query ($month: PlainMonth!) { closeChecklist(month: $month) { canClose checks { kind count } } }",
    { month },
  );
  expect(closeChecklist.canClose).toBe(false);
  const found = closeChecklist.checks.filter(({ count }: Answer) => count > 0);
  return Object.fromEntries(found.map(({ kind, count }: Answer) => [kind, count]));
}

const noticed = ({ rows }: Grid): string[] =>
  rows.filter((row) => row["flags"]).map((row) => row["customer"] as string);
const withFlags = (state: "asDrafted" | "recalculated") =>
  expected.findings.filter((bill) => bill[state].flags.length > 0).map(({ customer }) => customer);
const planted: readonly ExpectedBill[] = [...expected.findings, ...expected.unflagged];
const byName = (names: readonly string[]): string[] => [...names].sort();

describe("the demo company on the morning of its month-end", () => {
  test("has sixty customers in four currencies", async () => {
    const { customers } = await finance.data("{ customers(first: 200) { nodes { legalName currency } } }");
    const currencies = customers.nodes.map(({ currency }: Answer) => currency);
    const count = (code: string) => currencies.filter((currency: string) => currency === code).length;
    expect([currencies.length, count("GBP"), count("USD"), count("EUR"), count("JPY")]).toEqual([60, 36, 15, 8, 1]);
    expect(new Set(customers.nodes.map(({ legalName }: Answer) => legalName)).size).toBe(60);
  });

  test("stands still at nine in the morning in London", async () => {
    const { organization } = await finance.data("{ organization { today now mode baseCurrency timeZone } }");
    expect(organization).toEqual({
      today: "2026-11-03",
      now: "2026-11-03T09:00:00.000Z",
      mode: "SANDBOX",
      baseCurrency: "GBP",
      timeZone: "Europe/London",
    });
  });

  test("shows exactly what was planted, before and after recalculation, and the remedies mend it", async () => {
    const drafted = await grid();
    expectFindings("asDrafted", drafted);
    expect(await checklistCounts()).toEqual(expected.checklist.asDrafted);
    expect((await unattributed()).rows).toEqual(
      expected.unattributedUsage.map(({ alias, metric, quantity, estimatedValue, similarAliases }) => ({
        alias,
        similarAliases,
        metrics: [{ metric, quantity, estimatedValue }],
      })),
    );
    expect((await unattributed()).totalEstimated).toEqual(
      expected.unattributedUsage.map(({ estimatedValue }) => estimatedValue),
    );

    const stale = expected.findings.filter(({ asDrafted }) => asDrafted.flags.includes("STALE"));
    expect(await recalculateAll()).toEqual({ status: "COMPLETED", failed: 0, succeeded: stale.length });
    const recalculated = await grid();
    expectFindings("recalculated", recalculated);
    expect(recalculated.stale).toBe(0);
    expect(await checklistCounts()).toEqual(expected.checklist.recalculated);
    const withDrivers = await grid(await viewNamed("Month-end: all invoices"));
    for (const { customer, driver } of planted) {
      expect({ customer, driver: driverOf(customer, withDrivers) }).toEqual({ customer, driver });
    }
    const taxOf = ({ rows }: Grid, name: string) => rows.find(({ customer }) => customer === name)?.["tax"];
    for (const { customer, tax } of planted.filter((bill) => bill.tax)) {
      expect({ asDrafted: taxOf(drafted, customer), recalculated: taxOf(recalculated, customer) }).toEqual(tax);
    }

    await mapAcme();
    await enterTaxId();
    await enterPoNumber();
    await recalculateAll();
    const mended = await grid();
    expect(stateOf("Acme Europe B.V.", mended)).toMatchObject({ current: "6230.00", change: "68.00", flags: [] });
    expect(stateOf("Vesterhav Shipping ApS", mended).flags).toEqual([]);
    expect(stateOf("Calder Valley Water Ltd", mended).flags).toEqual([]);
    expect((await unattributed()).rows).toEqual([]);
  });

  function expectFindings(state: "asDrafted" | "recalculated", found: Grid): void {
    expect(byName(noticed(found))).toEqual(byName(withFlags(state)));
    for (const bill of planted) {
      const { customer, previous } = bill;
      expect({ customer, ...stateOf(customer, found) }).toEqual({ customer, previous, ...bill[state] });
    }
    expect(found.totals).toEqual(expected.totals[state]);
  }

  async function unattributed(): Promise<Answer> {
    const { unattributedUsage } = await finance.data(
      `query ($month: PlainMonth!) { unattributedUsage(month: $month) {
         totalEstimated { amount currency }
         rows { alias similarAliases metrics { metric quantity estimatedValue { amount currency } } } } }`,
      { month },
    );
    return unattributedUsage;
  }

  async function recalculateAll(): Promise<Answer> {
    const viewId = await viewNamed("Month-end: all invoices");
    const { operation } = await finance.done("recalculateInvoices", "operation { id }", {
      selection: { viewId, month },
    });
    await api.work();
    const answer = await finance.data("query ($id: ID!) { operation(id: $id) { status failed succeeded } }", {
      id: operation.id,
    });
    return answer.operation;
  }

  async function customerNamed(search: string): Promise<{ readonly id: string; readonly version: number }> {
    const { customers } = await finance.data(
      "query ($search: String) { customers(search: $search) { nodes { id version } } }",
      { search },
    );
    return customers.nodes[0];
  }

  async function mapAcme(): Promise<void> {
    const { id: customerId } = await customerNamed("Acme Europe");
    await finance.done("mapCustomerAlias", "customer { id }", { customerId, alias: "ACME-EU", startsOn: "2026-10-17" });
  }

  async function enterTaxId(): Promise<void> {
    const { id, version } = await customerNamed("Vesterhav");
    await finance.done("updateCustomer", "customer { id }", { id, version, taxId: "DK12345678" });
  }

  async function enterPoNumber(): Promise<void> {
    const { id: customerId } = await customerNamed("Calder Valley");
    const { contracts } = await finance.data(
      "query ($customerId: ID) { contracts(customerId: $customerId) { nodes { id version } } }",
      { customerId },
    );
    const [{ id, version }] = contracts.nodes;
    await finance.done("updateContract", "contract { id }", { id, version, poNumber: "PO-77120" });
  }
});

describe("its history", () => {
  test("has invoices with numbers that leave no gap and days that never go back", async () => {
    const invoices = await issuedInvoices();
    for (const year of ["2025", "2026"]) {
      const ofYear = invoices.filter(({ number }) => number.startsWith(`INV-${year}-`));
      expect(ofYear.map(({ number }) => number)).toEqual(
        ofYear.map((_, index) => `INV-${year}-${String(index + 1).padStart(5, "0")}`),
      );
      const days = ofYear.map(({ issuedOn }) => issuedOn);
      expect(days).toEqual([...days].sort());
      expect(days.every((day) => day.startsWith(year))).toBe(true);
    }
    expect(new Set(invoices.map(({ billingMonth }) => billingMonth)).size).toBe(13);
  });

  test("was sent, but for what is zero and so not mailed", async () => {
    const invoices = await issuedInvoices();
    const isZero = ({ gross }: Issued) => new Decimal(gross.amount).isZero();
    expect(invoices.filter((invoice) => (invoice.status === "SENT") === isZero(invoice))).toEqual([]);
  });

  test("has a document for each invoice, made when somebody first looks", async () => {
    const [invoice] = await issuedInvoices();
    const response = await fetch(new URL(invoice?.documentUrl ?? "", api.url), {
      headers: { authorization: `Bearer ${demo.apiKey}` },
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });

  test("has two fifths of its revenue from the ten largest customers", async () => {
    const pounds: Record<string, string> = { GBP: "1", EUR: "0.85", USD: "0.78", JPY: "0.0052" };
    const { rows } = await grid();
    const billed = rows
      .map((row) => new Decimal(row["previousNet"] ?? 0).times(pounds[row["currency"] ?? ""] ?? 0))
      .sort((a, b) => b.comparedTo(a));
    const total = (amounts: readonly Decimal[]) => amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
    const share = total(billed.slice(0, 10)).div(total(billed));
    expect(share.toDecimalPlaces(2).toFixed()).toBe("0.4");
  });

  type Issued = {
    readonly number: string;
    readonly status: string;
    readonly issuedOn: string;
    readonly billingMonth: string;
    readonly gross: { readonly amount: string };
    readonly documentUrl: string;
  };

  async function issuedInvoices(): Promise<Issued[]> {
    const issued: Issued[] = [];
    for (let after: string | null = null; ; ) {
      const { invoices }: Answer = await finance.data(
        `query ($after: String) { invoices(filter: { status: [FINALIZED, SENT] }, first: 200, after: $after) {
           nodes { number status issuedOn billingMonth gross { amount } documentUrl } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      issued.push(...invoices.nodes);
      if (!invoices.pageInfo.hasNextPage) return issued.sort((a, b) => (a.number < b.number ? -1 : 1));
      after = invoices.pageInfo.endCursor;
    }
  }
});

describe("receivables", () => {
  const AGED =
    "notDue { amount } days1To30 { amount } days31To60 { amount } days61To90 { amount } over90 { amount } disputed { amount }";
  const amounts = (aged: Answer) =>
    Object.fromEntries(
      Object.entries(aged as Record<string, { amount: string }>).map(([key, { amount }]) => [key, amount]),
    );

  test("are as old as was planted, by customer and in all", async () => {
    const { aging } = await finance.data(
      `{ aging { totals { due { ${AGED} total { currency } } balance { amount } }
         rows(first: 200) { nodes { customer { legalName } due { ${AGED} total { amount currency } } } } } }`,
    );
    const totals = aging.totals.map(({ due: { total, ...due }, balance }: Answer) => ({
      currency: total.currency,
      ...amounts(due),
      balance: balance.amount,
    }));
    expect(totals).toEqual(expected.receivables.aging);
    for (const { customer, currency, bucket, due } of expected.receivables.findings) {
      const row = aging.rows.nodes.find((each: Answer) => each.customer.legalName === customer);
      expect({
        customer,
        currency: row?.due.total.currency,
        total: row?.due.total.amount,
        due: row?.due[bucket].amount,
      }).toEqual({ customer, currency, total: due, due });
    }
  });

  test("roll forward through October to what was due on its last day", async () => {
    const parts =
      "opening { amount currency } invoiced { amount } credited { amount } paid { amount } refunded { amount } writtenOff { amount } closing { amount }";
    const { receivablesRollForward, aging } = await finance.data(
      `query ($month: PlainMonth!) { receivablesRollForward(month: $month) { currenciesWithoutRate rows { ${parts} } }
         aging(on: "2026-10-31") { totals { net { amount } } } }`,
      { month },
    );
    const rows = receivablesRollForward.rows.map((row: Answer) => ({
      currency: row.opening.currency,
      ...amounts(row),
    }));
    expect(rows).toEqual(expected.receivables.rollForward);
    expect(receivablesRollForward.currenciesWithoutRate).toEqual([]);
    for (const { opening, invoiced, credited, paid, refunded, writtenOff, closing } of expected.receivables
      .rollForward) {
      const sum = new Decimal(opening).plus(invoiced).minus(credited).minus(paid).plus(refunded).minus(writtenOff);
      expect(sum.equals(closing)).toBe(true);
    }
    const owed = rows.map(({ closing }: Answer) => closing).filter((closing: string) => !new Decimal(closing).isZero());
    expect(owed).toEqual(aging.totals.map(({ net }: Answer) => net.amount));
  });

  test("come in on time from most, and sooner or later from all but one of those that fell due in September", async () => {
    const { invoices } = await finance.data(
      `{ invoices(first: 200, filter: { dueOn: { from: "2026-09-01", through: "2026-09-30" } }) {
         nodes { paymentStatus settlements { effectiveOn } dueOn } } }`,
    );
    const onTime = invoices.nodes.filter(({ settlements, dueOn }: Answer) =>
      settlements.some(({ effectiveOn }: Answer) => effectiveOn <= dueOn),
    );
    expect([onTime.length, invoices.nodes.length]).toEqual([42, 53]);
    expect(invoices.nodes.filter(({ paymentStatus }: Answer) => paymentStatus !== "PAID")).toHaveLength(1);
  });
});

describe("what else was planted", () => {
  test("is a dollar that lost value: in pounds the part-paid freight company's growth is a loss", async () => {
    const { savedView } = await finance.done("createSavedView", "savedView { id }", {
      name: "In pounds",
      columns: ["customer", "net", "previousNet", "volumeDriver", "fx", "topDriver"],
    });
    const { invoiceGrid } = await finance.data(
      `query ($viewId: ID, $month: PlainMonth!) {
         invoiceGrid(input: { viewId: $viewId, month: $month, comparison: PREVIOUS_MONTH, isInBase: true }) {
           columns { key } rows { cells } } }`,
      { viewId: savedView.id, month },
    );
    const keys: string[] = invoiceGrid.columns.map(({ key }: Answer) => key);
    const rows = invoiceGrid.rows.map(({ cells }: Answer) =>
      Object.fromEntries(keys.map((key, index) => [key, cells[index]])),
    );
    const { previousNet, net, volumeDriver, fx, topDriver } = rows.find(
      ({ customer }: Row) => customer === "Tamarack Freight LLC",
    );
    // 4,150 × 0.7520; 4,200 × 0.7110; 50 × 0.7520; the rest.
    expect({ previousNet, net, volumeDriver, fx, topDriver }).toEqual({
      previousNet: "3120.80",
      net: "2986.20",
      volumeDriver: "37.60",
      fx: "-172.20",
      topDriver: "VOLUME",
    });
    expect(expected.ratesMoved).toEqual([{ currency: "USD", previous: "0.7520", current: "0.7110" }]);
  });

  test("is a mail that came back", async () => {
    const { bouncedAddresses } = await finance.data("{ bouncedAddresses { email detail } }");
    expect(bouncedAddresses).toEqual(expected.bouncedMails.map(({ email, detail }) => ({ email, detail })));
  });

  test("is a product without a ledger account, for which the books cannot be exported", async () => {
    const { problems } = await finance.command("exportAccounting", "export { id }", {
      format: "XERO",
      selection: { month: "2026-09" },
    });
    expect(problems.map(({ code }: Answer) => code)).toEqual(expected.unmappedProducts.map(({ code }) => code));
    expect(problems[0].message).toContain("Product PORTAL has no ledger account");
  });

  test("is a group of four whose volume counts together", async () => {
    const { customers } = await finance.data(
      `{ customers(search: "Longacre") { nodes { legalName parent { legalName } } } }`,
    );
    const group = customers.nodes.map(({ legalName, parent }: Answer) => [legalName, parent?.legalName ?? null]);
    expect(group.sort()).toEqual([
      ["Longacre Foods Ltd", "Longacre Group plc"],
      ["Longacre Freight Ltd", "Longacre Group plc"],
      ["Longacre Group plc", null],
      ["Longacre Homes Ltd", "Longacre Group plc"],
    ]);
  });
});

describe("quotes", () => {
  test("stand where they were planted, with the value worked out by hand", async () => {
    const { quotes } = await finance.data(
      `{ quotes { nodes { status prospect { legalName } current { terms { currency } figures { total { net { amount } } } } } } }`,
    );
    const found = quotes.nodes.map(({ status, prospect, current }: Answer) => ({
      customer: prospect.legalName,
      currency: current.terms.currency,
      status,
      totalContractValue: current.figures.total.net.amount,
    }));
    const planted = expected.quotes.map(({ remedy: _, ...quote }: ExpectedQuote) => quote);
    expect(found.reverse()).toEqual(planted);
  });
});

describe("expected.json", () => {
  test("says what the stories say", () => {
    expect(expected.quotes).toEqual(expectedQuotes());
    expect(expected.receivables.findings).toEqual(expectedReceivables());
    expect([expected.bouncedMails, expected.unmappedProducts]).toEqual([[BOUNCED], [UNMAPPED]]);
    const bills = STORIES.map(expectedBill);
    expect(
      bills.filter(({ customer }) => withFlags("asDrafted").concat(withFlags("recalculated")).includes(customer)),
    ).toEqual(expected.findings);
    expect([...expected.findings, ...expected.unflagged].map(({ customer }) => customer).sort()).toEqual(
      bills.map(({ customer }) => customer).sort(),
    );
    expect(bills.filter(({ customer }) => !expected.findings.some((finding) => finding.customer === customer))).toEqual(
      expected.unflagged,
    );
  });
});

describe("customers without a story", () => {
  const ordinary = companyOf({ customers: 1_000, months: 14, seed: 7 }).ordinary;
  const usedIn = (plan: CustomerPlan, of: string) =>
    plan.usage(plainMonth(of), new Random(`7 usage ${plan.alias} ${of}`));

  test("use each month within a tenth of the month before", () => {
    for (const plan of ordinary) {
      const september = usedIn(plan, "2026-09");
      const october = usedIn(plan, "2026-10");
      const changes = october.map(({ quantity }, index) => quantity / (september[index]?.quantity ?? 0));
      expect(changes.filter((change) => change < 0.9 || change > 1.1)).toEqual([]);
    }
  });

  test("send a day's usage as one event, and all that adds up", () => {
    for (const run of ordinary.slice(0, 100).flatMap((plan) => usedIn(plan, "2026-10"))) {
      const events = eventsOf(run);
      const amounts = events.map(({ properties }) => Object.values(properties as Record<string, number>)[0] as number);
      const measured =
        run.metric === "storage" ? Math.max(...amounts) : amounts.reduce((total, each) => total + each, 0);
      expect(measured).toBe(run.quantity);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    }
  });

  test("have names and aliases of their own", () => {
    expect(new Set(ordinary.map(({ name }) => name)).size).toBe(ordinary.length);
    expect(new Set(ordinary.map(({ alias }) => alias)).size).toBe(ordinary.length);
  });
});

describe("a seed", () => {
  const small = { customers: 5, months: 2, seed: 3 };

  test("that ends half-way leaves nothing behind, and the next one is whole", async () => {
    const interrupted = seedDemoCompany({
      ...small,
      onProgress: ({ title }) => {
        if (title === "Months") throw new Error("killed");
      },
    });
    await expect(interrupted).rejects.toThrow("killed");
    expect(await isSeeded(small)).toBe(false);

    await seedDemoCompany(small);
    expect(await isSeeded(small)).toBe(true);
    expect(await isSeeded({ ...small, seed: 4 })).toBe(false);
  });

  test("makes the same company again", async () => {
    const size = { customers: 9, months: 3, seed: 5 };
    const other = await createTestDatabase();
    try {
      await seedDemoCompany(size);
      useDatabase(other.pool);
      await seedDemoCompany(size);
      expect(await invoicesOf(other, size)).toEqual(await invoicesOf(api.database, size));
    } finally {
      useDatabase(servedPool);
      await other.drop();
    }
  });

  /** Everything but ids and the moments of making. */
  async function invoicesOf(database: TestDatabase, size: DemoSize): Promise<readonly object[]> {
    const { rows } = await database.owner.query(
      `SELECT customer.legal_name, customer.external_id, contract.number AS contract, invoice.number, invoice.status, invoice.issued_on,
         invoice.bills_on, invoice.gross_total, invoice.stale_reasons, line.ordinal, line.description, line.quantity, line.net_amount
       FROM invoice
       JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
       JOIN contract ON contract.organization_id = invoice.organization_id AND contract.id = invoice.contract_id
       JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
       WHERE invoice.organization_id = $1
       ORDER BY customer.legal_name, invoice.bills_on, line.ordinal`,
      [demoOrganizationId(size)],
    );
    expect(rows.length).toBeGreaterThan(50);
    return rows;
  }
});
