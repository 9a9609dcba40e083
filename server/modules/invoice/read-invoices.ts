import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import type { StoredDocument } from "./document.store";
import type { Invoice, InvoiceLine } from "./invoice";
import { issuedDocument } from "./invoice-document";
import { type InvoiceFilter, invoicesById, linesByInvoice, listInvoices } from "./invoice.store";
import { type InvoiceMail, mailByInvoice } from "./mail.store";

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

/** The PDF of an issued invoice; null for drafts and unknown ids. */
export async function readDocument(context: RequestContext, invoiceId: string): Promise<StoredDocument | null> {
  const invoice = await findInvoice(context, invoiceId);
  return invoice?.number ? issuedDocument(invoice) : null;
}
