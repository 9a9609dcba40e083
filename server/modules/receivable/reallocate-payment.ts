import { Decimal } from "../../domain/money/decimal";
import type { Allocation } from "../../domain/receivable/allocate-payment";
import { ok, type Result } from "../../domain/result";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, type Refusal } from "../../platform/refusal";
import type { LedgerScope, Settlement } from "./receivable";
import { holdPayment } from "./reverse-payment";

export type Reallocation = {
  readonly paymentId: string;
  /** all that it is to pay; the rest is the customer's balance */
  readonly allocations: readonly Allocation[];
  readonly reason: string;
};

/**
 * Lets a payment pay exactly these invoices. What it pays already stays as it is, the rest is taken back. What was paid
 * back of it stays. To be called within a transaction.
 */
export async function moveAllocations(
  { paymentId, allocations, reason }: Reallocation,
  scope: LedgerScope,
): Promise<Result<{ readonly before: readonly Settlement[]; readonly settlementIds: readonly string[] }, Refusal>> {
  const problems = new InputProblems();
  problems.checkText(reason, "The reason", 500, "reason");
  if (!problems.isEmpty) return invalidInput(problems.found);
  const held = await holdPayment(paymentId, allocations.map(({ invoiceId }) => invoiceId).filter(isId), scope);
  if (!held.ok) return held;
  const { payment, ledger, settlements } = held.value;
  const before = settlements.filter(({ kind }) => kind !== "refund");

  const unmatched = [...before];
  const added = [...allocations.entries()].filter(([, { invoiceId, amount }]) => {
    const same = unmatched.findIndex((each) => each.invoiceId === invoiceId && new Decimal(each.amount).equals(amount));
    if (same !== -1) unmatched.splice(same, 1);
    return same === -1;
  });
  for (const each of unmatched) ledger.takeBack(each, { reason, on: scope.today });
  for (const [place, allocation] of added) {
    const path = ["allocations", String(place)];
    const refused =
      ledger.whyOthers(allocation.invoiceId, payment, path) ??
      ledger.settle({ kind: "payment", paymentId, ...allocation }, path);
    if (refused) return refused;
  }
  return ok({ before, settlementIds: await ledger.save() });
}
