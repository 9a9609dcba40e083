import type { PlainDate } from "../../domain/calendar/plain-date";
import { lockSchedules } from "../../platform/draft-staleness.store";
import { lockCreditGrantsOf } from "../credit";
import { calculateDrafts, contractsOfInvoices, invoicesById } from "../invoice";
import { findCreditNote } from "./own-draft";

/**
 * Takes what a calculation takes, in its order: schedules, then credit grants, before any invoice is locked. Of a credit
 * note that leaves billing as it is nothing is taken. Answers the contracts to calculate.
 */
export async function holdForReissue(creditNoteId: string): Promise<readonly string[]> {
  const note = await findCreditNote(creditNoteId);
  return note?.creditEffect === "reissue" ? holdForCalculation(note.correctsInvoiceId) : [];
}

export async function holdForCalculation(invoiceId: string): Promise<readonly string[]> {
  const invoice = (await invoicesById([invoiceId])).get(invoiceId);
  const contractIds = (await contractsOfInvoices([invoiceId])).get(invoiceId) ?? [];
  if (!invoice || contractIds.length === 0) return [];
  await lockSchedules(contractIds);
  await lockCreditGrantsOf([invoice.customerId]);
  return contractIds;
}

export const recalculateReissue = (
  contractIds: readonly string[],
  scope: { readonly now: Date; readonly today: PlainDate },
) => calculateDrafts(contractIds, scope);
