import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";
import { makeCompany, operate } from "../../testkit/company";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** Drafts of October and November over 100.00 each; two people of finance. */
async function company(limits: object[] = []) {
  const org = await api.organization();
  const made = await makeCompany(org, { customers: 1 });
  const second = await org.as("finance");
  await operate(api, made.finance, "draftInvoices", {});
  const drafts = async (): Promise<Answer[]> =>
    (await made.finance.data("{ invoices(first: 200) { nodes { id version status documentKind } } }")).invoices.nodes;
  if (limits.length > 0) await org.admin.done("setControlLimits", "count", { limits });
  return { org, ...made, second, drafts };
}

const gbp = (kind: string, amount: string) => ({ kind, currency: "GBP", amount });
const finalize = async (client: Client, invoiceId: string): Promise<Answer> =>
  (await operate(api, client, "finalizeInvoices", { selection: { invoiceIds: [invoiceId] } })).items.nodes[0];

const ask = (client: Client, kind: string, subjectId: string, amount: string) =>
  client.command("requestSecondPerson", "request { id state amount { amount } }", {
    kind,
    subjectId,
    currency: "GBP",
    amount,
    reason: "Agreed with the customer",
  });
const decide = (client: Client, requestId: string, isApproved = true) =>
  client.command("decideSecondPerson", "request { state decidedBy }", { requestId, isApproved });

describe("a write-off above the limit", () => {
  const writeOff = (client: Client, invoiceId: string) =>
    client.command("writeOffInvoice", "__typename", { invoiceId, as: "BAD_DEBT", reason: "Insolvent" });

  it("waits for another person, then happens once", async () => {
    const { finance, second, drafts } = await company([gbp("WRITE_OFF", "50")]);
    const [{ id }] = (await drafts()) as [Answer];
    await finalize(finance, id);
    expect(await writeOff(finance, id)).toMatchObject({
      __typename: "Conflict",
      code: "SECOND_PERSON_NEEDED",
      message: expect.stringContaining("Write-offs above 50.00 GBP need a second person; this is 120.00 GBP."),
    });
    const { request } = await ask(finance, "WRITE_OFF", id, "120");
    expect(await decide(finance, request.id)).toMatchObject({ code: "OWN_REQUEST" });
    expect(await writeOff(finance, id)).toMatchObject({ code: "SECOND_PERSON_NEEDED" });
    expect(await decide(second, request.id)).toMatchObject({ request: { state: "APPROVED" } });
    expect(await writeOff(finance, id)).toMatchObject({ __typename: "WriteOffInvoiceSuccess" });
    const { secondPersonRequests } = await finance.data("{ secondPersonRequests { nodes { state usedAt } } }");
    expect(secondPersonRequests.nodes).toMatchObject([{ state: "APPROVED", usedAt: expect.any(String) }]);
  });

  it("needs nobody up to the limit, and no less than what was asked for covers it", async () => {
    const { finance, second, drafts } = await company([gbp("WRITE_OFF", "120")]);
    const [first] = (await drafts()) as [Answer];
    await finalize(finance, first.id);
    expect(await writeOff(finance, first.id)).toMatchObject({ __typename: "WriteOffInvoiceSuccess" });

    const other = await company([gbp("WRITE_OFF", "50")]);
    const [invoice] = (await other.drafts()) as [Answer];
    await finalize(other.finance, invoice.id);
    const { request } = await ask(other.finance, "WRITE_OFF", invoice.id, "119.99");
    await decide(other.second, request.id);
    expect(await writeOff(other.finance, invoice.id)).toMatchObject({ code: "SECOND_PERSON_NEEDED" });
    expect(second.token).not.toBe(finance.token);
  });
});

