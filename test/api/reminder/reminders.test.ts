import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { countStatements } from "../../testkit/count-statements";
import { issuedCompany, send } from "../delivery/delivery-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.stop());

/** Customers who were sent invoices that were due on 3 Dec 2026; October's and November's. */
async function overdueCompany(options: { readonly customers: number; readonly startsOn?: string }) {
  const company = await issuedCompany(api, options);
  await send(api, company.finance, company.invoiceIds);
  const on = (day: string) =>
    company.organization.admin.done("setTestClock", "__typename", { now: `${day}T09:00:00Z` });
  return { ...company, on, remind: (ids = company.invoiceIds) => remind(company.finance, ids) };
}

const remind = (finance: Parameters<typeof operate>[1], invoiceIds: readonly string[]): Promise<Answer> =>
  operate(api, finance, "remindInvoices", { selection: { invoiceIds } });

const codesOf = ({ items }: Answer): string[] => items.nodes.map(({ code }: Answer) => code);

async function reminders(finance: Parameters<typeof operate>[1], id: string): Promise<Answer[]> {
  const query =
    "query ($id: ID!) { invoice(id: $id) { reminders { level remindedOn daysOverdue isLive due { amount } delivery { messageId status } } } }";
  return (await finance.data(query, { id })).invoice.reminders;
}

async function mailOf({ delivery }: Answer): Promise<ParsedMail> {
  const file = join(api.outbox, `${delivery.messageId}.eml`);
  if (!existsSync(file)) throw new Error(`not among ${readdirSync(api.outbox).join(", ")}`);
  return simpleParser(readFileSync(file));
}

test("a customer gets one mail about all that is overdue, each level once, in order and not at once", async () => {
  const { finance, invoiceIds, invoiceId, on, remind } = await overdueCompany({ customers: 1, startsOn: "2026-10-01" });
  expect(invoiceIds).toHaveLength(2);
  await on("2026-12-09");
  expect(codesOf(await remind())).toEqual(["LEVEL_NOT_REACHED", "LEVEL_NOT_REACHED"]);
  await on("2026-12-10");
  expect(codesOf(await remind())).toEqual(["REMINDED", "REMINDED"]);
  expect(codesOf(await remind())).toEqual(["LEVEL_NOT_REACHED", "LEVEL_NOT_REACHED"]);
  const [first, ...more] = await reminders(finance, invoiceId);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ level: 1, remindedOn: "2026-12-10", daysOverdue: 7, due: { amount: "120.00" } });
  const mail = await mailOf(first);
  expect(mail.subject).toBe("Reminder: £240.00 due to Test Seller Ltd");
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(["INV-2026-00001.pdf", "INV-2026-00002.pdf"]);
  const [other] = await reminders(finance, invoiceIds[1] as string);
  expect(other.delivery.messageId).toBe(first.delivery.messageId);

  // A month late nobody is told the last warning at once: the levels keep their distance.
  await on("2027-01-20");
  expect(codesOf(await remind())).toEqual(["REMINDED", "REMINDED"]);
  await on("2027-02-02");
  expect(codesOf(await remind())).toEqual(["LEVEL_NOT_REACHED", "LEVEL_NOT_REACHED"]);
  await on("2027-02-03");
  expect(codesOf(await remind())).toEqual(["REMINDED", "REMINDED"]);
  await on("2027-06-01");
  expect(codesOf(await remind())).toEqual(["LEVELS_USED_UP", "LEVELS_USED_UP"]);
  expect((await reminders(finance, invoiceId)).map(({ level }) => level)).toEqual([1, 2, 3]);
});

test("nobody is reminded while it is stopped, for the customer, the invoice or all; each says by whom and why", async () => {
  const { finance, customers, invoiceIds, on, remind } = await overdueCompany({ customers: 2, startsOn: "2026-11-01" });
  await on("2026-12-10");
  const stop = (input: object) =>
    finance.done("stopReminders", "stop { id }", { reason: "We talk to them.", ...input });
  const ofCustomer = await stop({ customerId: customers[0] });
  expect(codesOf(await remind()).sort()).toEqual(["REMINDED", "STOPPED"]);
  expect(
    await finance.command("stopReminders", "stop { id }", { customerId: customers[0], reason: "x" }),
  ).toMatchObject({
    code: "STOPPED_ALREADY",
  });
  await finance.done("resumeReminders", "stopId", { stopId: ofCustomer.stop.id });
  const ofAll = await stop({ isForAll: true });
  const preview = await finance.data(
    "{ previewReminders { reminders { recipients } notReminded { reason message } } }",
  );
  expect(preview.previewReminders.reminders).toEqual([]);
  expect(preview.previewReminders.notReminded).toContainEqual({
    reason: "STOPPED",
    message: "All reminders were stopped by test finance: We talk to them.",
  });
  await finance.done("resumeReminders", "stopId", { stopId: ofAll.stop.id });
  for (const invoiceId of invoiceIds) await stop({ invoiceId });
  expect(codesOf(await remind())).toEqual(["STOPPED", "STOPPED"]);
  expect(await finance.command("stopReminders", "stop { id }", { reason: "x" })).toMatchObject({
    code: "STOP_AMBIGUOUS",
  });
});

