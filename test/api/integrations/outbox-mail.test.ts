import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Mail } from "../../../server/integrations/email/mail";
import { createOutboxMail } from "../../../server/integrations/email/outbox-mail";
import { sampleMail, samplePdf } from "./sample-mail";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "billgrid-outbox-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const outbox = () => createOutboxMail(join(folder, "outbox"));
const files = () => readdir(join(folder, "outbox"));
const sendAndRead = async (mail: Mail) => {
  expect(await outbox().send(mail)).toEqual({ accepted: true, outcome: "sent", refused: [] });
  return readFile(join(folder, "outbox", `${mail.messageId}.eml`));
};

test("a sent mail is one file that a mail program reads back whole", async () => {
  const read = await simpleParser(await sendAndRead(sampleMail()));
  expect(await files()).toEqual(["invoice.0192f3c4-7d11@billgrid.example.com.eml"]);
  expect(read.messageId).toBe("<invoice.0192f3c4-7d11@billgrid.example.com>");
  expect(read.date).toEqual(new Date("2026-11-03T09:00:00Z"));
  expect(read.from?.value).toEqual([{ name: "Ledgerline Software Ltd", address: "billing@ledgerline.example.com" }]);
  expect([read.to, read.cc].flat().flatMap((list) => list?.value.map(({ address }) => address))).toEqual([
    "accounts@northwind.example.com",
    "finance@northwind.example.com",
  ]);
  expect(read.subject).toBe("Invoice INV-2026-00417 from Ledgerline Software Ltd");
  expect(read.text).toBe("Please find attached the invoice.\n.\nEnd");
  expect(read.html).toBe("<p>Please find attached the invoice.</p>");
  expect(read.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    ["INV-2026-00417.pdf", "application/pdf"],
  ]);
  expect(read.attachments[0]?.content.equals(samplePdf)).toBe(true);
});

test("the same message id is written once, whatever the second mail says", async () => {
  const first = await sendAndRead(sampleMail());
  expect(await outbox().send(sampleMail({ subject: "another" }))).toEqual({
    accepted: true,
    outcome: "already_sent",
    refused: [],
  });
  expect(await readFile(join(folder, "outbox", `${sampleMail().messageId}.eml`))).toEqual(first);
});

test("of twenty senders at once one wins, and none leaves anything behind", async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outbox().send(sampleMail())));
  expect(outcomes.every(({ accepted }) => accepted)).toBe(true);
  expect(outcomes.filter(({ outcome }) => outcome === "sent")).toHaveLength(1);
  expect(await files()).toHaveLength(1);
});

test("the same mail is the same bytes", async () => {
  const first = await sendAndRead(sampleMail());
  await rm(join(folder, "outbox"), { recursive: true });
  expect(await sendAndRead(sampleMail())).toEqual(first);
});

test.each([
  "\r\nBcc: thief@example.com",
  "\nBcc: thief@example.com\n\nbody",
  "\u2028Bcc: x",
  "\r\r\nX-Evil: 1",
  "\u0000\u0085",
])("%j in names and subject starts no header", async (evil) => {
  const mail = sampleMail({
    subject: `Invoice${evil}`,
    from: { name: `Seller${evil}`, address: "billing@ledgerline.example.com" },
    to: [{ name: `Customer${evil}", <thief@example.com>, "`, address: "accounts@northwind.example.com" }],
    attachments: [{ filename: `../in${evil}voice.pdf`, content: samplePdf, contentType: `application/pdf${evil}` }],
  });
  const read = await simpleParser(await sendAndRead(mail));
  expect([...read.headers.keys()].sort()).toEqual(
    ["cc", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"].sort(),
  );
  expect([read.to].flat().flatMap((list) => list?.value.map(({ address }) => address))).toEqual([
    "accounts@northwind.example.com",
  ]);
  expect(read.from?.value).toHaveLength(1);
  expect(read.attachments[0]?.filename).not.toMatch(/[/\\\r\n]/);
});

test.each([
  "a@b.example, thief@example.com",
  "a@b.example\r\nBcc: thief@example.com",
  "<a@b.example>",
  "group: a@b.example;",
  "no address",
  "",
  `${"a".repeat(250)}@b.example`,
])("%j is refused as an address for good", async (address) => {
  const outcome = await outbox().send(sampleMail({ to: [{ name: null, address }] }));
  expect(outcome).toMatchObject({ accepted: false, outcome: "permanent" });
});

test.each(["../../etc/passwd@x", "a/b@c.example", "", "no-at-sign", "a@b\r\nBcc: c@d.example", ".hidden@b.example"])(
  "%j is refused as a message id, so nothing is written outside the outbox",
  async (messageId) => {
    expect(await outbox().send(sampleMail({ messageId }))).toMatchObject({ accepted: false, outcome: "permanent" });
    await expect(files()).rejects.toThrow(/ENOENT/);
  },
);

test("a mail to nobody is refused", async () => {
  expect(await outbox().send(sampleMail({ to: [] }))).toMatchObject({ accepted: false, outcome: "permanent" });
});

test("an outbox that cannot be written to is worth another try", async () => {
  await writeFile(join(folder, "outbox"), "a file where the folder should be");
  expect(await outbox().send(sampleMail())).toMatchObject({ accepted: false, outcome: "temporary" });
});

test("names in any script arrive as they were", async () => {
  const to = [{ name: "株式会社東京グリッド 😀", address: "keiri@example.com" }];
  const read = await simpleParser(await sendAndRead(sampleMail({ to, subject: "Счёт № 7 – שלום" })));
  expect([read.to].flat()[0]?.value[0]?.name).toBe("株式会社東京グリッド 😀");
  expect(read.subject).toBe("Счёт № 7 – שלום");
});
