import { expect, test } from "vitest";
import { readDeliveryStatus } from "../../../server/integrations/email/read-delivery-status";
import { notification } from "./sample-notification";

const FAILED = [
  "Final-Recipient: rfc822; Ada@example.com",
  "Action: failed",
  "Status: 5.1.1",
  "Diagnostic-Code: smtp; 550 5.1.1 <ada@example.com>: Recipient address",
  "    rejected: User unknown",
].join("\r\n");

test("a mail that will not arrive is told with its address, its code and the server's words", () => {
  expect(readDeliveryStatus(notification(FAILED))).toEqual({
    messageId: "invoice.1@example.com",
    reports: [
      {
        address: "Ada@example.com",
        status: "5.1.1",
        isPermanent: true,
        detail: "550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown",
      },
    ],
  });
});

test("only the head of the mail may come back", () => {
  expect(readDeliveryStatus(notification(FAILED, "x@example.com", "text/rfc822-headers"))?.messageId).toBe(
    "x@example.com",
  );
});

test("the address that was written to counts, not the one that it was forwarded to", () => {
  const forwarded = `Original-Recipient: rfc822;billing@acme.example\r\n${FAILED}`;
  expect(readDeliveryStatus(notification(forwarded))?.reports[0]?.address).toBe("billing@acme.example");
});

test.each([
  ["delayed", "4.4.1", false],
  ["failed", "4.2.2", false],
  ["failed", "5.2.2", true],
] as const)("%s with %s: will it never arrive? %s", (action, status, isPermanent) => {
  const group = `Final-Recipient: rfc822; a@example.com\r\nAction: ${action}\r\nStatus: ${status}`;
  expect(readDeliveryStatus(notification(group))?.reports).toEqual([
    { address: "a@example.com", status, isPermanent, detail: `the mail server answered ${status}` },
  ]);
});

test("several recipients are told apart, and those who got it are left out", () => {
  const groups = [
    FAILED,
    "",
    "Final-Recipient: rfc822; grace@example.com",
    "Action: delivered",
    "Status: 2.0.0",
    "",
    "Final-Recipient: rfc822; alan@example.com",
    "Action: failed",
  ].join("\r\n");
  expect(readDeliveryStatus(notification(groups))?.reports.map(({ address, status }) => [address, status])).toEqual([
    ["Ada@example.com", "5.1.1"],
    ["alan@example.com", null],
  ]);
});

test.each([
  "",
  "Subject: Out of office\r\n\r\nI am away",
  "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@example.com",
  "--B\nContent-Type: message/delivery-status",
])("what is no notification is none: %j", (mail) => expect(readDeliveryStatus(mail)).toBeNull());
