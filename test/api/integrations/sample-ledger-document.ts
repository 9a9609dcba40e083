import { plainDate } from "../../../server/domain/calendar/plain-date";
import { currency } from "../../../server/domain/money/currency";
import { Decimal } from "../../../server/domain/money/decimal";
import type { LedgerDocument, LedgerLine } from "../../../server/integrations/xero/accounting-ledger";

const amount = (text: string) => new Decimal(text);

export const ledgerLine = (more: Partial<LedgerLine> = {}): LedgerLine => ({
  description: "Platform, 1–31 Oct 2026",
  productCode: "PLATFORM",
  quantity: amount("3"),
  unitPrice: amount("33.3333"),
  net: amount("100"),
  tax: amount("20"),
  netInBase: amount("100"),
  taxInBase: amount("20"),
  revenueAccount: "200",
  taxCode: "STANDARD",
  taxPercent: amount("20"),
  taxType: "OUTPUT2",
  taxAccount: "820",
  tracking: [],
  ...more,
});

/** An invoice over 120.00 GBP of one line, unless said otherwise; totals are those of its lines. */
export function ledgerDocument(more: Partial<LedgerDocument> = {}): LedgerDocument {
  const lines = more.lines ?? [ledgerLine()];
  const sum = (of: (line: LedgerLine) => Decimal) =>
    lines.reduce((total, line) => total.plus(of(line)), new Decimal(0));
  const [net, tax] = [sum((line) => line.net), sum((line) => line.tax)];
  return {
    id: "01890000-0000-7000-8000-000000000001",
    kind: "invoice",
    number: "INV-2026-00001",
    reference: "PO-7",
    issuedOn: plainDate("2026-11-01"),
    dueOn: plainDate("2026-12-01"),
    accountingOn: plainDate("2026-10-31"),
    currency: currency("GBP").code,
    baseCurrency: currency("GBP").code,
    rate: null,
    customer: {
      id: "01890000-0000-7000-8000-0000000000c1",
      legalName: "Acme Ltd",
      externalId: "CRM-1",
      email: "accounts@acme.example",
      addressLines: ["1 Road", "Leeds"],
      country: "GB",
      taxId: "GB999",
      contactId: null,
    },
    receivableAccount: "610",
    lines,
    net,
    tax,
    gross: net.plus(tax),
    ...more,
  };
}
