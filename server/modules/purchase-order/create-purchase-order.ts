import { type CurrencyCode, parseCurrency } from "../../domain/money/currency";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { conflict, invalid, invalidInput, notFound } from "../../platform/refusal";
import { customersById } from "../customer";
import { checkPurchaseOrderTerms } from "./check-purchase-order";
import type { NewPurchaseOrder } from "./purchase-order";
import { insertPurchaseOrder, markDraftsOfOrdersStale, purchaseOrdersById } from "./purchase-order.store";

/** Records an order of a customer. Documents that name its number, now or later, are issued against it. */
export const createPurchaseOrder = command({
  name: "createPurchaseOrder",
  permission: "change_customers",
  run: async (input: Omit<NewPurchaseOrder, "currency"> & { readonly currency: string | null }, { now, note }) => {
    const customer = isId(input.customerId)
      ? (await customersById([input.customerId])).get(input.customerId)
      : undefined;
    if (!customer) return notFound("customer", input.customerId, ["customerId"]);
    const parsed = parseCurrency(input.currency ?? customer.currency);
    if (!parsed.ok) {
      return invalid(
        "CURRENCY_UNKNOWN",
        `"${input.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
        ["currency"],
      );
    }
    const order: NewPurchaseOrder = { ...input, currency: parsed.value.code as CurrencyCode };
    const problems = checkPurchaseOrderTerms(order);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const id = newId();
    if (!(await insertPurchaseOrder({ ...order, id }, now))) {
      return conflict(
        "PURCHASE_ORDER_EXISTS",
        `The customer has a purchase order ${order.number} already. Change that one.`,
        ["number"],
      );
    }
    const created = (await purchaseOrdersById([id])).get(id);
    const staleInvoices = created ? await markDraftsOfOrdersStale([created], now) : 0;
    note({ action: "purchase_order.created", subjectType: "purchase_order", subjectId: id, after: order });
    return ok({ purchaseOrderId: id, staleInvoices });
  },
});
