import { readFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFirstAdmin, signIn } from "../../../server/modules/access";
import { systemClock } from "../../../server/platform/clock";
import { newId } from "../../../server/platform/ids";
import { startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { deliveryLog, issuedCompany, linkIn, mailsOf, send } from "./delivery-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.stop());

const OWN = {
  purpose: "INVOICE",
  language: "en-GB",
  version: 0,
  subject: "Your bill {{number}}",
  text: "Dear {{contactName}},\n\n{{total}} until {{dueOn}}, please.",
};

test("an organization's own text holds from the next mail on, and the built-in one again after a reset", async () => {
  const { finance, organization, invoiceIds } = await issuedCompany(api, { customers: 1, startsOn: "2026-10-01" });
  const { admin } = organization;
  const [first, second] = invoiceIds as [string, string];
  const { mailTemplates } = await admin.done(
    "saveMailTemplate",
    "mailTemplates { purpose level language isBuiltIn version }",
    OWN,
  );
  expect(mailTemplates).toContainEqual({
    purpose: "INVOICE",
    level: 0,
    language: "en-GB",
    isBuiltIn: false,
    version: 1,
  });
  expect(mailTemplates).toContainEqual({
    purpose: "INVOICE",
    level: 0,
    language: "de-DE",
    isBuiltIn: true,
    version: 0,
  });
  expect(await admin.command("saveMailTemplate", "mailTemplates { language }", OWN)).toMatchObject({
    code: "STALE_VERSION",
  });
  await send(api, finance, [first]);
  const [mail] = await mailsOf(api, [first]);
  expect(mail?.subject).toBe("Your bill INV-2026-00001");
  expect(mail?.text).toContain("Dear Accounts,\n\n£120.00 until 3 December 2026, please.");
  await admin.done("resetMailTemplate", "mailTemplates { language }", { purpose: "INVOICE", language: "en-GB" });
  await send(api, finance, [second]);
  expect((await mailsOf(api, [second]))[0]?.subject).toBe("Invoice INV-2026-00002 from Test Seller Ltd");
});

test("a text is checked when it is saved and when it is previewed, and a preview sends nothing", async () => {
  const { finance, organization, invoiceId } = await issuedCompany(api);
  const wrong = { ...OWN, text: "{{nobody}}", language: "English" };
  expect(await organization.admin.command("saveMailTemplate", "mailTemplates { language }", wrong)).toMatchObject({
    problems: [
      { code: "LANGUAGE_MALFORMED", path: ["language"] },
      { code: "PLACEHOLDER_UNKNOWN", path: ["text"] },
    ],
  });
  expect(
    await finance.ask("mutation ($input: SaveMailTemplateInput!) { saveMailTemplate(input: $input) { __typename } }", {
      input: { ...OWN, idempotencyKey: "k" },
    }),
  ).toMatchObject({
    errors: [{ extensions: { code: "FORBIDDEN" } }],
  });
  const preview = async (input: object) => {
    const { idempotencyKey: _, version: __, ...rest } = { idempotencyKey: "", ...OWN, ...input };
    const query =
      "query ($input: PreviewMailInput!) { previewMail(input: $input) { __typename ... on PreviewMailSuccess { subject text html } ... on UserError { code } } }";
    return (await finance.data(query, { input: rest })).previewMail;
  };
  expect(await preview({ invoiceId })).toMatchObject({
    subject: "Your bill INV-2026-00001",
    text: expect.stringContaining("Dear Accounts,"),
  });
  expect(await preview({ purpose: "REMINDER", level: 1, text: "{{count}} bills", subject: "{{total}}" })).toMatchObject(
    {
      subject: "£1,240.00",
      text: expect.stringContaining("2 bills"),
    },
  );
  expect(await preview({ subject: "{{count}}" })).toMatchObject({ code: "PLACEHOLDER_UNKNOWN" });
  expect(await mailsOf(api, [invoiceId])).toEqual([]);
});

test("the customer's language chooses the text", async () => {
  const { finance, customers, invoiceId } = await issuedCompany(api);
  const { customer } = await finance.data("query ($id: ID!) { customer(id: $id) { version } }", { id: customers[0] });
  await finance.done("updateCustomer", "customer { id }", {
    id: customers[0],
    version: customer.version,
    language: "de-AT",
  });
  await send(api, finance, [invoiceId]);
  const [mail] = await mailsOf(api, [invoiceId]);
  expect(mail?.subject).toBe("Rechnung INV-2026-00001 von Test Seller Ltd");
  expect(mail?.text).toContain("über 120,00 GBP, fällig am 3. Dezember 2026.");
});

test("a file that is added goes with every invoice, until it is removed", async () => {
  const { finance, organization, invoiceIds } = await issuedCompany(api, { customers: 1, startsOn: "2026-10-01" });
  const { admin } = organization;
  const [first, second] = invoiceIds as [string, string];
  const file = { fileName: "Terms.pdf", contentBase64: Buffer.from("%PDF-1.7 terms").toString("base64") };
  const { fileId } = await admin.done("addMailFile", "fileId", file);
  await send(api, finance, [first]);
  const [mail] = await mailsOf(api, [first]);
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual(["INV-2026-00001.pdf", "Terms.pdf"]);
  await admin.done("removeMailFile", "fileId", { fileId });
  await send(api, finance, [second]);
  expect((await mailsOf(api, [second]))[0]?.attachments).toHaveLength(1);
  for (const [wrong, code] of [
    [{ ...file, fileName: "run.exe" }, "FILE_TYPE_UNKNOWN"],
    [{ ...file, contentBase64: "" }, "CONTENT_MALFORMED"],
  ] as const) {
    expect(await admin.command("addMailFile", "fileId", wrong)).toMatchObject({ code });
  }
});

test("a test goes to oneself, says so, and does not count as sent; an API key has no address of its own", async () => {
  const { finance, organization, invoiceId } = await issuedCompany(api);
  const [email, password] = ["ada@seller.example", "correct horse battery staple"];
  await createFirstAdmin({ organizationId: organization.id, name: "Ada", email, password }, new Date());
  const signedIn = await signIn({ email, password, organizationId: organization.id }, systemClock, newId());
  if (!signedIn.ok) throw new Error(JSON.stringify(signedIn));
  const ada = api.client(signedIn.value.token);
  const { delivery } = await ada.done("sendTestInvoiceMail", "delivery { id messageId }", { invoiceId });
  await api.work();
  expect(await deliveryLog(finance, invoiceId)).toMatchObject({
    status: "FINALIZED",
    sentAt: null,
    deliveries: [{ purpose: "TEST", status: "SENT", recipients: [{ email: "ada@seller.example" }] }],
  });
  const mail = await simpleParser(readFileSync(join(api.outbox, `${delivery.messageId}.eml`)));
  expect(mail.subject).toBe("[Test] Invoice INV-2026-00001 from Test Seller Ltd");
  expect(mail.text).toContain("The customer has not received it");
  // One's own look through its link is no look of the customer.
  await fetch(linkIn(mail), { headers: { "user-agent": "Mozilla/5.0 Safari/605.1.15" } });
  const { invoice } = await finance.data("query ($id: ID!) { invoice(id: $id) { viewedAt } }", { id: invoiceId });
  expect(invoice.viewedAt).toBeNull();
  expect(await send(api, finance, [invoiceId])).toMatchObject({ succeeded: 1 });
  expect(await finance.command("sendTestInvoiceMail", "delivery { id }", { invoiceId })).toMatchObject({
    code: "NO_OWN_ADDRESS",
  });
});

test("deliveries, links and views of many invoices cost as many statements as of one", async () => {
  const { finance, invoiceIds } = await issuedCompany(api, { customers: 5, startsOn: "2026-11-01" });
  await send(api, finance, invoiceIds);
  const list = (first: number) =>
    countStatements(() =>
      finance.data(
        `{ invoices(first: ${first}) { nodes { deliveries { status recipients { email } attempts { outcome } } links { id } views { what } } } }`,
      ),
    );
  // The first asking also tells connections whose they are.
  await list(5);
  await list(1);
  expect(await list(5)).toBe(await list(1));
});
