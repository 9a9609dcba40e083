import type { Mail } from "../../../server/integrations/email/mail";

export const samplePdf = Buffer.from("%PDF-1.7 \u0000\r\n.\r\nµ∑ not really a PDF", "utf8");

export const sampleMail = (more: Partial<Mail> = {}): Mail => ({
  messageId: "invoice.0192f3c4-7d11@billgrid.example.com",
  date: new Date("2026-11-03T09:00:00Z"),
  from: { name: "Ledgerline Software Ltd", address: "billing@ledgerline.example.com" },
  to: [{ name: "Northwind Freight Holdings plc", address: "accounts@northwind.example.com" }],
  cc: [{ name: null, address: "finance@northwind.example.com" }],
  replyTo: null,
  subject: "Invoice INV-2026-00417 from Ledgerline Software Ltd",
  text: "Please find attached the invoice.\n.\nEnd",
  html: "<p>Please find attached the invoice.</p>",
  attachments: [{ filename: "INV-2026-00417.pdf", content: samplePdf, contentType: "application/pdf" }],
  ...more,
});
