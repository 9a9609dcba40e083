import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { allInvoices, makeCompany, operate } from "../../testkit/company";
import { countStatements } from "../../testkit/count-statements";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const CHECKLIST = `query ($month: PlainMonth!) { closeChecklist(month: $month) {
  canClose close { closedBy note } waivers { id reason waivedBy subject }
  checks { kind state title isWaivable count amounts { currency amount } findings { subjectId subject problem remedy amount currency isWaived } } } }`;

const checklist = async (client: Client, month = "2026-10"): Promise<Answer> =>
  (await client.data(CHECKLIST, { month })).closeChecklist;
const check = async (client: Client, kind: string, month = "2026-10"): Promise<Answer> =>
  (await checklist(client, month)).checks.find((each: Answer) => each.kind === kind);
const close = (client: Client, month = "2026-10") =>
  client.command("closeMonth", "close { month closedBy note }", { month, note: "As every month" });

/** October and November are drafted; today is 3 November. */
async function drafted(customers = 2) {
  const org = await api.organization();
  const company = await makeCompany(org, { customers });
  await operate(api, company.finance, "draftInvoices", {});
  const invoices = async (month: string): Promise<Answer[]> =>
    (
      await company.finance.data(
        "query ($month: PlainMonth!) { invoices(first: 200, filter: { month: $month }) { nodes { id number accountingOn billingMonth } } }",
        { month },
      )
    ).invoices.nodes;
  const finalize = async (month: string) =>
    operate(api, company.finance, "finalizeInvoices", {
      selection: { invoiceIds: (await invoices(month)).map(({ id }) => id) },
    });
  /** Each customer's first bill asks for a look. */
  const signOff = async (month = "2026-10") => {
    const { findings } = await check(company.finance, "VARIANCES_UNSIGNED", month);
    const rowIds = findings.map(({ subjectId }: Answer) => subjectId);
    if (rowIds.length > 0) {
      await company.finance.done("signOffVariances", "signed", { selection: { month, rowIds }, note: "As agreed." });
    }
  };
  return { org, ...company, invoices, finalize, signOff };
}

