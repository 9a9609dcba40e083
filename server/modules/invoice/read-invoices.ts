import { Decimal } from "../../domain/money/decimal";
import { toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { organizationsById } from "../organization";
import { amendmentsByInvoice } from "./amendment.store";
import type { DocumentKey, StoredDocument } from "./document.store";
import type { Invoice, InvoiceAmendment, InvoiceLine } from "./invoice";
import { invoicesById, linesByInvoice } from "./invoice.store";
import type { InvoiceExchangeRate } from "./invoice.types";
import { currentRendition, findRendition } from "./invoice-document";
import { creditNotesByInvoice } from "./rebill.store";

export function findInvoice(context: RequestContext, id: string): Promise<Invoice | null> {
  context.require("read");
  return context.load(invoicesById, id);
}

export async function linesOf(context: RequestContext, invoiceId: string): Promise<readonly InvoiceLine[]> {
  return (await context.load(linesByInvoice, invoiceId)) ?? [];
}

export const creditNoteOf = (context: RequestContext, invoiceId: string): Promise<Invoice | null> =>
  context.load(creditNotesByInvoice, invoiceId);

/** The rate and the amounts in the base currency that an invoice was issued with, where that is another currency. */
export async function exchangeRateOf(context: RequestContext, invoice: Invoice): Promise<InvoiceExchangeRate | null> {
  const { fxRate, fxRateOn, fxSource, netInBase, taxInBase } = invoice;
  if (fxRate === null || fxRateOn === null || fxSource === null || netInBase === null || taxInBase === null)
    return null;
  const { baseCurrency } = await context.mustLoad(organizationsById, context.caller.organizationId);
  return {
    rate: new Decimal(fxRate).toFixed(),
    on: fxRateOn,
    source: fxSource,
    net: toMoney(netInBase, baseCurrency),
    tax: toMoney(taxInBase, baseCurrency),
  };
}

/** A PDF of an issued invoice; null for drafts, unknown ids, and documents that it does not have. */
export async function readDocument(context: RequestContext, key: DocumentKey): Promise<StoredDocument | null> {
  const invoice = await findInvoice(context, key.invoiceId);
  return invoice && findRendition(invoice, key);
}

export async function amendmentsOf(context: RequestContext, invoiceId: string): Promise<readonly InvoiceAmendment[]> {
  return (await context.load(amendmentsByInvoice, invoiceId)) ?? [];
}

/** The path of what stands for the invoice now; null for drafts. */
export async function documentUrlOf(context: RequestContext, invoice: Invoice): Promise<string | null> {
  if (invoice.number === null) return null;
  const last = (await amendmentsOf(context, invoice.id)).at(-1) ?? null;
  return documentPath({
    invoiceId: invoice.id,
    rendition: currentRendition(invoice, last),
    amendment: last?.ordinal ?? 0,
  });
}

/** Each document has a path of its own, and so the same content for good. */
export const documentPath = ({ invoiceId, rendition, amendment }: DocumentKey): string =>
  `/documents/${invoiceId}${{ issued: "", amended: `.amended-${amendment}`, void: ".void" }[rendition]}.pdf`;
