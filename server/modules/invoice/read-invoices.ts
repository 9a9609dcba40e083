import { Decimal } from "../../domain/money/decimal";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { organizationsById } from "../organization";
import type { StoredDocument } from "./document.store";
import type { Invoice, InvoiceLine } from "./invoice";
import { type InvoiceFilter, invoicesById, linesByInvoice, listInvoices } from "./invoice.store";
import type { InvoiceExchangeRate } from "./invoice.types";
import { issuedDocument } from "./invoice-document";
import { type InvoiceMail, mailByInvoice } from "./mail.store";
import { creditNotesByInvoice } from "./rebill.store";

export function findInvoice(context: RequestContext, id: string): Promise<Invoice | null> {
  context.require("read");
  return context.load(invoicesById, id);
}

export async function readInvoices(context: RequestContext, args: PageArgs, filter: InvoiceFilter) {
  context.require("read");
  const page = toPage(args);
  return toConnection(page, await listInvoices(filter, page), ({ billingMonth, id }) => [billingMonth, id]);
}

export async function linesOf(context: RequestContext, invoiceId: string): Promise<readonly InvoiceLine[]> {
  return (await context.load(linesByInvoice, invoiceId)) ?? [];
}

export const mailOf = (context: RequestContext, invoiceId: string): Promise<InvoiceMail | null> =>
  context.load(mailByInvoice, invoiceId);

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

/** The PDF of an issued invoice; null for drafts and unknown ids. */
export async function readDocument(context: RequestContext, invoiceId: string): Promise<StoredDocument | null> {
  const invoice = await findInvoice(context, invoiceId);
  return invoice?.number ? issuedDocument(invoice) : null;
}
