import fc from "fast-check";
import { expect, test } from "vitest";
import { writeInvoiceMail } from "../../../server/integrations/email/invoice-mail";
import { amountInMail, dayInMail, nearestLanguage } from "../../../server/integrations/email/mail-language";
import {
  builtInTemplate,
  faultsOfTemplate,
  fillTemplate,
  PLACEHOLDERS,
} from "../../../server/integrations/email/mail-template";
import { writeReminderMail } from "../../../server/integrations/email/reminder-mail";

const codes = (subject: string, text: string) =>
  faultsOfTemplate("invoice", { subject, text }).map(({ field, code }) => `${field} ${code}`);

test.each([
  ["Invoice {{number}}", "Hello {{ contactName }}, {{total}} is due.", []],
  ["", "  ", ["subject TEXT_MISSING", "text TEXT_MISSING"]],
  ["{{nummer}}", "ok", ["subject PLACEHOLDER_UNKNOWN"]],
  ["{{number", "number}} is here", ["subject PLACEHOLDER_UNCLOSED", "text PLACEHOLDER_UNCLOSED"]],
  ["two\nlines", "two\n\nparagraphs\tare fine", ["subject TEXT_UNPRINTABLE"]],
  ["a\u0000", "b\u0007", ["subject TEXT_UNPRINTABLE", "text TEXT_UNPRINTABLE"]],
  ["x".repeat(201), "ok", ["subject TEXT_TOO_LONG"]],
] as const)("%j with %j: %j", (subject, text, found) => expect(codes(subject, text)).toEqual(found));

test("an unknown placeholder is told with those that there are", () => {
  const [fault] = faultsOfTemplate("credit_note", { subject: "{{dueOn}}", text: "x" });
  expect(fault?.message).toBe(
    "{{dueOn}} stands for nothing in the subject. Use {{number}}, {{total}}, {{originalNumber}}, {{issuedOn}}, {{customerName}}, {{contactName}}, {{sellerName}}.",
  );
});

test("what a value contains is text: no template, no line, no markup", () => {
  const filled = fillTemplate(
    { subject: "For {{customerName}}", text: "Dear {{customerName}},\n\nbye" },
    { customerName: "{{number}}\r\nBcc: x@example.com <b>" },
  );
  expect(filled).toEqual({
    subject: "For {{number}} Bcc: x@example.com <b>",
    paragraphs: ["Dear {{number}} Bcc: x@example.com <b>,", "bye"],
  });
});

test("law: whatever values a built-in text is filled with, nothing of a placeholder is left and none is lost", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("invoice", "credit_note", "reminder"),
      fc.constantFrom(1, 2, 3, 7),
      fc.constantFrom("en-GB", "de-AT", "fr-FR"),
      fc.stringMatching(/^[a-zA-Z0-9<>&" ]{1,20}$/),
      (purpose, level, language, value) => {
        const template = builtInTemplate(purpose, level, language);
        expect(faultsOfTemplate(purpose, template)).toEqual([]);
        const values = Object.fromEntries(PLACEHOLDERS[purpose].map((name) => [name, value]));
        const { subject, paragraphs } = fillTemplate(template, values);
        expect(subject + paragraphs.join("")).not.toMatch(/\{\{|\}\}/);
      },
    ),
    { seed: 2026, numRuns: Number(process.env["LAW_RUNS"] ?? 200) },
  );
});

test.each([
  ["de-DE", "de-DE"],
  ["de-AT", "de-DE"],
  ["DE", "de-DE"],
  ["en-US", "en-GB"],
  ["fr-FR", "en-GB"],
])("mails to %s speak %s of themselves", (tag, language) => expect(nearestLanguage(tag)).toBe(language));

test("days and amounts are written as the language does", () => {
  const pounds = { code: "GBP", minorUnits: 2 };
  expect(amountInMail("1234567.5", pounds, "en-GB")).toBe("£1,234,567.50");
  expect(amountInMail("1234567.5", pounds, "de-DE")).toBe("1.234.567,50 GBP");
  expect(amountInMail("1240", { code: "EUR", minorUnits: 2 }, "de-DE")).toBe("1.240,00 €");
  expect(dayInMail("2026-12-03", "en-GB")).toBe("3 December 2026");
  expect(dayInMail("2026-03-03", "de-DE")).toBe("3. März 2026");
});

test("a German invoice mail is German from its subject to its end", () => {
  const mail = writeInvoiceMail({
    kind: "invoice",
    number: "INV-7",
    sellerName: "Beispiel GmbH",
    customerName: "Nordwind AG",
    total: "1.240,00 €",
    dueOn: "3. Dezember 2026",
    pdfFilename: "INV-7.pdf",
    brandColour: null,
    language: "de-AT",
    url: "https://billing.example.com/i/x",
  });
  expect(mail.subject).toBe("Rechnung INV-7 von Beispiel GmbH");
  expect(mail.text).toContain("anbei erhalten Sie die Rechnung INV-7 über 1.240,00 €, fällig am 3. Dezember 2026.");
  expect(mail.text).toContain("Rechnung ansehen:\nhttps://billing.example.com/i/x");
  expect(mail.html).toContain('<html lang="de-DE">');
  expect(mail.text).not.toMatch(/invoice|kind regards/i);
});

test("a reminder lists what is overdue, the oldest first, with one total for each currency", () => {
  const mail = writeReminderMail({
    level: 2,
    language: "en-GB",
    template: null,
    sellerName: "Seller Ltd",
    customerName: "Northwind",
    totals: ["£1,240.00", "€50.00"],
    invoices: [
      { number: "INV-1", daysOverdue: 21, amount: "£1,000.00", dueOn: "1 October 2026" },
      { number: "INV-2", daysOverdue: 1, amount: "£240.00", dueOn: "21 October 2026" },
    ],
    balances: ["£10.00"],
    attached: ["INV-1.pdf"],
    values: { contactName: "Ada" },
    brandColour: null,
  });
  expect(mail.subject).toBe("Second reminder: £1,240.00 + €50.00 overdue at Seller Ltd");
  expect(mail.text).toContain(
    "INV-1, 21 days overdue: £1,000.00\nINV-2, 1 day overdue: £240.00\nLess your balance with us: £10.00",
  );
  expect(mail.text).toContain("the oldest invoice, INV-1, was due on 1 October 2026");
});
