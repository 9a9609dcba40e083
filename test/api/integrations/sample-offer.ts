import type { OfferDocument, OfferLine } from "../../../server/integrations/pdf/offer-document";

export const sampleOfferLine = (more: Partial<OfferLine> = {}): OfferLine => ({
  description: "Platform fee, Growth plan",
  price: ["£500.00 per month"],
  details: [],
  quantity: null,
  amount: "£500.00",
  per: "per month",
  listAmount: null,
  isByUsage: false,
  ...more,
});

const seats = sampleOfferLine({
  description: "Approver seats",
  price: ["£15.00 per seat and month"],
  details: ["Launch: 10% off, until 31 December 2027.", "Added and removed seats count by the day."],
  quantity: "40 seats",
  amount: "£540.00",
  listAmount: "£600.00",
});

const calls = sampleOfferLine({
  description: "API calls",
  price: ["£0.10 per call up to 1,000, then £0.05 up to 100,000, then £0.02"],
  details: ["Includes 500 calls per month."],
  amount: "by usage",
  per: null,
  isByUsage: true,
});

/** Two phases, a ramp, a trial, usage, a minimum: what a mid-sized company is offered. */
export const sampleOffer = (more: Partial<OfferDocument> = {}): OfferDocument => ({
  kind: "sale",
  mark: null,
  locale: "en-GB",
  paper: "A4",
  number: "Q-00042",
  version: 2,
  title: "Northwind platform 2027–2028",
  issuedOn: "3 November 2026",
  validUntil: "30 November 2026",
  seller: {
    legalName: "Ledgerline Software Ltd",
    addressLines: ["14 Harbour Row", "Leith", "Edinburgh EH6 6RA", "United Kingdom"],
    taxNumber: "GB 318 4420 91",
    brandColour: "#1f5f4a",
    logo: null,
  },
  customer: {
    legalName: "Northwind Freight Holdings plc",
    addressLines: ["3rd Floor, Canon House", "Temple Way", "Bristol BS1 4QS"],
    taxId: "GB 204 8812 65",
    contact: { name: "Ada Byron", email: "ada.byron@northwind.example.com" },
  },
  highlights: [
    {
      label: "Total contract value",
      value: "£28,160.00",
      note: "Over 24 months, without tax; what is billed by usage comes on top.",
    },
    { label: "Per year on average", value: "£14,080.00", note: null },
    { label: "Valid until", value: "30 November 2026", note: null },
  ],
  introduction:
    "Dear Ada,\n\nthank you for the good talks of the last weeks. This is what we agreed on: one platform for all your depots, with a quiet first quarter for the move, and a price for each approver that falls as more of them join.",
  terms: [
    { label: "Term", value: "1 January 2027 – 31 December 2028 (24 months)" },
    { label: "Billing", value: "Monthly in advance: Platform fee and Approver seats. Monthly in arrears: API calls." },
    { label: "Billing periods", value: "Begin on the 1st of the month." },
    { label: "Payment", value: "Within 30 days of the invoice date." },
    {
      label: "Renewal",
      value:
        "Renews for 12 months at a time, with recurring prices raised by 3%, unless one of the parties gives notice at least 60 days before the term ends.",
    },
    { label: "Currency", value: "GBP" },
  ],
  phases: [
    {
      name: "First year",
      days: "1 January – 31 December 2027 (12 months)",
      lines: [
        sampleOfferLine({ details: ["Free of charge for the first 3 months, until 31 March 2027."] }),
        seats,
        calls,
        sampleOfferLine({
          description: "Set-up and migration",
          price: ["£1,000.00 once"],
          amount: "£1,000.00",
          per: "once",
        }),
      ],
      total: { list: "£14,200.00", discount: "-£2,220.00", net: "£11,980.00" },
    },
    {
      name: "Second year",
      days: "1 January – 31 December 2028 (12 months)",
      lines: [
        sampleOfferLine(),
        sampleOfferLine({
          ...seats,
          quantity: "60 seats",
          amount: "£848.33",
          listAmount: "£900.00",
          details: ["From 1 July 2028: 80 seats."],
        }),
        calls,
      ],
      total: { list: "£16,800.00", discount: "-£620.00", net: "£16,180.00" },
    },
  ],
  changes: [],
  commitments: [
    {
      kind: "Minimum",
      description: "Platform commitment",
      sentence:
        "At least £1,000.00 per month for all lines together; what is missing is added to the invoice. Holds 1 January 2027 – 31 December 2028.",
    },
    { kind: "Discount", description: "Partner", sentence: "5% off Approver seats, until 31 December 2027." },
  ],
  totals: {
    phases: [
      {
        name: "First year",
        days: "1 Jan – 31 Dec 2027",
        list: "£14,200.00",
        discount: "-£2,220.00",
        net: "£11,980.00",
      },
      { name: "Second year", days: "1 Jan – 31 Dec 2028", list: "£16,800.00", discount: "-£620.00", net: "£16,180.00" },
    ],
    years: [
      { name: "Year 1", days: "1 Jan – 31 Dec 2027", list: "£14,200.00", discount: "-£2,220.00", net: "£11,980.00" },
      { name: "Year 2", days: "1 Jan – 31 Dec 2028", list: "£16,800.00", discount: "-£620.00", net: "£16,180.00" },
    ],
    total: {
      name: "Total contract value",
      days: "24 months",
      list: "£31,000.00",
      discount: "-£2,840.00",
      net: "£28,160.00",
    },
    remarks: [
      "What is billed by usage comes on top, at the prices above.",
      "All amounts are without tax, which is added where the law asks for it.",
    ],
  },
  invoices: {
    invoices: Array.from({ length: 12 }, (_, index) => ({
      on: `1 ${["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][index]} 2027`,
      amount: index === 0 ? "£1,540.00" : index < 3 ? "£540.00" : "£1,040.00",
    })),
    remarks: ["Invoices with usage will be higher by what is used.", "Further invoices follow in the same way."],
  },
  notes: "The move of the first four depots is included in the set-up fee.",
  closing: null,
  signers: [
    { order: 1, name: "Ada Byron", title: "Chief Financial Officer", company: "Northwind Freight Holdings plc" },
    { order: 2, name: "Grace Hopper", title: "Managing Director", company: "Ledgerline Software Ltd" },
  ],
  createdAt: new Date("2026-11-03T09:00:00Z"),
  ...more,
});

/** So many lines in one phase, each a bit different. */
export const sampleOfferOfLines = (count: number, more: Partial<OfferDocument> = {}): OfferDocument => {
  const [phase] = sampleOffer().phases;
  const lines = Array.from({ length: count }, (_, index) =>
    sampleOfferLine({ description: `Depot ${index + 1}`, quantity: `${index + 1} seats` }),
  );
  return sampleOffer({ phases: phase ? [{ ...phase, lines }] : [], ...more });
};
