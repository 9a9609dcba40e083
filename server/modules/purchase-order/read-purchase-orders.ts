import type { RequestContext } from "../../platform/request-context";
import { type Customer, customersById } from "../customer";
import type { PurchaseOrder, PurchaseOrderUse } from "./purchase-order";
import { purchaseOrdersByCustomer, purchaseOrdersById, usesByOrder } from "./purchase-order.store";

export function findPurchaseOrder(context: RequestContext, id: string): Promise<PurchaseOrder | null> {
  context.require("read");
  return context.load(purchaseOrdersById, id);
}

export const purchaseOrderOf = (context: RequestContext, id: string): Promise<PurchaseOrder> =>
  context.mustLoad(purchaseOrdersById, id);

export async function purchaseOrdersOf(context: RequestContext, customerId: string): Promise<readonly PurchaseOrder[]> {
  return (await context.load(purchaseOrdersByCustomer, customerId)) ?? [];
}

export async function usesOf(context: RequestContext, orderId: string): Promise<readonly PurchaseOrderUse[]> {
  return (await context.load(usesByOrder, orderId)) ?? [];
}

export const customerOf = (context: RequestContext, { customerId }: PurchaseOrder): Promise<Customer> =>
  context.mustLoad(customersById, customerId);
