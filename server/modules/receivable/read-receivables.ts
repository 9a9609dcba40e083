import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { type Customer, customersById } from "../customer";
import { type Invoice, invoicesById } from "../invoice";
import { balancesByCustomer, type CustomerBalance } from "./balance.store";
import type { Payment } from "./payment";
import { listPayments, type PaymentFilter, paymentsById } from "./payment.store";
import type { Receivable, Settlement } from "./receivable";
import type { Refund } from "./refund";
import { refundsById } from "./refund.store";
import {
  receivablesByInvoice,
  settlementsByCreditNote,
  settlementsByInvoice,
  settlementsByPayment,
} from "./settlement.store";

export function findPayment(context: RequestContext, id: string): Promise<Payment | null> {
  context.require("read");
  return context.load(paymentsById, id);
}

export async function readPayments(context: RequestContext, args: PageArgs, filter: PaymentFilter) {
  context.require("read");
  const page = toPage(args, ["text", "id"]);
  return toConnection(page, await listPayments(filter, page), ({ receivedOn, id }) => [receivedOn, id]);
}

export const receivableOf = (context: RequestContext, { id }: Pick<Invoice, "id">): Promise<Receivable> =>
  context.mustLoad(receivablesByInvoice, id);

/** What settled an invoice; of a credit note, what it settled. */
export async function settlementsOfDocument(
  context: RequestContext,
  { id, documentKind }: Invoice,
): Promise<readonly Settlement[]> {
  const batch = documentKind === "invoice" ? settlementsByInvoice : settlementsByCreditNote;
  return (await context.load(batch, id)) ?? [];
}

export async function settlementsOfPayment(context: RequestContext, { id }: Payment): Promise<readonly Settlement[]> {
  return (await context.load(settlementsByPayment, id)) ?? [];
}

export async function balancesOf(
  context: RequestContext,
  { id }: Pick<Customer, "id">,
): Promise<readonly CustomerBalance[]> {
  return (await context.load(balancesByCustomer, id)) ?? [];
}

export const customerOf = (context: RequestContext, customerId: string): Promise<Customer> =>
  context.mustLoad(customersById, customerId);

export const invoiceOf = (context: RequestContext, invoiceId: string): Promise<Invoice> =>
  context.mustLoad(invoicesById, invoiceId);

export const paymentOf = (context: RequestContext, paymentId: string): Promise<Payment> =>
  context.mustLoad(paymentsById, paymentId);

export const refundOf = (context: RequestContext, refundId: string): Promise<Refund> =>
  context.mustLoad(refundsById, refundId);
