import { formatDay } from "../../domain/calendar/format";
import type { CurrencyCode } from "../../domain/money/currency";
import { parseCurrency } from "../../domain/money/currency";
import { allocatePayment } from "../../domain/receivable/allocate-payment";
import { ok, type Result } from "../../domain/result";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { customersById } from "../customer";
import { holdMonths } from "../organization";
import { checkAmount } from "./check-amount";
import { postedOn } from "./first-unlocked-on";
import type { NewPayment, PaymentSource } from "./payment";
import { findPaymentId, insertPayment, unsettledInvoices } from "./payment.store";
import type { LedgerScope } from "./receivable";
import { Ledger } from "./settle";

type Origin = { readonly source: PaymentSource; readonly externalId: string | null };
type Received = Result<{ readonly paymentId: string; readonly settlementIds: readonly string[] }, Refusal>;

/**
 * Writes that money came in, and what it pays; the rest is the customer's balance in that currency. Refused where an
 * invoice is of another customer or currency, or has less due. To be called within a transaction. By whom and from where
 * it may be recorded is the caller's to judge.
 */
export async function receivePayment(
  payment: NewPayment,
  scope: LedgerScope,
  { source, externalId }: Origin = { source: "manual", externalId: null },
): Promise<Received> {
  const parsed = parseCurrency(payment.currency);
  const problems = checkPayment(payment, parsed.ok ? parsed.value.code : null, scope);
  if (!problems.isEmpty || !parsed.ok) return invalidInput(problems.found);
  const { customerId } = payment;
  const customer = isId(customerId) ? (await customersById([customerId])).get(customerId) : undefined;
  if (!customer) return notFound("customer", customerId, ["customerId"]);

  const account = { customerId, currency: parsed.value.code };
  const { allocations: asked } = payment;
  const candidates = asked === "automatic" ? await unsettledInvoices([account]) : [];
  const named = asked === "automatic" ? candidates.map((each) => each.id) : asked.map(({ invoiceId }) => invoiceId);
  const ledger = await Ledger.lock(named.filter(isId), scope);
  const id = newId();
  const lockedThrough = await holdMonths();
  await insertPayment(
    { ...payment, ...account, id, source, externalId, accountingOn: postedOn(payment.receivedOn, lockedThrough) },
    scope,
  );
  await ledger.holdBalances([account]);

  const { amount, reference } = payment;
  const allocations =
    asked === "automatic"
      ? allocatePayment({ amount, reference: reference ?? "" }, ledger.unsettled(candidates))
      : asked;
  for (const [place, allocation] of allocations.entries()) {
    const path = ["allocations", String(place)];
    const refused =
      ledger.whyOthers(allocation.invoiceId, account, path) ??
      ledger.settle({ kind: "payment", paymentId: id, on: payment.receivedOn, ...allocation }, path);
    if (refused) return refused;
  }
  return ok({ paymentId: id, settlementIds: await ledger.save() });
}

/**
 * The same for a payment that was recorded in Xero. Its id there makes it happen once: again it answers the payment that
 * is there, and changes nothing.
 */
export async function recordPaymentFromXero(
  { externalId, ...payment }: NewPayment & { readonly externalId: string },
  scope: LedgerScope,
): Promise<Received> {
  const known = await findPaymentId("xero", externalId);
  if (known !== null) return ok({ paymentId: known, settlementIds: [] });
  return receivePayment(payment, scope, { source: "xero", externalId });
}

function checkPayment(payment: NewPayment, currency: CurrencyCode | null, { today }: LedgerScope): InputProblems {
  const problems = new InputProblems();
  problems.checkOptionalText(payment.reference, "The reference", 500, "reference");
  problems.checkOptionalText(payment.payerName, "The payer's name", 200, "payerName");
  problems.checkOptionalText(payment.payerAccount, "The payer's account", 64, "payerAccount");
  problems.checkOptionalText(payment.note, "The note", 500, "note");
  if (currency === null) {
    const message = `"${payment.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`;
    problems.report("CURRENCY_UNKNOWN", message, "currency");
  }
  checkAmount(payment.amount, currency, problems, "amount");
  if (payment.receivedOn > today) {
    problems.report("DAY_IN_FUTURE", `${formatDay(payment.receivedOn)} has not come yet.`, "receivedOn");
  }
  if (payment.allocations !== "automatic" && payment.allocations.length > ALLOCATIONS_MAXIMUM) {
    const message = `A payment pays at most ${ALLOCATIONS_MAXIMUM} invoices at once; reallocate the rest.`;
    problems.report("TOO_MANY_ALLOCATIONS", message, "allocations");
  }
  return problems;
}

export const ALLOCATIONS_MAXIMUM = 500;
