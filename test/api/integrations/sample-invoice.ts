import type { InvoiceDocument, InvoiceLine, InvoiceLineGroup } from "../../../server/integrations/pdf/invoice-document";

const october = { startsOn: "2026-10-01", endsBefore: "2026-11-01" };

export const sampleLine = (more: Partial<InvoiceLine> = {}): InvoiceLine => ({
  description: "Platform fee, Growth plan",
  explanation: [],
  servicePeriod: october,
  quantity: "1",
  unitPrice: "2,400.00",
  net: "2400",
  taxPercent: "20",
  ...more,
});

const groups: InvoiceLineGroup[] = [
  {
    title: "Ledgerline Platform",
    net: "2320.00",
    lines: [
      sampleLine({
        description: "Growth plan",
        explanation: ["Discount 10 % for a three-year term: -240.00"],
        net: "2160",
      }),
      sampleLine({
        description: "Audit archive, from 16 October",
        explanation: ["16 of 31 days × 310.00"],
        servicePeriod: { startsOn: "2026-10-16", endsBefore: "2026-11-01" },
        unitPrice: "310.00",
        net: "160.00",
      }),
    ],
  },
  {
    title: "Invoice processing",
    net: "1218.75",
    lines: [
      sampleLine({
        description: "Invoices processed",
        explanation: [
          "1 to 5,000 included",
          "5,001 to 20,000: 15,000 × 0.065 = 975.00",
          "20,001 and above: 4,875 × 0.05 = 243.75",
        ],
        quantity: "24,875 invoices",
        unitPrice: "tiered",
        net: "1218.75",
      }),
    ],
  },
  {
    title: "Seats",
    net: "1196.90",
    lines: [
      sampleLine({
        description: "Approver seats",
        explanation: ["Billed in advance"],
        servicePeriod: { startsOn: "2026-11-01", endsBefore: "2026-12-01" },
        quantity: "46 seats",
        unitPrice: "24.00",
        net: "1104.00",
      }),
      sampleLine({
        description: "Approver seats added in October",
        explanation: ["6 seats × 24.00 × 20 of 31 days"],
        quantity: "6 seats",
        unitPrice: "24.00",
        net: "92.90",
        servicePeriod: { startsOn: "2026-10-12", endsBefore: "2026-11-01" },
      }),
    ],
  },
  {
    title: "Onboarding workshop",
    net: "450.00",
    lines: [
      sampleLine({
        description: "Onboarding workshop",
        explanation: [],
        servicePeriod: null,
        unitPrice: "450.00",
        net: "450.00",
      }),
    ],
  },
];

/** An ordinary month of an ordinary customer. */
export const sampleInvoice = (more: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
  kind: "invoice",
  mark: null,
  number: "INV-2026-00417",
  correctedNumbers: [],
  locale: "en-GB",
  paper: "A4",
  currency: { code: "GBP", minorUnits: 2 },
  seller: {
    legalName: "Ledgerline Software Ltd",
    addressLines: ["4 Foundry Yard", "Leeds LS10 1JR", "United Kingdom"],
    taxNumber: "GB 318 4420 91",
    bankDetails: [
      "Account name: Ledgerline Software Ltd",
      "Sort code: 20-00-00",
      "Account number: 55779911",
      "IBAN: GB33 BUKB 2020 1555 5555 55",
      "BIC: BUKBGB22",
    ],
    brandColour: "#2F5BEA",
    logoText: "Ledgerline",
  },
  customer: {
    legalName: "Northwind Freight Holdings plc",
    addressLines: ["Accounts Payable", "18 Quayside", "Bristol BS1 4QS", "United Kingdom"],
    taxId: "GB 204 8812 65",
    contact: "accounts@northwind.example.com",
  },
  issuedOn: "2026-11-03",
  taxPointOn: "2026-11-03",
  dueOn: "2026-12-03",
  servicePeriod: october,
  poNumber: "PO-88120",
  memo: "Thank you for your business. Questions about this invoice: billing@ledgerline.example.com",
  groups,
  totals: {
    net: "5185.65",
    taxes: [{ name: "VAT", percent: "20", taxable: "5185.65", amount: "1037.13", note: null }],
    gross: "6222.78",
    settlements: [],
    amountDue: "6222.78",
  },
  createdAt: new Date("2026-11-03T09:00:00Z"),
  ...more,
});

/** The sample with so many lines, all of one product. */
export const sampleInvoiceOfLines = (count: number, more: Partial<InvoiceDocument> = {}): InvoiceDocument =>
  sampleInvoice({
    groups: [
      {
        title: "Invoice processing",
        net: null,
        lines: Array.from({ length: count }, (_, index) =>
          sampleLine({
            description: `Depot ${index + 1}`,
            explanation: index % 3 === 0 ? ["1 to 500: 500 × 0.12 = 60.00", "501 and above: 400 × 0.10 = 40.00"] : [],
            quantity: "900 invoices",
            unitPrice: "tiered",
            net: "100.00",
          }),
        ),
      },
    ],
    ...more,
  });
