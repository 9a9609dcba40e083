import type { PlainDate } from "../calendar/plain-date";
import { Decimal, ZERO } from "../money/decimal";
import { numbersIn } from "./invoice-numbers";

/** An issued invoice of which something is due. */
export type UnsettledInvoice = {
  readonly id: string;
  readonly number: string;
  readonly dueOn: PlainDate;
  readonly due: Decimal;
};

export type Allocation = { readonly invoiceId: string; readonly amount: Decimal };

/**
 * What a payment pays where nobody says so: the invoices that its reference names; else the one of which exactly the
 * amount is due, where there is no other like it; else the oldest due first. What the named invoices do not take, and
 * what no invoice is left for, stays with the customer. The allocations are at most the amount together, none of them
 * more than is due, each above zero.
 */
export function allocatePayment(
  { amount, reference }: { readonly amount: Decimal; readonly reference: string },
  invoices: readonly UnsettledInvoice[],
): Allocation[] {
  const named = numbersIn(reference, invoices);
  if (named.length > 0) return oldestFirst(amount, named);
  const exact = invoices.filter(({ due }) => due.equals(amount));
  return oldestFirst(amount, exact.length === 1 ? exact : invoices);
}

/** Pays the oldest due first, of one day by number, until nothing is left of the amount. */
export function oldestFirst(amount: Decimal, invoices: readonly UnsettledInvoice[]): Allocation[] {
  const allocations: Allocation[] = [];
  let left = amount;
  for (const { id, due } of invoices.toSorted(byAge)) {
    const paid = Decimal.min(due, left);
    if (paid.lte(ZERO)) break;
    allocations.push({ invoiceId: id, amount: paid });
    left = left.minus(paid);
  }
  return allocations;
}

export function byAge(
  a: Pick<UnsettledInvoice, "dueOn" | "number">,
  b: Pick<UnsettledInvoice, "dueOn" | "number">,
): number {
  const [left, right] = [`${a.dueOn} ${a.number}`, `${b.dueOn} ${b.number}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
