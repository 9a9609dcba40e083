import { formatDay } from "../../domain/calendar/format";
import { laterOf, type PlainDate } from "../../domain/calendar/plain-date";
import { fail, ok, type Result } from "../../domain/result";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { holdMonths } from "../organization";
import { freeBankLines } from "./bank-line.store";
import { postedOn } from "./first-unlocked-on";
import type { Payment, ReversalKind } from "./payment";
import { findPaymentId, insertReversal, paymentsById } from "./payment.store";
import type { LedgerScope, Settlement } from "./receivable";
import { Ledger } from "./settle";
import { settlementsInForceOfPayment } from "./settlement.store";

export type Reversal = {
  readonly paymentId: string;
  readonly kind: ReversalKind;
  readonly reason: string;
  /** null: today */
  readonly reversedOn: PlainDate | null;
};

/**
 * A payment that bounced, or was a mistake, pays nothing any more: what it settled is due again, and what was left of it
 * leaves the balance. Refused where something of it was paid back. To be called within a transaction.
 */
export async function takePaymentBack(
  { paymentId, kind, reason, reversedOn }: Reversal,
  scope: LedgerScope,
): Promise<Result<{ readonly payment: Payment; readonly settlementIds: readonly string[] }, Refusal>> {
  const held = await holdPayment(paymentId, [], scope);
  if (!held.ok) return held;
  const { payment, ledger, settlements } = held.value;
  const on = reversedOn ?? scope.today;
  const problems = new InputProblems();
  problems.checkText(reason, "The reason", 500, "reason");
  if (on > scope.today) problems.report("DAY_IN_FUTURE", `${formatDay(on)} has not come yet.`, "reversedOn");
  if (on < payment.receivedOn) {
    problems.report("DAY_BEFORE_PAYMENT", `The payment came in on ${formatDay(payment.receivedOn)}.`, "reversedOn");
  }
  if (!problems.isEmpty) return invalidInput(problems.found);
  if (settlements.some((each) => each.kind === "refund")) {
    return conflict("PAYMENT_REFUNDED", "Something of it was paid back to the customer; record that as it was first.", [
      "paymentId",
    ]);
  }
  const lockedThrough = await holdMonths();
  const accountingOn = laterOf(postedOn(on, lockedThrough), payment.accountingOn);
  for (const each of settlements) ledger.takeBack(each, { reason, on: accountingOn });
  // Whatever of it was used later than it was reversed is taken back then; nothing of it is left before.
  const lastUsedOn = settlements.map(({ effectiveOn }) => effectiveOn).reduce(laterOf, accountingOn);
  await insertReversal({ paymentId, kind, reason, reversedOn: on, accountingOn: lastUsedOn }, scope);
  const settlementIds = await ledger.save();
  if (kind === "mistake") await freeBankLines(paymentId);
  return ok({ payment, settlementIds });
}

/** The same for a payment that is gone in Xero; null where it was never recorded, or was taken back before. */
export async function reversePaymentFromXero(
  { externalId, ...reversal }: Omit<Reversal, "paymentId"> & { readonly externalId: string },
  scope: LedgerScope,
): Promise<Result<{ readonly paymentId: string } | null, Refusal>> {
  const paymentId = await findPaymentId("xero", externalId);
  if (paymentId === null || (await paymentsById([paymentId])).get(paymentId)?.reversedOn) return ok(null);
  const reversed = await takePaymentBack({ ...reversal, paymentId }, scope);
  return reversed.ok ? ok({ paymentId }) : fail(reversed.error);
}

/** A payment with what it settles, and these invoices, locked. */
export async function holdPayment(
  paymentId: string,
  invoiceIds: readonly string[],
  scope: LedgerScope,
): Promise<
  Result<{ readonly payment: Payment; readonly ledger: Ledger; readonly settlements: readonly Settlement[] }, Refusal>
> {
  const payment = isId(paymentId) ? (await paymentsById([paymentId])).get(paymentId) : undefined;
  if (!payment) return notFound("payment", paymentId, ["paymentId"]);
  const seen = await settlementsInForceOfPayment(paymentId);
  const ledger = await Ledger.lock([...invoiceIds, ...seen.flatMap((each) => each.invoiceId ?? [])], scope);
  await ledger.holdBalances([payment]);
  // Under the lock of the balance, nobody else uses the payment.
  const settlements = await settlementsInForceOfPayment(paymentId);
  const isKnown = settlements.every(({ invoiceId }) => invoiceId === null || ledger.document(invoiceId));
  if (!isKnown) return conflict("PAYMENT_IN_USE", "Somebody is allocating it right now. Try again.", ["paymentId"]);
  const now = (await paymentsById([paymentId])).get(paymentId) as Payment;
  if (now.reversedOn) {
    return conflict("PAYMENT_REVERSED", `It was reversed on ${formatDay(now.reversedOn)}.`, ["paymentId"]);
  }
  const { id, customerId, currency, accountingOn } = now;
  ledger.expectFund({ id, customerId, currency, availableOn: accountingOn, source: { paymentId: id } });
  return ok({ payment: now, ledger, settlements });
}