describe("the checklist", () => {
  it("names the drafts of the month that are not finalized, with what they come to", async () => {
    const { finance, finalize, signOff } = await drafted();
    expect(await check(finance, "DRAFTS_NOT_ISSUED")).toMatchObject({
      state: "BLOCKING",
      title: "Drafts not finalized",
      isWaivable: true,
      count: 2,
      amounts: [{ currency: "GBP", amount: "200.00" }],
      findings: [
        {
          subject: "Customer 001 Ltd, draft of 1 Oct 2026",
          problem: "Not finalized.",
          amount: "100.00",
          isWaived: false,
        },
        { subject: "Customer 002 Ltd, draft of 1 Oct 2026" },
      ],
    });
    await finalize("2026-10");
    expect(await check(finance, "VARIANCES_UNSIGNED")).toMatchObject({
      state: "BLOCKING",
      isWaivable: false,
      findings: [
        {
          subject: "Customer 001 Ltd, INV-2026-00002",
          problem: "Nobody signed it off (first bill): First bill for this customer.",
          remedy: "Sign it off if it is right; else mend it and recalculate.",
          amount: "100.00",
        },
        { subject: "Customer 002 Ltd, INV-2026-00001" },
      ],
    });
    await signOff();
    expect(await checklist(finance)).toMatchObject({ canClose: true, close: null });
    expect((await checklist(finance)).checks.map(({ state }: Answer) => state)).toEqual(
      (await checklist(finance)).checks.map(() => "CLEAR"),
    );
  });

  it("tells a stale draft from one that is not finalized, and what blocks it", async () => {
    const { finance } = await drafted(1);
    await finance.done("setTaxRate", "taxRate { id }", {
      code: "STANDARD",
      name: "VAT 21 %",
      jurisdiction: "GB",
      percent: "21",
      category: "STANDARD",
      validFromOn: "2026-11-01",
    });
    expect(await check(finance, "STALE_DRAFTS")).toMatchObject({
      state: "BLOCKING",
      isWaivable: false,
      findings: [{ problem: "Changed since it was calculated: tax.", remedy: "Recalculate it." }],
    });
  });

  it("values usage of nobody, and lets pass what the organization says", async () => {
    const { org, finance, productId, finalize, signOff } = await drafted(1);
    await finalize("2026-10");
    await signOff();
    const { usageMetric } = await finance.done("createUsageMetric", "usageMetric { id }", {
      code: "CALLS",
      name: "API calls",
      eventType: "call",
      aggregation: "COUNT",
      unit: "call",
    });
    const { price } = await finance.done("createPrice", "price { id }", {
      productId,
      name: "Calls",
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ARREARS",
      effectiveOn: "2020-01-01",
      metricId: usageMetric.id,
      terms: { perUnit: { unitPrice: "2.50" } },
    });
    const { customer } = await finance.done("createCustomer", "customer { id }", {
      legalName: "User",
      currency: "GBP",
    });
    const { contract } = await finance.done("createContract", "contract { id version }", {
      customerId: customer.id,
      name: "Calls",
      startsOn: "2026-11-01",
      phases: [{ startsOn: "2026-11-01", charges: [{ priceId: price.id }] }],
    });
    await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
    const events = ["a", "b"].map((id) => ({
      id,
      alias: "stranger",
      type: "call",
      timestamp: "2026-10-05T10:00:00Z",
      properties: {},
    }));
    await finance.done("recordUsageEvents", "recorded", { events });
    expect(await check(finance, "USAGE_UNATTRIBUTED")).toMatchObject({
      state: "BLOCKING",
      amounts: [{ currency: "GBP", amount: "5.00" }],
      findings: [
        {
          subjectId: "stranger",
          problem: "2 events came under an alias of nobody; nobody is billed for them.",
          amount: "5.00",
          currency: "GBP",
        },
      ],
    });
    expect(await close(finance)).toMatchObject({
      __typename: "Conflict",
      code: "CLOSE_BLOCKED",
      message: expect.stringContaining("usage of nobody (1)"),
    });
    await org.admin.done("setClosingRules", "unattributedUsageLimit", { unattributedUsageLimit: "5.00" });
    expect(await check(finance, "USAGE_UNATTRIBUTED")).toMatchObject({ state: "TOLERATED" });
    expect(await close(finance)).toMatchObject({ __typename: "CloseMonthSuccess" });
  });

  it("finds a number that no document has", async () => {
    const { org, finance, finalize } = await drafted();
    await finalize("2026-10");
    await api.database.owner.query(
      "UPDATE document_series SET next_counter = next_counter + 2 WHERE organization_id = $1",
      [org.id],
    );
    expect(await check(finance, "NUMBERS_MISSING")).toMatchObject({
      state: "BLOCKING",
      findings: [{ subject: "INV-2026-00003 to INV-2026-00004", problem: "No document has any of these 2 numbers." }],
    });
  });

  it("takes as many statements for many drafts as for one", async () => {
    const one = await drafted(1);
    const many = await drafted(6);
    const count = (client: Client) => countStatements(() => checklist(client));
    await count(one.finance);
    expect(await count(many.finance)).toBe(await count(one.finance));
  });
});

describe("a waiver", () => {
  it("lets one finding pass for the month, with a reason, until it is taken back", async () => {
    const { finance, invoices, signOff } = await drafted(1);
    const [draft] = await invoices("2026-10");
    await signOff();
    const input = { month: "2026-10", check: "DRAFTS_NOT_ISSUED", subjectId: draft.id, reason: "Waits for the PO." };
    const { waiver } = await finance.done("waiveFinding", "waiver { id waivedBy amount }", input);
    expect(waiver).toMatchObject({ waivedBy: "test finance", amount: "100.00" });
    expect(await checklist(finance)).toMatchObject({ canClose: true, waivers: [{ reason: "Waits for the PO." }] });
    expect(await finance.command("waiveFinding", "waiver { id }", input)).toMatchObject({ code: "WAIVED_ALREADY" });

    await finance.done("revokeWaiver", "waiver { revokedBy }", { waiverId: waiver.id });
    expect(await checklist(finance)).toMatchObject({ canClose: false, waivers: [] });
    expect(await finance.command("revokeWaiver", "waiver { id }", { waiverId: waiver.id })).toMatchObject({
      code: "REVOKED_ALREADY",
    });
  });

  it("needs a reason, a finding, and a check that can be waived", async () => {
    const { finance, invoices } = await drafted(1);
    const [draft] = await invoices("2026-10");
    const waive = (input: object) =>
      finance.command("waiveFinding", "waiver { id }", {
        month: "2026-10",
        check: "DRAFTS_NOT_ISSUED",
        subjectId: draft.id,
        reason: "Why not",
        ...input,
      });
    expect(await waive({ reason: " " })).toMatchObject({ code: "TEXT_MISSING", path: ["reason"] });
    expect(await waive({ subjectId: "nothing" })).toMatchObject({ __typename: "NotFound", path: ["subjectId"] });
    expect(await waive({ check: "STALE_DRAFTS" })).toMatchObject({ code: "NOT_WAIVABLE", path: ["check"] });
  });
});

