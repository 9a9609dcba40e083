import { ok } from "../../domain/result";
import type { NewPayment } from "./payment";
import { paymentCommand } from "./payment-command";
import { moveAllocations, type Reallocation } from "./reallocate-payment";
import { receivePayment } from "./receive-payment";
import { type Reversal, takePaymentBack } from "./reverse-payment";

export const recordPayment = paymentCommand({
  name: "recordPayment",
  run: async (payment: NewPayment, { scope, note }) => {
    const received = await receivePayment(payment, scope);
    if (!received.ok) return received;
    const { paymentId } = received.value;
    note({ action: "payment.recorded", subjectType: "payment", subjectId: paymentId, after: payment });
    return ok({ paymentId });
  },
});

export const reallocatePayment = paymentCommand({
  name: "reallocatePayment",
  mayChangeNothing: true,
  run: async (reallocation: Reallocation, { scope, note }) => {
    const moved = await moveAllocations(reallocation, scope);
    if (!moved.ok) return moved;
    const { paymentId, ...after } = reallocation;
    const before = moved.value.before.map(({ invoiceId, amount }) => ({ invoiceId, amount }));
    if (moved.value.settlementIds.length > 0) {
      note({
        action: "payment.reallocated",
        subjectType: "payment",
        subjectId: paymentId,
        before: { allocations: before },
        after,
      });
    }
    return ok({ paymentId });
  },
});

export const reversePayment = paymentCommand({
  name: "reversePayment",
  run: async (reversal: Reversal, { scope, note }) => {
    const reversed = await takePaymentBack(reversal, scope);
    if (!reversed.ok) return reversed;
    const { paymentId, ...after } = reversal;
    note({ action: "payment.reversed", subjectType: "payment", subjectId: paymentId, after });
    return ok({ paymentId });
  },
});