describe("a draft that people changed by hand", () => {
  it("is not issued above the limit before another person agreed", async () => {
    const { finance, second, drafts, productId } = await company([gbp("MANUAL_CHANGE", "30")]);
    const [draft] = (await drafts()) as [Answer];
    await finance.done("addManualLine", "__typename", {
      invoiceId: draft.id,
      version: draft.version,
      line: {
        productId,
        description: "Rebate",
        startsOn: "2026-10-01",
        endsBefore: "2026-11-01",
        amount: "-40.00",
        reason: "Outage",
      },
    });
    expect(await finalize(finance, draft.id)).toMatchObject({
      status: "FAILED",
      code: "SECOND_PERSON_NEEDED",
      message: expect.stringContaining("Changes by hand above 30.00 GBP need a second person; this is 40.00 GBP."),
    });
    const { request } = await ask(finance, "MANUAL_CHANGE", draft.id, "40");
    await decide(second, request.id);
    expect(await finalize(finance, draft.id)).toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("a credit note above the limit", () => {
  it("is drafted by one person and issued when another one agreed", async () => {
    const { finance, second, drafts } = await company([gbp("CREDIT_NOTE", "100")]);
    const [invoice] = (await drafts()) as [Answer];
    await finalize(finance, invoice.id);
    await finance.done("creditInvoice", "__typename", {
      invoiceId: invoice.id,
      effect: "FINAL",
      category: "GOODWILL",
      reason: "Outage",
      serviceTiming: "PAST_SERVICE",
    });
    const note = (await drafts()).find(({ documentKind }) => documentKind === "CREDIT_NOTE");
    expect(await finalize(finance, note.id)).toMatchObject({ code: "SECOND_PERSON_NEEDED" });
    const { request } = await ask(finance, "CREDIT_NOTE", note.id, "120");
    expect(await decide(second, request.id, false)).toMatchObject({ request: { state: "REJECTED" } });
    expect(await finalize(finance, note.id)).toMatchObject({ code: "SECOND_PERSON_NEEDED" });
    const again = await ask(finance, "CREDIT_NOTE", note.id, "120");
    await decide(second, again.request.id);
    expect(await finalize(finance, note.id)).toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("a request", () => {
  it("is about something there is, in its currency, for a reason, once", async () => {
    const { finance, drafts, customers } = await company();
    const [draft] = (await drafts()) as [Answer];
    expect(await ask(finance, "WRITE_OFF", draft.id, "10")).toMatchObject({
      __typename: "NotFound",
      path: ["subjectId"],
    });
    expect(await ask(finance, "MANUAL_CHANGE", "nothing", "10")).toMatchObject({ __typename: "NotFound" });
    expect(await ask(finance, "MANUAL_CHANGE", draft.id, "0")).toMatchObject({ code: "AMOUNT_OUT_OF_RANGE" });
    expect(await ask(finance, "REFUND", customers[0] as string, "10")).toMatchObject({ request: { state: "PENDING" } });
    expect(await ask(finance, "MANUAL_CHANGE", draft.id, "10")).toMatchObject({
      request: { amount: { amount: "10.00" } },
    });
    expect(await ask(finance, "MANUAL_CHANGE", draft.id, "10")).toMatchObject({ code: "REQUESTED_ALREADY" });
    const euros = { kind: "MANUAL_CHANGE", subjectId: draft.id, currency: "EUR", amount: "1", reason: "x" };
    expect(await finance.command("requestSecondPerson", "request { id }", euros)).toMatchObject({
      code: "OTHER_CURRENCY",
    });
  });

  it("is decided once, or taken back", async () => {
    const { finance, second, drafts } = await company();
    const [draft] = (await drafts()) as [Answer];
    const { request } = await ask(finance, "MANUAL_CHANGE", draft.id, "10");
    const withdraw = (requestId: string) =>
      finance.command("withdrawSecondPersonRequest", "request { state }", { requestId });
    expect(await withdraw(request.id)).toMatchObject({ request: { state: "WITHDRAWN" } });
    expect(await decide(second, request.id)).toMatchObject({ code: "DECIDED_ALREADY" });
    const again = await ask(finance, "MANUAL_CHANGE", draft.id, "10");
    const answers = await Promise.all([decide(second, again.request.id), decide(second, again.request.id, false)]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["Conflict", "DecideSecondPersonSuccess"]);
  });

  it("holds up the close until it is decided", async () => {
    const { finance, drafts } = await company();
    const [draft] = (await drafts()) as [Answer];
    await ask(finance, "MANUAL_CHANGE", draft.id, "10");
    const { closeChecklist } = await finance.data(
      `{ closeChecklist(month: "2026-10") { checks { kind state findings { subject remedy } } } }`,
    );
    expect(closeChecklist.checks.find(({ kind }: Answer) => kind === "SECOND_PERSON_PENDING")).toMatchObject({
      state: "BLOCKING",
      findings: [
        { subject: "Changes by hand, asked for by test finance", remedy: "Decide it, or take the request back." },
      ],
    });
  });
});

it("limits are the administrator's, one for each kind and currency", async () => {
  const { org, finance } = await company();
  const { errors } = await finance.ask(
    `mutation { setControlLimits(input: { limits: [], idempotencyKey: "x" }) { __typename } }`,
  );
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect(
    await org.admin.command("setControlLimits", "count", {
      limits: [gbp("REFUND", "1"), gbp("REFUND", "2"), { ...gbp("REFUND", "-1"), currency: "XXQ" }],
    }),
  ).toMatchObject({
    problems: [{ code: "LIMIT_TWICE" }, { code: "CURRENCY_UNKNOWN" }, { code: "LIMIT_OUT_OF_RANGE" }],
  });
  await org.admin.done("setControlLimits", "count", { limits: [gbp("REFUND", "1"), gbp("WRITE_OFF", "2.50")] });
  const { controlLimits } = await finance.data("{ controlLimits { kind amount { amount currency } } }");
  expect(controlLimits).toEqual([
    { kind: "REFUND", amount: { amount: "1.00", currency: "GBP" } },
    { kind: "WRITE_OFF", amount: { amount: "2.50", currency: "GBP" } },
  ]);
});
