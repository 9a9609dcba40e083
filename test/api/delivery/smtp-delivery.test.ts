import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { deliveryLog, issuedCompany, letTimePass, send } from "./delivery-world";
import { startMailServer } from "./smtp-world";

let api: TestApi;
let mailServer: Awaited<ReturnType<typeof startMailServer>>;
beforeAll(async () => {
  mailServer = await startMailServer();
  api = await startTestApi({ transport: mailServer.transport });
});
afterEach(() => {
  mailServer.behave(null);
  mailServer.received.length = 0;
});
afterAll(async () => {
  await api?.stop();
  await mailServer?.stop();
});

test("a server that takes a mail and dies: nobody sends it twice, a person says that it arrived", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  mailServer.behave({ kind: "takes_and_dies" });
  const operation = await send(api, finance, [invoiceId]);
  expect(operation).toMatchObject({ failed: 1, items: { nodes: [{ code: "MAIL_UNCERTAIN" }] } });
  mailServer.behave(null);
  expect(await send(api, finance, [invoiceId])).toMatchObject({ failed: 1, succeeded: 0 });
  await letTimePass(api);
  expect(mailServer.received).toHaveLength(1);

  const log = await deliveryLog(finance, invoiceId);
  expect(log).toMatchObject({ status: "FINALIZED", deliveries: [{ status: "UNCERTAIN" }] });
  const [{ id: deliveryId }] = log.deliveries;
  const { unsettledDeliveries } = await finance.data("{ unsettledDeliveries { id status } }");
  expect(unsettledDeliveries).toContainEqual({ id: deliveryId, status: "UNCERTAIN" });
  const found = { deliveryId, finding: "ARRIVED", resolution: "They confirmed it by phone." };
  const { delivery } = await finance.done("resolveDelivery", "delivery { status resolvedBy resolution }", found);
  expect(delivery).toMatchObject({ status: "SENT", resolution: "They confirmed it by phone." });
  expect(await deliveryLog(finance, invoiceId)).toMatchObject({ status: "SENT" });
  expect(await finance.command("resolveDelivery", "delivery { id }", found)).toMatchObject({
    code: "DELIVERY_NOT_UNCERTAIN",
  });
});

test("what did not arrive is sent again, under an id of its own", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  mailServer.behave({ kind: "takes_and_dies" });
  await send(api, finance, [invoiceId]);
  mailServer.behave(null);
  const { deliveries } = await deliveryLog(finance, invoiceId);
  await finance.done("resolveDelivery", "delivery { status }", {
    deliveryId: deliveries[0].id,
    finding: "NOT_ARRIVED",
    resolution: "Not in their mailbox.",
  });
  expect(await send(api, finance, [invoiceId])).toMatchObject({ succeeded: 1 });
  const log = await deliveryLog(finance, invoiceId);
  expect(log).toMatchObject({ status: "SENT", deliveries: [{ status: "FAILED" }, { status: "SENT" }] });
  expect(log.deliveries.map(({ messageId }: { messageId: string }) => messageId)).toEqual([
    `invoice.${invoiceId}@example.com`,
    `invoice.${invoiceId}.2@example.com`,
  ]);
});

test("a throttling server is tried again by itself, later each time, and once it takes the mail that is all", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  mailServer.behave({ kind: "refuses", code: 451, message: "too many mails" });
  expect(await send(api, finance, [invoiceId])).toMatchObject({
    skipped: 1,
    items: { nodes: [{ code: "MAIL_DEFERRED", message: expect.stringContaining("2026-11-03 09:01 UTC") }] },
  });
  await letTimePass(api);
  expect(await deliveryLog(finance, invoiceId)).toMatchObject({
    status: "FINALIZED",
    deliveries: [{ status: "DEFERRED", nextAttemptAt: "2026-11-03T09:05:00.000Z", attempts: [{}, {}] }],
  });
  mailServer.behave(null);
  await letTimePass(api);
  await letTimePass(api);
  expect(await deliveryLog(finance, invoiceId)).toMatchObject({
    status: "SENT",
    deliveries: [
      {
        status: "SENT",
        attempts: [{ outcome: "TEMPORARY" }, { outcome: "TEMPORARY" }, { outcome: "SENT" }],
      },
    ],
  });
  expect(mailServer.received).toHaveLength(1);
});

