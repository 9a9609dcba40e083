import { Decimal, ZERO } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Refusal } from "../../platform/refusal";
import { type InvoiceLine, isCreditedItself, linesByInvoice } from "../invoice";
import type { AboveCreditable } from "./above-creditable";
import { composeCreditNote } from "./compose-credit-note";
import {
  type AskedLine,
  type AskedLines,
  type CreditTerms,
  checkAskedLines,
  checkTerms,
  totalsOf,
} from "./credit-note";
import { updateCreditNote as writeCreditNote } from "./credit-note.store";
import { limited } from "./limit-credits";
import { lockOwnDraft } from "./own-draft";

/** What is left out stays. */
export type CreditNoteChange = Partial<CreditTerms> & {
  readonly id: string;
  readonly version: number;
  readonly lines?: AskedLines;
};

/** Changes the draft of a credit note that people made. */
export const updateCreditNote = command({
  name: "updateCreditNote",
  permission: "run_billing",
  run: async (
    { id, version, lines, ...changes }: CreditNoteChange,
    { caller, now, note: audit },
  ): Promise<Result<{ readonly creditNoteId: string }, Refusal | AboveCreditable>> => {
    const draft = await lockOwnDraft(id, version);
    if (!draft.ok) return draft;
    const { note, original, terms: earlier } = draft.value;
    if (earlier.effect === "reissue") {
      const message = `It takes ${original.number} back as a whole, to bill it again. Delete it, and make another one.`;
      return conflict("CREDIT_NOTE_IS_WHOLE", message, ["id"]);
    }
    const terms = { ...earlier, ...changes };
    const problems = new InputProblems();
    checkTerms(terms, problems);
    if (lines !== undefined) checkAskedLines(lines, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);
    const asked = lines === undefined ? askedAgain((await linesByInvoice([id])).get(id) ?? []) : lines;
    const composed = await composeCreditNote(original, asked, { replacesNoteId: id });
    if (!composed.ok) return composed;

    const { credits, before } = composed.value;
    const totals = totalsOf(credits);
    const { currency, customerId } = original;
    const giving = { kind: "credit_note", invoiceId: original.id, currency, customerId } as const;
    const refused = await limited({ ...giving, amount: totals.gross.negated() }, caller);
    if (refused) return refused;
    await writeCreditNote({ ...terms, id, invoiceId: original.id, credits, before }, now);
    audit({
      action: "credit_note.changed",
      subjectType: "invoice",
      subjectId: id,
      before: { ...earlier, net: new Decimal(note.netTotal).toFixed(), tax: new Decimal(note.taxTotal).toFixed() },
      after: { ...terms, net: totals.net.toFixed(), tax: totals.tax.toFixed() },
    });
    return ok({ creditNoteId: id });
  },
});

/** What a draft takes back, as it would be asked for. */
function askedAgain(lines: readonly InvoiceLine[]): AskedLine[] {
  return lines.filter(isCreditedItself).map((line): AskedLine => {
    const priced = ZERO.minus(new Decimal(line.chargeAmount).minus(line.discountAmount));
    const quantity = line.quantity === null ? null : ZERO.minus(line.quantity);
    return {
      lineId: line.correctsLineId as string,
      quantity,
      amount: quantity === null && !priced.isZero() ? priced : null,
      gross: null,
      percent: null,
    };
  });
}
