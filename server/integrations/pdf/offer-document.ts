/**
 * Everything that an offer shows, as PDF and as hosted page, decided before it gets here: in words and formatted amounts,
 * so that neither of the two computes, and both say the same. Texts may be long, of any script, and are shown as text.
 */
export type OfferDocument = {
  kind: "sale" | "amendment";
  /** Printed across every page. */
  mark: "draft" | null;
  locale: OfferLocale;
  paper: "A4" | "LETTER";
  /** "Q-00042" */
  number: string;
  version: number;
  /** As people call it: "Acme 2027" */
  title: string;
  /** "3 November 2026" */
  issuedOn: string;
  /** The last day on which it can be signed; null: without a limit */
  validUntil: string | null;
  seller: OfferSeller;
  customer: OfferCustomer;
  /** What stands out on the first page: the total contract value, what comes each month. */
  highlights: readonly OfferHighlight[];
  introduction: string | null;
  /** Term, billing, payment, renewal and the like, each in a sentence. */
  terms: readonly OfferFact[];
  /** Of a sale. */
  phases: readonly OfferPhase[];
  /** Of an amendment, in the order in which they are made. */
  changes: readonly OfferChange[];
  /** Minimums, maximums and discounts over several lines. */
  commitments: readonly OfferCommitment[];
  /** null: there are none to show, as of an amendment */
  totals: OfferTotals | null;
  /** The first twelve. */
  invoices: OfferInvoices | null;
  /** What the parties agreed in words. */
  notes: string | null;
  /** The seller's terms and conditions, or whatever else it closes its offers with. */
  closing: string | null;
  /** Who is to sign, in order; each gets a block on the last page. Without any there is no such page. */
  signers: readonly OfferSigner[];
  /** Becomes the file's creation date, so that the same document is the same bytes whenever it is rendered. */
  createdAt: Date;
};

export type OfferLocale = "en-GB";

export type OfferSeller = {
  legalName: string;
  addressLines: readonly string[];
  taxNumber: string | null;
  /** "#RRGGBB" */
  brandColour: string | null;
  /** In the place of the name and the mark; null: those. */
  logo: OfferLogo | null;
};

export type OfferLogo = { contentType: "image/png" | "image/jpeg"; content: Buffer };

export type OfferCustomer = {
  legalName: string;
  addressLines: readonly string[];
  taxId: string | null;
  contact: { name: string; email: string | null } | null;
};

/** "Total contract value", "£7,680.00", "12 months, without tax and usage" */
export type OfferHighlight = { label: string; value: string; note: string | null };

/** "Payment", "Within 30 days of the invoice date." */
export type OfferFact = { label: string; value: string };

export type OfferPhase = {
  name: string;
  /** With the last day: "1 January – 31 December 2027 (12 months)" */
  days: string;
  lines: readonly OfferLine[];
  total: OfferAmounts | null;
};

export type OfferLine = {
  description: string;
  /** As a person reads it, a sentence a line: "£0.10 per call up to 1,000, then £0.05" */
  price: readonly string[];
  /** Discounts, trial, ramp, minimum and maximum, a sentence each. */
  details: readonly string[];
  /** "10 seats"; null: one, or by usage */
  quantity: string | null;
  /** For a full period after the line's discounts: "£135.00"; or "by usage" */
  amount: string;
  /** "per month", "once"; null beside an amount by usage */
  per: string | null;
  /** The amount at the listed price, where it is another one. */
  listAmount: string | null;
  isByUsage: boolean;
};

/** One change of a running contract. */
export type OfferChange = {
  /** "API calls" */
  subject: string;
  /** "Quantity rises from 10 to 25." */
  sentence: string;
  /** The new price, discounts and so on. */
  details: readonly string[];
  /** "from 1 March 2027" */
  days: string | null;
};

/** "Minimum", "Platform commitment", "At least £1,000.00 per month …" */
export type OfferCommitment = { kind: string; description: string; sentence: string };

export type OfferAmounts = { list: string; discount: string; net: string };

export type OfferTotal = OfferAmounts & { name: string; days: string | null };

export type OfferTotals = {
  phases: readonly OfferTotal[];
  years: readonly OfferTotal[];
  /** "Total contract value" */
  total: OfferTotal;
  /** What the totals hold and what not, such as usage and tax, a sentence each. */
  remarks: readonly string[];
};

export type OfferInvoices = {
  invoices: readonly { on: string; amount: string }[];
  remarks: readonly string[];
};

export type OfferSigner = {
  /** Counted from 1; those of the same number may sign at once. */
  order: number;
  /** null: left blank, to be filled in by hand */
  name: string | null;
  title: string | null;
  company: string;
};

/** Renders an offer to PDF bytes. The same document gives the same bytes. */
export type RenderOfferPdf = (document: OfferDocument) => Promise<Buffer>;
