import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { conflict, invalid, notFound } from "../../platform/refusal";
import { billedCustomerId } from "../invoice";
import { type PaymentMethod, recordRefund as payBack, paymentCommand } from "../receivable";
import { limited } from "./limit-credits";
import { findCreditNote } from "./own-draft";

export type NewRefundOf = {
  /** One of both: the credit note that is paid out, or the customer whose balance is. */
  readonly creditNoteId: string | null;
  readonly customerId: string | null;
  /** null: the credit note's */
  readonly currency: string | null;
  readonly amount: Decimal;
  readonly paidOn: PlainDate;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly reason: string;
};

/** Writes that money went back to a customer: what is left of a credit note, or of all its payments and credit notes. */
export const recordRefund = paymentCommand({
  name: "recordRefund",
  run: async ({ creditNoteId, customerId, currency, ...refund }: NewRefundOf, { scope, caller, note }) => {
    if ((creditNoteId === null) === (customerId === null)) {
      return invalid("REFUND_OF_ONE", "Name either a credit note or a customer, and not both.", ["creditNoteId"]);
    }
    const paidOut = creditNoteId === null ? null : await findCreditNote(creditNoteId);
    if (creditNoteId !== null && !paidOut) return notFound("credit note", creditNoteId, ["creditNoteId"]);
    if (paidOut && (paidOut.number === null || paidOut.status === "voided")) {
      return conflict("CREDIT_NOTE_NOT_ISSUED", "Only what is left of an issued credit note is paid out.", [
        "creditNoteId",
      ]);
    }
    if (paidOut && currency !== null && currency !== paidOut.currency) {
      const message = `${paidOut.number} is in ${paidOut.currency}: it is paid out in that.`;
      return invalid("OTHER_CURRENCY", message, ["currency"]);
    }
    const code = paidOut?.currency ?? currency;
    if (code === null) return invalid("CURRENCY_MISSING", "Say which balance: name its currency.", ["currency"]);
    const owner = paidOut ? billedCustomerId(paidOut) : (customerId as string);
    const paid = await payBack({ ...refund, customerId: owner, currency: code, creditNoteId }, scope);
    if (!paid.ok) return paid;
    const giving = { kind: "refund", invoiceId: creditNoteId, amount: refund.amount } as const;
    const refused = await limited({ ...giving, currency: code as CurrencyCode, customerId: owner }, caller);
    if (refused) return refused;
    const { refundId } = paid.value;
    note({
      action: "refund.recorded",
      subjectType: "refund",
      subjectId: refundId,
      after: { ...refund, amount: refund.amount.toFixed(), creditNoteId, customerId: owner, currency: code },
    });
    return ok({ refundId });
  },
});