test("nobody is reminded of what is disputed, promised, within the tolerance or not sent", async () => {
  const company = await issuedCompany(api, { customers: 4, startsOn: "2026-11-01" });
  const { finance, invoiceIds, organization } = company;
  const [disputed, promised, open, unsent] = invoiceIds as [string, string, string, string];
  await send(api, finance, [disputed, promised, open]);
  const set = (sql: string, id: string) => api.database.owner.query(`UPDATE invoice SET ${sql} WHERE id = $1`, [id]);
  await set("disputed_at = now(), dispute_reason = 'not as agreed'", disputed);
  await set("promised_on = '2026-12-10'", promised);
  const on = (day: string) => organization.admin.done("setTestClock", "__typename", { now: `${day}T09:00:00Z` });
  await on("2026-12-10");
  const codes = new Map<string, string>();
  const outcome = await remind(finance, [disputed, promised, open, unsent]);
  for (const { subjectId, code } of outcome.items.nodes) codes.set(subjectId, code);
  expect([disputed, promised, open, unsent].map((id) => codes.get(id))).toEqual([
    "DISPUTED",
    "PROMISED",
    "REMINDED",
    "NOT_SENT",
  ]);
  await on("2026-12-11");
  expect(codesOf(await remind(finance, [promised]))).toEqual(["REMINDED"]);

  await organization.admin.done("changeReminderSettings", "settings { version }", { version: 0, tolerance: "120" });
  await on("2027-01-11");
  expect(codesOf(await remind(finance, [open]))).toEqual(["WITHIN_TOLERANCE"]);
  await organization.admin.done("changeReminderSettings", "settings { version }", { version: 1, tolerance: "119.99" });
  expect(codesOf(await remind(finance, [open]))).toEqual(["REMINDED"]);
});

test("every morning those whose level has come are reminded by themselves, where that is wanted", async () => {
  const { finance, invoiceId, organization, on } = await overdueCompany({ customers: 1, startsOn: "2026-11-01" });
  await on("2026-12-10");
  await organization.admin.done("changeReminderSettings", "settings { isScheduled levels { level daysAfterDue } }", {
    version: 0,
    isScheduled: true,
    levels: [
      { name: "Friendly", daysAfterDue: 3 },
      { name: "Stern", daysAfterDue: 30 },
    ],
  });
  const morning = async () => {
    await api.database.owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1", [
      `remind_customers:${organization.id}`,
    ]);
    await api.work();
  };
  await morning();
  await morning();
  expect((await reminders(finance, invoiceId)).map(({ level }) => level)).toEqual([1]);
  const { operations } = await finance.data("{ operations(first: 1) { nodes { kind requestedBy succeeded } } }");
  expect(operations.nodes).toEqual([{ kind: "REMIND", requestedBy: "Billgrid", succeeded: 1 }]);
  await on("2027-01-06");
  await morning();
  expect((await reminders(finance, invoiceId)).map(({ level }) => level)).toEqual([1, 2]);
});

test("the preview says who would get what, and costs the same for many customers as for few", async () => {
  const few = await overdueCompany({ customers: 1, startsOn: "2026-11-01" });
  const many = await overdueCompany({ customers: 6, startsOn: "2026-11-01" });
  const preview =
    "{ previewReminders { reminders { level { name } recipients customer { legalName } invoices { invoice { number reminders { level } } due { amount } } } notReminded { reason } } }";
  const statements = async ({ finance, on }: typeof few) => {
    await on("2026-12-10");
    return countStatements(() => finance.data(preview));
  };
  const [one, six] = [await statements(few), await statements(many)];
  expect(six).toBe(one);
  const { previewReminders } = await few.finance.data(preview);
  expect(previewReminders).toEqual({
    reminders: [
      {
        level: { name: "Reminder" },
        recipients: ["accounts-1@example.com"],
        customer: { legalName: "Customer 001 Ltd" },
        invoices: [{ invoice: { number: "INV-2026-00001", reminders: [] }, due: { amount: "120.00" } }],
      },
    ],
    notReminded: [],
  });
});

test.each([
  [[], "LEVELS_OUT_OF_RANGE"],
  [
    [
      { name: "A", daysAfterDue: 5 },
      { name: "B", daysAfterDue: 5 },
    ],
    "LEVELS_NOT_RISING",
  ],
  [[{ name: "A", daysAfterDue: 400 }], "DAYS_OUT_OF_RANGE"],
  [[{ name: " ", daysAfterDue: 4 }], "TEXT_MISSING"],
])("levels %j are refused: %s", async (levels, code) => {
  const { admin } = await api.organization();
  expect(await admin.command("changeReminderSettings", "settings { version }", { version: 0, levels })).toMatchObject({
    code,
  });
});