describe("closing", () => {
  it("locks the month: what is issued later is posted on the first day after it", async () => {
    const { finance, invoices, signOff } = await drafted(1);
    const [draft] = await invoices("2026-10");
    await signOff();
    await finance.done("waiveFinding", "waiver { id }", {
      month: "2026-10",
      check: "DRAFTS_NOT_ISSUED",
      subjectId: draft.id,
      reason: "Late.",
    });
    expect(await close(finance)).toMatchObject({ close: { month: "2026-10", closedBy: "test finance" } });
    expect(await checklist(finance)).toMatchObject({ canClose: false, close: { note: "As every month" } });
    expect(await close(finance)).toMatchObject({ code: "MONTH_CLOSED" });
    await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: [draft.id] } });
    expect(await invoices("2026-10")).toMatchObject([{ accountingOn: "2026-11-03", billingMonth: "2026-10" }]);
  });

  it("keeps to the order of the months, and waits until they are over", async () => {
    const { finance, finalize, signOff } = await drafted(1);
    expect(await close(finance, "2026-11")).toMatchObject({ __typename: "InvalidInput", code: "MONTH_RUNNING" });
    await finalize("2026-10");
    await signOff();
    await close(finance, "2026-08");
    expect(await close(finance, "2026-10")).toMatchObject({
      code: "EARLIER_MONTH_OPEN",
      message: "Sep 2026 is not closed yet. Close the months in their order.",
    });
    expect(await close(finance, "2026-09")).toMatchObject({ __typename: "CloseMonthSuccess" });
    expect(await close(finance, "2026-10")).toMatchObject({ __typename: "CloseMonthSuccess" });
  });

  it("is undone from the last month back, with a reason, and can be done again", async () => {
    const { finance } = await drafted(1);
    await close(finance, "2026-08");
    await close(finance, "2026-09");
    const reopen = (month: string, reason = "A late invoice") =>
      finance.command("reopenMonth", "close { month reopenedBy reopenReason }", { month, reason });
    expect(await reopen("2026-08")).toMatchObject({ code: "LATER_MONTH_CLOSED" });
    expect(await reopen("2026-09", "")).toMatchObject({ code: "REASON_MISSING" });
    expect(await reopen("2026-09")).toMatchObject({
      close: { month: "2026-09", reopenedBy: "test finance", reopenReason: "A late invoice" },
    });
    expect(await reopen("2026-09")).toMatchObject({ code: "MONTH_NOT_CLOSED" });
    expect(await close(finance, "2026-09")).toMatchObject({ __typename: "CloseMonthSuccess" });
    const { monthCloses } = await finance.data("{ monthCloses { month reopenedBy } }");
    expect(monthCloses).toEqual([
      { month: "2026-09", reopenedBy: null },
      { month: "2026-09", reopenedBy: "test finance" },
      { month: "2026-08", reopenedBy: null },
    ]);
  });

  it("happens once, though many close at once", async () => {
    const { finance } = await drafted(1);
    const answers = await Promise.all([1, 2, 3].map(() => close(finance, "2026-09")));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["CloseMonthSuccess", "Conflict", "Conflict"]);
  });

  it("is finance's, and of one organization alone", async () => {
    const { org, finance } = await drafted(1);
    await close(finance, "2026-09");
    const analyst = await org.as("analyst");
    const { errors } = await analyst.ask(
      `mutation { closeMonth(input: { month: "2026-10", idempotencyKey: "x" }) { __typename } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const other = await api.organization();
    expect((await other.admin.data("{ monthCloses { month } }")).monthCloses).toEqual([]);
    expect((await allInvoices(finance)).length).toBeGreaterThan(0);
  });
});
