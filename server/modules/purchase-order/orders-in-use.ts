import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { checkPurchaseOrder, type PurchaseOrderProblem } from "../../domain/invoice/purchase-order";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { type PurchaseOrder, type PurchaseOrderKey, type PurchaseOrderUse, purchaseOrderKey } from "./purchase-order";
import {
  insertUses,
  lockPurchaseOrders,
  markDraftsOfOrdersStale,
  markExceedingDraftsStale,
  purchaseOrdersById,
  usesOfInvoices,
} from "./purchase-order.store";

/** What an invoice takes of the order that it names. */
export type InvoiceOnOrder = PurchaseOrderKey & {
  readonly invoiceId: string;
  readonly currency: CurrencyCode;
  /** decimal text */
  readonly netTotal: string;
};

/** The purchase orders against which invoices are about to be issued, held for this transaction. */
export class OrdersInUse {
  private readonly uses: Omit<PurchaseOrderUse, "id" | "usedAt">[] = [];

  private constructor(private readonly orders: ReadonlyMap<string, PurchaseOrder>) {}

  /** After the invoices are locked, and before the series. */
  static async take(keys: readonly PurchaseOrderKey[]): Promise<OrdersInUse> {
    return new OrdersInUse(await lockPurchaseOrders(keys));
  }

  /** What stands against issuing it on a day; null: nothing, also where the number is not recorded as an order. */
  problemOf(invoice: InvoiceOnOrder, on: PlainDate): PurchaseOrderProblem | null {
    const order = this.orders.get(purchaseOrderKey(invoice));
    if (!order) return null;
    return checkPurchaseOrder(order, order.used.plus(this.usedNow(order)), {
      ...invoice,
      net: new Decimal(invoice.netTotal),
      on,
    });
  }

  use(invoice: InvoiceOnOrder): void {
    const order = this.orders.get(purchaseOrderKey(invoice));
    const amount = new Decimal(invoice.netTotal);
    if (!order || order.currency !== invoice.currency || amount.lte(0)) return;
    this.uses.push({
      purchaseOrderId: order.id,
      invoiceId: invoice.invoiceId,
      kind: "invoiced",
      amount: amount.toFixed(),
    });
  }

  /** Drafts that no longer fit become stale, so that a recalculation says so. */
  async record(now: Date): Promise<void> {
    if (this.uses.length === 0) return;
    await insertUses(this.uses, now);
    await markExceedingDraftsStale([...new Set(this.uses.map(({ purchaseOrderId }) => purchaseOrderId))], now);
  }

  private usedNow({ id }: PurchaseOrder): Decimal {
    return this.uses
      .filter(({ purchaseOrderId }) => purchaseOrderId === id)
      .reduce((sum, { amount }) => sum.plus(amount), ZERO);
  }
}

/** A document that gives back what an invoice took: the invoice itself when it is voided, or a credit note over it. */
export type ReturnToOrder = {
  readonly invoiceId: string;
  readonly kind: "credited" | "voided";
  /** the invoice that took */
  readonly originalId: string;
  /** net, above zero; null: all of it */
  readonly net: string | null;
};

/** Gives back to purchase orders. Drafts that name them become stale, as they may fit now. */
export async function returnToOrders(returns: readonly ReturnToOrder[], now: Date): Promise<void> {
  if (returns.length === 0) return;
  const taken = new Map(
    (await usesOfInvoices(returns.map(({ originalId }) => originalId))).map((use) => [use.invoiceId, use]),
  );
  const uses = returns.flatMap(({ invoiceId, kind, originalId, net }) => {
    const use = taken.get(originalId);
    return use
      ? [
          {
            purchaseOrderId: use.purchaseOrderId,
            invoiceId,
            kind,
            amount: new Decimal(net ?? use.amount).negated().toFixed(),
          },
        ]
      : [];
  });
  if (uses.length === 0) return;
  await insertUses(uses, now);
  const orders = await purchaseOrdersById([...groupBy(uses, ({ purchaseOrderId }) => purchaseOrderId).keys()]);
  await markDraftsOfOrdersStale([...orders.values()], now);
}
