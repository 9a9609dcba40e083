import { ok, type Result } from "../../domain/result";
import { isId } from "../../platform/ids";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import { type Invoice, lockInvoices } from "../invoice";

/** An invoice as its editor saw it. */
export type InvoiceSeen = { readonly invoiceId: string; readonly version: number };

/** An issued invoice for this transaction; refuses drafts, what is void, and what was changed since it was seen. */
export async function takeIssued(invoiceId: string, version: number): Promise<Result<Invoice, Refusal>> {
  const taken = await takeInvoice(invoiceId, version);
  if (!taken.ok) return taken;
  const { number, status } = taken.value;
  if (number === null) return conflict("NOT_ISSUED", "It is a draft: change that instead.", ["invoiceId"]);
  if (status === "voided")
    return conflict("VOIDED", `${number} is void; nothing of it changes any more.`, ["invoiceId"]);
  return taken;
}

/** The same of a draft or an issued one. */
export async function takeInvoice(invoiceId: string, version: number): Promise<Result<Invoice, Refusal>> {
  const invoice = isId(invoiceId) ? (await lockInvoices([invoiceId])).get(invoiceId) : undefined;
  if (!invoice) return notFound("invoice", invoiceId, ["invoiceId"]);
  if (invoice.version !== version) return staleVersion("invoice", invoice.version);
  return ok(invoice);
}
