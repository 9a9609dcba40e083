import { fail, ok, type Result } from "../../domain/result";
import { isId } from "../../platform/ids";
import { conflict, notFound, type Refusal, staleVersion } from "../../platform/refusal";
import { type Invoice, invoicesById, lockInvoices } from "../invoice";
import type { CreditTerms } from "./credit-note";

export type OwnDraft = { readonly note: Invoice; readonly original: Invoice; readonly terms: CreditTerms };

/** A draft of a credit note that people made, under lock with the invoice that it takes back. */
export async function lockOwnDraft(id: string, version: number): Promise<Result<OwnDraft, Refusal>> {
  const seen = await findCreditNote(id);
  if (!seen) return notFound("credit note", id);
  const locked = await lockInvoices([id, seen.correctsInvoiceId]);
  const [note, original] = [locked.get(id), locked.get(seen.correctsInvoiceId)];
  if (!note || !original) return notFound("credit note", id);
  if (note.number !== null) {
    return conflict("CREDIT_NOTE_ISSUED", `It is issued as ${note.number} and does not change any more.`, ["id"]);
  }
  const { creditEffect: effect, creditCategory: category, creditReason: reason, creditService: serviceTiming } = note;
  if (effect === null || category === null || reason === null || serviceTiming === null) {
    const message = "The calculation made it, because usage came late. It goes when the usage does.";
    return conflict("CREDIT_NOTE_CALCULATED", message, ["id"]);
  }
  if (note.version !== version) return fail(staleVersion("credit note", note.version).error);
  return ok({ note, original, terms: { effect, category, reason, serviceTiming } });
}

/** Without a lock. */
export async function findCreditNote(id: string): Promise<(Invoice & { readonly correctsInvoiceId: string }) | null> {
  const found = isId(id) ? (await invoicesById([id])).get(id) : undefined;
  const correctsInvoiceId = found?.correctsInvoiceId ?? null;
  return found && correctsInvoiceId !== null ? { ...found, correctsInvoiceId } : null;
}
