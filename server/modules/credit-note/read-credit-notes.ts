import type { LineAmounts } from "../../domain/invoice/credit-amounts";
import type { CurrencyCode } from "../../domain/money/currency";
import { type Decimal, ZERO } from "../../domain/money/decimal";
import { toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import {
  type Creditable,
  type CreditNoteOn,
  type CreditOf,
  type CreditOfLine,
  creditedOf,
  creditNotesOn,
  creditsOfLines,
  type Invoice,
  type InvoiceLine,
  invoicesById,
  isCreditedItself,
  leftOfLine,
} from "../invoice";
import { totalsOf } from "./credit-note";
import { creditNoteIdsByInvoice } from "./credit-note.store";

export const creditNoteOf = (context: RequestContext, id: string): Promise<Invoice> =>
  context.mustLoad(invoicesById, id);

export const findInvoiceOf = (context: RequestContext, id: string): Promise<Invoice | null> =>
  context.load(invoicesById, id);

export async function creditNotesOf(context: RequestContext, invoiceId: string): Promise<Invoice[]> {
  const ids = (await context.load(creditNoteIdsByInvoice, invoiceId)) ?? [];
  return Promise.all(ids.map((id) => creditNoteOf(context, id)));
}

type Total = Pick<CreditNoteOn, "netTotal" | "taxTotal" | "grossTotal">;

/** Above zero: what issued credit notes gave back; null for what is not issued and for credit notes. */
export async function creditedTotalOf(context: RequestContext, invoice: Invoice) {
  if (!isCreditableDocument(invoice)) return null;
  const notes = await notesOf(context, invoice.id);
  const issued = notes.filter(({ isIssued }) => isIssued);
  const { net, tax, gross } = totalOf(issued);
  const given = (amount: Decimal) => toMoney(ZERO.minus(amount), invoice.currency);
  return { net: given(net), tax: given(tax), gross: given(gross), quantity: null };
}

/** What all credit notes, drafts too, leave of an invoice; null where nothing can be credited. */
export async function remainingOf(context: RequestContext, invoice: Invoice) {
  if (!isCreditableDocument(invoice)) return null;
  const { net, tax, gross } = totalOf(await notesOf(context, invoice.id));
  const left = (total: string, credited: Decimal) => toMoney(credited.plus(total), invoice.currency);
  return {
    net: left(invoice.netTotal, net),
    tax: left(invoice.taxTotal, tax),
    gross: left(invoice.grossTotal, gross),
    quantity: null,
  };
}

const notesOf = async (context: RequestContext, invoiceId: string): Promise<readonly CreditNoteOn[]> =>
  (await context.load(creditNotesOn, invoiceId)) ?? [];

const isCreditableDocument = ({ documentKind, status }: Invoice): boolean =>
  documentKind === "invoice" && (status === "finalized" || status === "sent");

const totalOf = (totals: readonly Total[]) => ({
  net: totals.reduce((sum, { netTotal }) => sum.plus(netTotal), ZERO),
  tax: totals.reduce((sum, { taxTotal }) => sum.plus(taxTotal), ZERO),
  gross: totals.reduce((sum, { grossTotal }) => sum.plus(grossTotal), ZERO),
});

type LineOfInvoice = InvoiceLine & Pick<Invoice, "currency">;

const creditsOf = async (context: RequestContext, invoiceId: string): Promise<readonly CreditOfLine[]> =>
  (await context.load(creditsOfLines, invoiceId)) ?? [];

/** With the sign of the line; null on documents of which nothing can be credited. */
export async function creditedOfLine(context: RequestContext, line: LineOfInvoice) {
  const invoice = await findInvoiceOf(context, line.invoiceId);
  if (!invoice || !isCreditableDocument(invoice)) return null;
  const issued = (await creditsOf(context, line.invoiceId)).filter(({ isIssued }) => isIssued);
  return toAmounts(creditedOf(line, issued), line);
}

/** Also null of what prepaid credits pay: it comes back with the line that it pays. */
export async function remainingOfLine(context: RequestContext, line: LineOfInvoice) {
  const invoice = await findInvoiceOf(context, line.invoiceId);
  if (!invoice || !isCreditableDocument(invoice) || !isCreditedItself(line)) return null;
  const credits = await creditsOf(context, line.invoiceId);
  const creditable: Creditable = { invoice, lines: [line], credits, returnedElsewhere: new Map() };
  return toAmounts(leftOfLine(line, creditable), line);
}

/** As the API gives what is credited, or left, of a line. */
export const toAmounts = (
  { net, tax, quantity }: Pick<LineAmounts, "net" | "tax" | "quantity">,
  { currency }: Pick<Invoice, "currency">,
) => ({
  net: toMoney(net, currency),
  tax: toMoney(tax, currency),
  gross: toMoney(net.plus(tax), currency),
  quantity: quantity?.toFixed() ?? null,
});

/** Above zero: what a credit note would give back. */
export function totalsOfPreview(credits: readonly CreditOf[], code: CurrencyCode) {
  const { net, tax, gross } = totalsOf(credits);
  const given = (amount: Decimal) => toMoney(ZERO.minus(amount), code);
  return { net: given(net), tax: given(tax), gross: given(gross) };
}
