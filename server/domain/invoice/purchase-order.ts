import type { PlainDate } from "../calendar/plain-date";
import type { CurrencyCode } from "../money/currency";
import type { Decimal } from "../money/decimal";

/** What a customer ordered. Its limit is net of tax; null: without one. Days are half-open, null: without a bound. */
export type PurchaseOrderTerms = {
  readonly currency: CurrencyCode;
  readonly amountLimit: Decimal | null;
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
};

export type PurchaseOrderProblem = "po_expired" | "po_exceeded";

/**
 * Whether an invoice may be issued against an order, of which `used` was invoiced before, net of what came back; null: it
 * may. On days on which it does not hold nothing may. In another currency nothing of it is left; what takes from nobody, a
 * net of zero or below, never exceeds it.
 */
export function checkPurchaseOrder(
  { currency, amountLimit, startsOn, endsBefore }: PurchaseOrderTerms,
  used: Decimal,
  invoice: { readonly currency: CurrencyCode; readonly net: Decimal; readonly on: PlainDate },
): PurchaseOrderProblem | null {
  if ((startsOn !== null && invoice.on < startsOn) || (endsBefore !== null && invoice.on >= endsBefore)) {
    return "po_expired";
  }
  if (invoice.net.lte(0)) return null;
  if (invoice.currency !== currency) return "po_exceeded";
  return amountLimit !== null && used.plus(invoice.net).gt(amountLimit) ? "po_exceeded" : null;
}
