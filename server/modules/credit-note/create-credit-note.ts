import { ok, type Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, type Refusal } from "../../platform/refusal";
import { lockInvoices } from "../invoice";
import type { AboveCreditable } from "./above-creditable";
import { composeCreditNote, invoiceNotFound } from "./compose-credit-note";
import { type AskedLines, type CreditTerms, checkAskedLines, checkTerms, totalsOf } from "./credit-note";
import { insertCreditNote } from "./credit-note.store";
import { limited } from "./limit-credits";

export type NewCreditNote = CreditTerms & { readonly invoiceId: string; readonly lines: AskedLines };

type Drafted = Result<{ readonly creditNoteId: string }, Refusal | AboveCreditable>;

/** Makes the draft of a credit note over some lines of an issued invoice. It is issued like every draft: by finalizing it. */
export const createCreditNote = command({
  name: "createCreditNote",
  permission: "run_billing",
  run: (input: NewCreditNote, scope): Promise<Drafted> => draftCreditNote(input, scope),
});

/** Makes the draft of a credit note over all that is left of an issued invoice. */
export const creditInvoice = command({
  name: "creditInvoice",
  permission: "run_billing",
  run: (input: Omit<NewCreditNote, "lines">, scope): Promise<Drafted> =>
    draftCreditNote({ ...input, lines: null }, scope),
});

async function draftCreditNote(
  { invoiceId, lines, ...terms }: NewCreditNote,
  { caller, now, note }: CommandScope,
): Promise<Drafted> {
  const problems = new InputProblems();
  checkTerms(terms, problems);
  checkAskedLines(lines, problems);
  if (!problems.isEmpty) return invalidInput(problems.found);
  // Whoever else credits this invoice, or issues a credit note over it, waits.
  const invoice = isId(invoiceId) ? (await lockInvoices([invoiceId])).get(invoiceId) : undefined;
  if (!invoice) return invoiceNotFound(invoiceId);
  const composed = await composeCreditNote(invoice, lines);
  if (!composed.ok) return composed;

  const { credits, before } = composed.value;
  const totals = totalsOf(credits);
  const { currency, customerId } = invoice;
  const amount = totals.gross.negated();
  const refused = await limited({ kind: "credit_note", invoiceId, amount, currency, customerId }, caller);
  if (refused) return refused;
  const id = newId();
  await insertCreditNote({ ...terms, id, invoiceId, credits, before }, now);
  note({
    action: "credit_note.drafted",
    subjectType: "invoice",
    subjectId: id,
    after: { ...terms, invoiceId, net: totals.net.toFixed(), tax: totals.tax.toFixed() },
  });
  return ok({ creditNoteId: id });
}
