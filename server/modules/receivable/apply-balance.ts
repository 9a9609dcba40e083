import { ok } from "../../domain/result";
import { paymentCommand } from "./payment-command";
import { payFromBalance, payFromCreditNote } from "./use-balance";

export const applyCustomerBalance = paymentCommand({
  name: "applyCustomerBalance",
  run: async (input: Parameters<typeof payFromBalance>[0], { scope, note }) => {
    const applied = await payFromBalance(input, scope);
    if (!applied.ok) return applied;
    const { invoiceId } = input;
    const { amount } = applied.value;
    note({ action: "balance.applied", subjectType: "invoice", subjectId: invoiceId, after: { amount } });
    return ok({ invoiceId });
  },
});

export const applyCreditNote = paymentCommand({
  name: "applyCreditNote",
  run: async (input: Parameters<typeof payFromCreditNote>[0], { scope, note }) => {
    const applied = await payFromCreditNote(input, scope);
    if (!applied.ok) return applied;
    const { invoiceId, creditNoteId } = input;
    const { amount } = applied.value;
    note({
      action: "credit_note.applied",
      subjectType: "invoice",
      subjectId: invoiceId,
      after: { creditNoteId, amount },
    });
    return ok({ invoiceId, creditNoteId });
  },
});
