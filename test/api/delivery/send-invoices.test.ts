import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { deliveryLog, issuedCompany, linkIn, mailsOf, send } from "./delivery-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.stop());

test("an invoice goes to the primary contact with its PDF and a link to its page, and its log says so", async () => {
  const { finance, invoiceId } = await issuedCompany(api);
  expect(await send(api, finance, [invoiceId])).toMatchObject({ succeeded: 1, failed: 0 });
  const [mail, ...more] = await mailsOf(api, [invoiceId]);
  expect(more).toEqual([]);
  expect(mail?.subject).toBe("Invoice INV-2026-00001 from Test Seller Ltd");
  expect(mail?.text).toContain("for £120.00, due on 3 December 2026");
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual(["INV-2026-00001.pdf"]);
  expect(linkIn(mail)).toMatch(new RegExp(`^${api.url}/i/[\\w-]{65}$`));
  const log = await deliveryLog(finance, invoiceId);
  expect(log).toMatchObject({
    status: "SENT",
    deliveries: [
      {
        purpose: "INVOICE",
        status: "SENT",
        messageId: `invoice.${invoiceId}@example.com`,
        recipients: [{ kind: "TO", email: "accounts-1@example.com", status: "ACCEPTED" }],
        attempts: [{ ordinal: 1, outcome: "SENT" }],
      },
    ],
  });
  // What is kept has a place where the link was: its secret is nowhere.
  expect(log.deliveries[0].text).toContain(`/i/link-of-${invoiceId}`);
});
