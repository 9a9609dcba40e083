import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import { Ledger } from "./settle";
import { creditsByIssue, markZeroTotalsPaid } from "./settlement.store";

/** Who writes what follows by itself. */
const SYSTEM = "Billgrid";

/**
 * What follows when documents are issued, within the transaction that issues them. A credit note settles the invoice that
 * it takes back as far as that is due; what is left of it, as that was paid, pays the invoice that is issued instead, and
 * is otherwise the customer's balance. What asks for nothing is paid.
 */
export async function applyIssuedCreditNotes(
  invoiceIds: readonly string[],
  { now, today }: { readonly now: Date; readonly today: PlainDate },
): Promise<void> {
  await markZeroTotalsPaid(invoiceIds, now);
  const credits = await creditsByIssue(invoiceIds);
  if (credits.length === 0) return;
  const ids = credits.flatMap(({ creditNoteId, invoiceId }) => [creditNoteId, invoiceId]);
  const ledger = await Ledger.lock(ids, { now, today, recordedBy: SYSTEM });
  await ledger.holdBalances(credits.flatMap(({ creditNoteId }) => ledger.accountOf(creditNoteId) ?? []));
  for (const { creditNoteId, invoiceId } of credits) {
    const [note, invoice] = [ledger.document(creditNoteId), ledger.document(invoiceId)];
    // What is billed to somebody else by now, or is void, is not paid with it.
    if (!note || !invoice || invoice.status === "voided" || invoice.customerId !== note.customerId) continue;
    const amount = Decimal.min(ledger.due(invoice), ledger.left(creditNoteId));
    if (amount.lte(0)) continue;
    const refused = ledger.settle({ kind: "credit_note", invoiceId, creditNoteId, amount }, []);
    if (refused) throw new Error(`${invoice.number}: ${refused.error.message}`);
  }
  await ledger.save();
}
