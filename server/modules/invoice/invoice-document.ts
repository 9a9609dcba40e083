import { createHash } from "node:crypto";
import { groupBy } from "../../domain/group-by";
import { type Currency, type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import type { InvoiceDocument, InvoiceTax, TaxInBase } from "../../integrations/pdf/invoice-document";
import { renderInvoicePdf } from "../../integrations/pdf/render-invoice-pdf";
import { type Product, productsById } from "../catalog";
import { loadOrganization } from "../organization";
import { amendmentsByInvoice } from "./amendment.store";
import { type DocumentKey, findDocument, insertDocument, type Rendition, type StoredDocument } from "./document.store";
import { explainLine, explainPart, isTakenWhole, taxIncluded } from "./explain-line";
import type { Invoice, InvoiceAmendment, InvoiceLine, Parties } from "./invoice";
import { invoicesById, linesByInvoice } from "./invoice.store";
import { negated, opposite, originalIdOf } from "./rebill";

/** The issued invoice as PDF: rendered once, then always the same bytes. */
export const issuedDocument = (invoice: Invoice): Promise<StoredDocument> => documentOf(invoice, null, "issued");

/** What stands for the invoice now: marked void, its last amended copy, or as it was issued. */
export async function currentDocument(invoice: Invoice): Promise<StoredDocument> {
  const amendment = (await amendmentsByInvoice([invoice.id])).get(invoice.id)?.at(-1) ?? null;
  return documentOf(invoice, amendment, currentRendition(invoice, amendment));
}

export const currentRendition = ({ status }: Invoice, amendment: InvoiceAmendment | null): Rendition =>
  status === "voided" ? "void" : amendment ? "amended" : "issued";

/** One of its documents, by what tells it from the others; null: it has none such. */
export async function findRendition(
  invoice: Invoice,
  { rendition, amendment }: Pick<DocumentKey, "rendition" | "amendment">,
): Promise<StoredDocument | null> {
  if (invoice.number === null || (rendition === "void" && invoice.status !== "voided")) return null;
  if (rendition === "issued") return issuedDocument(invoice);
  const amendments = (await amendmentsByInvoice([invoice.id])).get(invoice.id) ?? [];
  if (rendition === "void") return documentOf(invoice, amendments.at(-1) ?? null, rendition);
  const amended = amendments.find(({ ordinal }) => ordinal === amendment);
  return amended ? documentOf(invoice, amended, rendition) : null;
}

async function documentOf(
  invoice: Invoice,
  amended: InvoiceAmendment | null,
  rendition: Rendition,
): Promise<StoredDocument> {
  const amendment = rendition === "amended" ? (amended?.ordinal ?? 0) : 0;
  const key = { invoiceId: invoice.id, rendition, amendment };
  const stored = await findDocument(key);
  if (stored) return stored;
  const content = await renderInvoicePdf(await described(invoice, amended, rendition));
  const suffix = { issued: "", amended: `-amended-${amendment}`, void: "-void" }[rendition];
  return insertDocument({
    ...key,
    fileName: `${invoice.number?.replaceAll("/", "-")}${suffix}.pdf`,
    content,
    sha256: createHash("sha256").update(content).digest("hex"),
  });
}

/** What the current document says, for who reads it in another form than its PDF. */
export async function describeCurrent(invoice: Invoice): Promise<InvoiceDocument> {
  const amendment = (await amendmentsByInvoice([invoice.id])).get(invoice.id)?.at(-1) ?? null;
  return described(invoice, amendment, currentRendition(invoice, amendment));
}

async function described(
  invoice: Invoice,
  amended: InvoiceAmendment | null,
  rendition: Rendition,
): Promise<InvoiceDocument> {
  return {
    ...(await describe(invoice)),
    ...(amended && { poNumber: amended.poNumber, memo: amended.memo, amendedOn: amended.amendedOn }),
    mark: MARKS[rendition],
  };
}

const MARKS = { issued: null, amended: "amended_copy", void: "void" } as const satisfies Record<Rendition, unknown>;

async function describe(issued: Invoice): Promise<InvoiceDocument> {
  const own = (await linesByInvoice([issued.id])).get(issued.id) ?? [];
  const isNote = issued.documentKind === "credit_note";
  const invoice = isNote ? asPrinted(issued) : issued;
  const lines = isNote ? own.map(negated) : own;
  const original = await originalOf(issued);
  const products = await productsById([...new Set(lines.map(({ productId }) => productId))]);
  const { seller, customer } = invoice.parties as Parties;
  const { baseCurrency } = await loadOrganization();
  return {
    kind: invoice.documentKind,
    mark: null,
    number: invoice.number,
    correctedNumbers: isNote && original?.number ? [original.number] : [],
    correctedOn: isNote ? (original?.issuedOn ?? null) : null,
    reason: isNote ? (issued.creditCategory ?? "late_usage") : null,
    reasonText: issued.creditReason,
    replacedNumber: isNote ? null : (original?.number ?? null),
    locale: "en-GB",
    paper: seller.country === "US" ? "LETTER" : "A4",
    currency: currency(invoice.currency),
    seller: { ...seller, brandColour: seller.brandColor, logoText: null },
    customer: { ...customer, contact: customer.contactName },
    issuedOn: invoice.issuedOn,
    taxPointOn: invoice.taxPointOn,
    dueOn: invoice.dueOn,
    servicePeriod: { startsOn: invoice.serviceStartsOn, endsBefore: invoice.serviceEndsBefore },
    poNumber: invoice.poNumber,
    memo: invoice.memo,
    groups: [...groupBy(lines, ({ productId }) => productId)].map(([productId, own]) =>
      groupOf(products.get(productId) as Product, own, invoice.currency),
    ),
    totals: {
      net: invoice.netTotal,
      taxes: taxesOf(lines),
      gross: invoice.grossTotal,
      taxInBase: taxInBaseOf(invoice, baseCurrency),
      settlements: [],
      amountDue: isNote ? null : invoice.grossTotal,
    },
    // The day of issue, not the moment of rendering: the bytes must not depend on it.
    createdAt: new Date(`${invoice.issuedOn}T00:00:00Z`),
  };
}

/** A credit note is kept below zero, and says above zero what it credits. */
const asPrinted = (note: Invoice): Invoice => ({
  ...note,
  netTotal: opposite(note.netTotal),
  taxTotal: opposite(note.taxTotal),
  grossTotal: opposite(note.grossTotal),
  taxInBase: note.taxInBase && opposite(note.taxInBase),
});

/** What a credit note corrects, or what is issued again. */
async function originalOf(invoice: Invoice): Promise<Invoice | null> {
  const id = originalIdOf(invoice);
  return id === null ? null : ((await invoicesById([id])).get(id) ?? null);
}

function groupOf(
  product: Product,
  lines: readonly InvoiceLine[],
  code: CurrencyCode,
): InvoiceDocument["groups"][number] {
  const net = lines.reduce((total, { netAmount }) => total.plus(netAmount), ZERO);
  return {
    title: product.name,
    net: lines.length > 1 ? net.toFixed(currency(code).minorUnits) : null,
    lines: lines.map((line) => ({
      description: line.description,
      explanation: explanationOf(line, currency(code)),
      servicePeriod: { startsOn: line.serviceStartsOn, endsBefore: line.serviceEndsBefore },
      quantity: line.quantity && grouped(line.quantity),
      unitPrice: line.unitPrice && priceText(line.unitPrice, currency(code).minorUnits),
      net: line.netAmount,
      taxPercent: new Decimal(line.taxPercent).toFixed(),
    })),
  };
}

/** What is printed as the amount is the net; where prices include tax, the sentence about it stays. */
function explanationOf(line: InvoiceLine, billed: Currency): string[] {
  const { taken } = line.explanation;
  if (taken && !isTakenWhole(taken)) return explainPart(taken, billed).slice(0, -1);
  if (line.isTaxInclusive) {
    return isPlain(line) ? [taxIncluded(line, billed)] : explainLine(line, billed);
  }
  return isPlain(line) ? [] : explainLine(line, billed).slice(0, -1);
}

/** Quantity and unit price on the line say it all; the last sentence of every explanation repeats the amount. */
function isPlain({
  kind,
  explanation: { slices, proration, discounts, comparison, runningTotal, quantity },
}: InvoiceLine): boolean {
  const isWhole =
    slices.length === 1 && slices.every(({ flatFee, days }) => new Decimal(flatFee).isZero() && days === null);
  const isIncluded = quantity !== null && !new Decimal(quantity.included).isZero();
  return (
    kind === "charge" && isWhole && !isIncluded && !proration && !comparison && !runningTotal && discounts.length === 0
  );
}

/** More digits than this are noise to a reader; the explanation has the arithmetic. */
const QUANTITY_DIGITS_SHOWN = 4;

const grouped = (quantity: string): string => {
  const [whole = "", fraction] = new Decimal(quantity).toDecimalPlaces(QUANTITY_DIGITS_SHOWN).toFixed().split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
};

/** 0.4 reads as 0.40, and 0.0006 as it is. */
const priceText = (price: string, minorUnits: number): string => {
  const exact = new Decimal(price);
  return exact.toFixed(Math.max(minorUnits, exact.decimalPlaces()));
};

const TAX_NAME = "VAT";

function taxInBaseOf({ taxInBase, fxRate, fxRateOn, fxSource }: Invoice, baseCurrency: CurrencyCode): TaxInBase | null {
  if (taxInBase === null || fxRate === null || fxRateOn === null || fxSource === null) return null;
  return {
    name: TAX_NAME,
    currency: currency(baseCurrency),
    amount: new Decimal(taxInBase).toFixed(currency(baseCurrency).minorUnits),
    rate: new Decimal(fxRate).toFixed(),
    rateOn: fxRateOn,
    source: fxSource,
  };
}

/** The sums of the lines as they were taxed; nothing is computed again. */
function taxesOf(lines: readonly InvoiceLine[]): InvoiceTax[] {
  return [
    ...groupBy(lines, ({ taxCode, taxPercent, taxNote }) => `${taxCode} ${taxPercent} ${taxNote ?? ""}`).values(),
  ].map((same) => {
    const [{ taxPercent, taxNote }] = same as [InvoiceLine];
    const total = (amountOf: (line: InvoiceLine) => string) =>
      same.reduce((sum, line) => sum.plus(amountOf(line)), ZERO).toFixed();
    return {
      name: TAX_NAME,
      percent: new Decimal(taxPercent).toFixed(),
      taxable: total(({ netAmount }) => netAmount),
      amount: total(({ taxAmount }) => taxAmount),
      note: taxNote,
    };
  });
}