test("a server that never takes it is given up after the last try", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  mailServer.behave({ kind: "refuses", code: 451, message: "not today" });
  await send(api, finance, [invoiceId]);
  for (let attempt = 2; attempt <= 7; attempt += 1) await letTimePass(api);
  const log = await deliveryLog(finance, invoiceId);
  expect(log.deliveries).toMatchObject([{ status: "FAILED", failure: expect.stringContaining("not today") }]);
  expect(log.deliveries[0].attempts).toHaveLength(7);
  expect(log.status).toBe("FINALIZED");
});

test("a mail that the server refuses for good failed, and may be sent once it is mended", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  mailServer.behave({ kind: "refuses", code: 554, message: "looks like spam" });
  expect(await send(api, finance, [invoiceId])).toMatchObject({
    failed: 1,
    items: { nodes: [{ code: "MAIL_REFUSED", message: expect.stringContaining("looks like spam") }] },
  });
  mailServer.behave(null);
  expect(await send(api, finance, [invoiceId])).toMatchObject({ succeeded: 1 });
});

test("some recipients are refused: the others have it, and the log says who has not", async () => {
  const { finance, invoiceId, customers } = await issuedCompany(api);
  const { customer } = await finance.data("query ($id: ID!) { customer(id: $id) { version } }", { id: customers[0] });
  await finance.done("updateCustomer", "customer { id }", {
    id: customers[0],
    version: customer.version,
    contacts: [
      { name: "Ada", email: "ada@example.com" },
      { name: "Grace", email: "grace@example.com", role: "CC" },
      { name: "Alan", email: "alan@example.com", role: "NONE" },
      { name: "Edsger", email: "edsger@example.com", role: "TO" },
    ],
  });
  mailServer.behave({ kind: "does_not_know", addresses: ["grace@example.com"] });
  expect(await send(api, finance, [invoiceId])).toMatchObject({
    succeeded: 1,
    items: { nodes: [{ message: "Sent to ada@example.com, edsger@example.com. Not delivered to grace@example.com." }] },
  });
  const { deliveries } = await deliveryLog(finance, invoiceId);
  expect(deliveries[0].recipients).toMatchObject([
    { kind: "TO", email: "ada@example.com", status: "ACCEPTED" },
    { kind: "TO", email: "edsger@example.com", status: "ACCEPTED" },
    { kind: "CC", email: "grace@example.com", status: "REFUSED" },
  ]);
  expect(mailServer.received).toHaveLength(1);
});

test("as many mails leave in a minute as the organization wants, and the others follow by themselves", async () => {
  const { finance, invoiceIds, organization } = await issuedCompany(api, { customers: 3, startsOn: "2026-11-01" });
  await organization.admin.done("changeDeliverySettings", "settings { mailsPerMinute version }", {
    version: 0,
    mailsPerMinute: 2,
  });
  expect(await send(api, finance, invoiceIds)).toMatchObject({ succeeded: 2, skipped: 1 });
  expect(mailServer.received).toHaveLength(2);
  // A minute passes for the two that have left.
  await api.database.owner.query(
    "ALTER TABLE delivery_attempt DISABLE TRIGGER USER; UPDATE delivery_attempt SET began_at = began_at - interval '2 minutes'; ALTER TABLE delivery_attempt ENABLE TRIGGER USER",
  );
  await letTimePass(api);
  expect(mailServer.received).toHaveLength(3);
});

test("two operations over the same invoice at once send it once", async () => {
  const { finance, invoiceIds } = await issuedCompany(api, { customers: 4, startsOn: "2026-11-01" });
  const selection = { selection: { invoiceIds } };
  await Promise.all([1, 2].map(() => finance.done("sendInvoices", "operation { id }", selection)));
  await Promise.all([api.work(), api.work()]);
  await letTimePass(api);
  expect(mailServer.received.map(({ messageId }) => messageId).sort()).toEqual(
    invoiceIds.map((id) => `<invoice.${id}@example.com>`).sort(),
  );
});
