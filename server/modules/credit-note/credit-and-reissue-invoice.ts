import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Refusal } from "../../platform/refusal";
import { creditNotesOn, lockInvoices } from "../invoice";
import type { AboveCreditable } from "./above-creditable";
import { composeCreditNote, invoiceNotFound } from "./compose-credit-note";
import { type CreditTerms, checkTerms, totalsOf } from "./credit-note";
import { explainCalculatedNote, findReissue, insertCreditNote } from "./credit-note.store";
import { limited } from "./limit-credits";
import { holdForCalculation, recalculateReissue } from "./reissue";

export type NewReissue = Omit<CreditTerms, "effect"> & { readonly invoiceId: string };

type Reissued = { readonly creditNoteId: string; readonly reissueId: string };

/**
 * Makes the drafts of a credit note over a whole invoice and of the invoice that replaces it, with all that is known by
 * now: the same that late usage brings about by itself.
 */
export const creditAndReissueInvoice = command({
  name: "creditAndReissueInvoice",
  permission: "run_billing",
  run: async (
    { invoiceId, ...given }: NewReissue,
    { caller, now, today, note },
  ): Promise<Result<Reissued, Refusal | AboveCreditable>> => {
    const problems = new InputProblems();
    checkTerms({ effect: "final", reason: given.reason }, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const contractIds = isId(invoiceId) ? await holdForCalculation(invoiceId) : [];
    const invoice = isId(invoiceId) ? (await lockInvoices([invoiceId])).get(invoiceId) : undefined;
    if (!invoice) return invoiceNotFound(invoiceId);
    const [other] = (await creditNotesOn([invoiceId])).get(invoiceId) ?? [];
    if (other) {
      const message = `${invoice.number} is credited already, or there is a draft that credits a part of it. Credit the rest as a correction: what is still owed is billed again.`;
      return conflict("CREDITED_IN_PART", message, ["invoiceId"]);
    }
    const composed = await composeCreditNote(invoice, null);
    if (!composed.ok) return composed;
    if (contractIds.length === 0) {
      const message = `${invoice.number} bills no contract: nothing would be calculated to replace it. Credit it, and write another one.`;
      return conflict("REISSUE_WITHOUT_CONTRACT", message, ["invoiceId"]);
    }
    const { credits, before } = composed.value;
    const { currency, customerId } = invoice;
    const amount = totalsOf(credits).gross.negated();
    const refused = await limited({ kind: "credit_note", invoiceId, amount, currency, customerId }, caller);
    if (refused) return refused;

    const terms: CreditTerms = { ...given, effect: "reissue" };
    // Where usage came late already, the calculation has made the same credit note.
    const calculatedId = await explainCalculatedNote(invoiceId, terms, now);
    const creditNoteId = calculatedId ?? newId();
    if (calculatedId === null) await insertCreditNote({ ...terms, id: creditNoteId, invoiceId, credits, before }, now);
    await recalculateReissue(contractIds, { now, today });
    const reissueId = await findReissue(invoiceId);
    if (reissueId === null) {
      const message = `The schedule that ${invoice.number} bills is not active: nothing would replace it. Credit it without billing it again, or resume the schedule.`;
      return conflict("REISSUE_NOT_CALCULATED", message, ["invoiceId"]);
    }
    note({
      action: "credit_note.drafted",
      subjectType: "invoice",
      subjectId: creditNoteId,
      after: { ...terms, invoiceId, reissueId },
    });
    return ok({ creditNoteId, reissueId });
  },
});
