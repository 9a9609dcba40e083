export { type InvoiceOnOrder, OrdersInUse, returnToOrders } from "./orders-in-use";
export { type PurchaseOrder, type PurchaseOrderKey, type PurchaseOrderUse, purchaseOrderKey } from "./purchase-order";
export { purchaseOrdersNamed } from "./purchase-order.store";
export { PurchaseOrderType, PurchaseOrderUseType } from "./purchase-order.types";
