import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { notification } from "../integrations/sample-notification";
import { deliveryLog, issuedCompany, mailsOf, send } from "./delivery-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.stop());

const failedAt = (address: string) =>
  `Final-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 User unknown`;

const post = async (url: string, body: string) => {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "message/rfc822" }, body });
  return { status: response.status, answer: await response.json() };
};

test("a notification that a mail server posts marks the address and shows at the invoice; the next mail is refused until it is cleared", async () => {
  const { finance, organization, invoiceIds } = await issuedCompany(api, { customers: 1, startsOn: "2026-10-01" });
  const [first, second] = invoiceIds as [string, string];
  await send(api, finance, [first]);
  const { url } = await organization.admin.done("createBounceAddress", "url", {});
  const bounced = notification(failedAt("Accounts-1@example.com"), `invoice.${first}@example.com`);
  expect(await post(url, bounced)).toEqual({ status: 200, answer: { recorded: 1 } });
  expect(await post(url, bounced)).toEqual({ status: 200, answer: { recorded: 0 } });

  expect(await deliveryLog(finance, first)).toMatchObject({
    deliveries: [{ status: "SENT", recipients: [{ status: "BOUNCED", detail: "550 User unknown" }] }],
  });
  const { bouncedAddresses } = await finance.data("{ bouncedAddresses { email statusCode detail reportedBy } }");
  expect(bouncedAddresses).toEqual([
    { email: "accounts-1@example.com", statusCode: "5.1.1", detail: "550 User unknown", reportedBy: "Mail server" },
  ]);
  expect(await send(api, finance, [second])).toMatchObject({
    failed: 1,
    items: {
      nodes: [
        {
          code: "ADDRESS_BOUNCED",
          message: expect.stringContaining(
            "accounts-1@example.com: Mails to it came back on 3 Nov 2026: 550 User unknown",
          ),
        },
      ],
    },
  });
  const clear = { email: "Accounts-1@example.com", reason: "They have a new server." };
  await finance.done("clearBouncedAddress", "email", clear);
  expect(await finance.command("clearBouncedAddress", "email", clear)).toMatchObject({ code: "ADDRESS_NOT_BOUNCED" });
  expect(await send(api, finance, [second])).toMatchObject({ succeeded: 1 });
});

test("the route takes nothing without the secret, and nothing about mails that were not ours", async () => {
  const { organization } = await issuedCompany(api);
  const { url } = await organization.admin.done("createBounceAddress", "url", {});
  const strange = notification(failedAt("ceo@elsewhere.example"), "somebody@elsewhere.example");
  expect(await post(url, strange)).toEqual({ status: 200, answer: { recorded: 0 } });
  expect((await post(url, "Subject: Out of office\r\n\r\nBack on Monday")).answer).toMatchObject({ recorded: 0 });
  expect((await post(`${url.slice(0, -1)}${url.endsWith("A") ? "B" : "A"}`, strange)).status).toBe(404);
  const { url: next } = await organization.admin.done("createBounceAddress", "url", {});
  expect((await post(url, strange)).status).toBe(404);
  expect((await post(next, strange)).status).toBe(200);
});

test("an integration reports what came back; what is only late marks nothing; a copy is left out and the rest goes on", async () => {
  const { finance, organization, invoiceIds, customers } = await issuedCompany(api, {
    customers: 1,
    startsOn: "2026-10-01",
  });
  const { customer } = await finance.data("query ($id: ID!) { customer(id: $id) { version } }", { id: customers[0] });
  await finance.done("updateCustomer", "customer { id }", {
    id: customers[0],
    version: customer.version,
    contacts: [
      { name: "Ada", email: "ada@example.com" },
      { name: "Grace", email: "grace@example.com" },
    ],
  });
  const integration = await organization.as("integration");
  const report = (email: string, isPermanent: boolean) =>
    integration.done("recordMailBounce", "bounceId deliveryId", { email, isPermanent, detail: "mailbox full" });
  expect(await report("ada@example.com", false)).toMatchObject({ deliveryId: null });
  await report("grace@example.com", true);
  expect(await send(api, finance, [invoiceIds[0] as string])).toMatchObject({
    succeeded: 1,
    items: {
      nodes: [
        { message: "Sent to ada@example.com. Not sent to grace@example.com: mails to it have come back before." },
      ],
    },
  });
  expect(
    await integration.command("recordMailBounce", "bounceId", { email: "no address", isPermanent: true, detail: "x" }),
  ).toMatchObject({ code: "EMAIL_INVALID" });
});

test("what was sent is sent again for a reason, to whom it goes now, as a mail of its own", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  const again = { invoiceId, reason: "They deleted it." };
  expect(await finance.command("resendInvoice", "delivery { id }", again)).toMatchObject({ code: "NOT_SENT" });
  await send(api, finance, [invoiceId]);
  const sentAt = (await deliveryLog(finance, invoiceId)).sentAt;
  await finance.done("resendInvoice", "delivery { status reason }", again);
  expect(await finance.command("resendInvoice", "delivery { id }", again)).toMatchObject({ code: "RESEND_UNDER_WAY" });
  await api.work();
  expect(await deliveryLog(finance, invoiceId)).toMatchObject({
    status: "SENT",
    sentAt,
    deliveries: [
      { purpose: "INVOICE", status: "SENT" },
      { purpose: "RESEND", status: "SENT", reason: "They deleted it.", requestedBy: "test finance" },
    ],
  });
  expect(await mailsOf(api, [invoiceId])).toHaveLength(2);
  expect(await finance.command("resendInvoice", "delivery { id }", { invoiceId, reason: " " })).toMatchObject({
    code: "TEXT_MISSING",
  });
});
