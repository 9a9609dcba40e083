import { createHash } from "node:crypto";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { groupBy } from "../../domain/group-by";
import { explainInWords } from "../../domain/invoice/explain-in-words";
import type { InvoiceDocument, InvoiceTax } from "../../integrations/pdf/invoice-document";
import { renderInvoicePdf } from "../../integrations/pdf/render-invoice-pdf";
import { type Product, productsById } from "../catalog";
import { findDocument, insertDocument, type StoredDocument } from "./document.store";
import type { Invoice, InvoiceLine, Parties } from "./invoice";
import { linesByInvoice } from "./invoice.store";

/** The issued invoice as PDF: rendered once, then always the same bytes. */
export async function issuedDocument(invoice: Invoice): Promise<StoredDocument> {
  const stored = await findDocument(invoice.id);
  if (stored) return stored;
  const content = await renderInvoicePdf(await describe(invoice));
  return insertDocument({
    invoiceId: invoice.id,
    fileName: `${invoice.number}.pdf`,
    content,
    sha256: createHash("sha256").update(content).digest("hex"),
  });
}

async function describe(invoice: Invoice): Promise<InvoiceDocument> {
  const lines = (await linesByInvoice([invoice.id])).get(invoice.id) ?? [];
  const products = await productsById([...new Set(lines.map(({ productId }) => productId))]);
  const { seller, customer } = invoice.parties as Parties;
  return {
    kind: "invoice",
    mark: null,
    number: invoice.number,
    correctedNumbers: [],
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
      settlements: [],
      amountDue: invoice.grossTotal,
    },
    // The day of issue, not the moment of rendering: the bytes must not depend on it.
    createdAt: new Date(`${invoice.issuedOn}T00:00:00Z`),
  };
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
      explanation: isPlain(line) ? [] : explainInWords(line.explanation, currency(code)).slice(0, -1),
      servicePeriod: { startsOn: line.serviceStartsOn, endsBefore: line.serviceEndsBefore },
      quantity: line.quantity && grouped(line.quantity),
      unitPrice: line.unitPrice && priceText(line.unitPrice, currency(code).minorUnits),
      net: line.netAmount,
      taxPercent: new Decimal(line.taxPercent).toFixed(),
    })),
  };
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

/** The sums of the lines as they were taxed; nothing is computed again. */
function taxesOf(lines: readonly InvoiceLine[]): InvoiceTax[] {
  return [
    ...groupBy(lines, ({ taxCode, taxPercent, taxNote }) => `${taxCode} ${taxPercent} ${taxNote ?? ""}`).values(),
  ].map((same) => {
    const [{ taxPercent, taxNote }] = same as [InvoiceLine];
    const total = (amountOf: (line: InvoiceLine) => string) =>
      same.reduce((sum, line) => sum.plus(amountOf(line)), ZERO).toFixed();
    return {
      name: "VAT",
      percent: new Decimal(taxPercent).toFixed(),
      taxable: total(({ netAmount }) => netAmount),
      amount: total(({ taxAmount }) => taxAmount),
      note: taxNote,
    };
  });
}
