import { expect, test } from "vitest";
import { type InvoiceMailFacts, writeInvoiceMail } from "../../../server/integrations/email/invoice-mail";

const facts = (more: Partial<InvoiceMailFacts> = {}): InvoiceMailFacts => ({
  kind: "invoice",
  number: "INV-2026-00417",
  sellerName: "Ledgerline Software Ltd",
  customerName: "Northwind Freight Holdings plc",
  total: "£6,222.78",
  dueOn: "3 December 2026",
  pdfFilename: "INV-2026-00417.pdf",
  brandColour: "#2F5BEA",
  ...more,
});

test("an invoice mail says how much, until when and from whom, in words and in HTML alike", () => {
  const mail = writeInvoiceMail(facts());
  expect(mail.subject).toBe("Invoice INV-2026-00417 from Ledgerline Software Ltd");
  for (const said of ["£6,222.78", "3 December 2026", "Northwind Freight Holdings plc", "INV-2026-00417.pdf"]) {
    expect(mail.text).toContain(said);
    expect(mail.html).toContain(said);
  }
  expect(mail.text).toContain(
    "Please find attached invoice INV-2026-00417 for £6,222.78, due on 3 December 2026. How to pay it is on the invoice.",
  );
});

test("a credit note asks for no payment", () => {
  const mail = writeInvoiceMail(facts({ kind: "credit_note", number: "CN-12", dueOn: null }));
  expect(mail.subject).toBe("Credit note CN-12 from Ledgerline Software Ltd");
  expect(mail.text).toContain("Nothing is to be paid for it.");
  expect(mail.text + mail.html).not.toMatch(/[Dd]ue/);
});

test("an invoice without a due date mentions none", () => {
  expect(writeInvoiceMail(facts({ dueOn: null })).text).not.toMatch(/due/i);
});

test.each(["sellerName", "customerName", "number", "total", "pdfFilename", "dueOn"] as const)(
  "markup in %s stays text",
  (fact) => {
    const { html, text } = writeInvoiceMail(facts({ [fact]: `<img src=x onerror="a()">&'` }));
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=&quot;a()&quot;&gt;&amp;&#39;");
    expect(text).toContain(`<img src=x onerror="a()">&'`);
  },
);

test("a brand colour that is none cannot write style", () => {
  const { html } = writeInvoiceMail(facts({ brandColour: 'red;background:url("https://example.com")' }));
  expect(html).not.toContain("url(");
  expect(html).toContain("border-top:4px solid #1F2A44");
});

test("line ends in names reach neither the subject nor the lines of the text", () => {
  const mail = writeInvoiceMail(facts({ sellerName: "Acme\r\nBcc: x@example.com", customerName: "A\u2028B\u0085C" }));
  expect(mail.subject).toBe("Invoice INV-2026-00417 from Acme Bcc: x@example.com");
  expect(mail.text).toContain("Customer: A B C");
});

test("the HTML loads nothing from anywhere and knows the dark", () => {
  const { html } = writeInvoiceMail(facts());
  expect(html).not.toMatch(/https?:|src=|<img|<link|<script|@import/);
  expect(html).toContain("prefers-color-scheme: dark");
});
