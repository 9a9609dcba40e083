import {
  CreatePurchaseOrderSuccessResolver,
  CustomerPurchaseOrdersResolver,
  PurchaseOrderResolver,
  PurchaseOrderUseResolver,
  UpdatePurchaseOrderSuccessResolver,
} from "./purchase-order.resolver";

export const resolvers = [
  PurchaseOrderResolver,
  PurchaseOrderUseResolver,
  CustomerPurchaseOrdersResolver,
  CreatePurchaseOrderSuccessResolver,
  UpdatePurchaseOrderSuccessResolver,
] as const;
