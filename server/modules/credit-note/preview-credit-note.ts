import { ok, type Result } from "../../domain/result";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { type CreditOf, type Invoice, invoicesById } from "../invoice";
import type { AboveCreditable } from "./above-creditable";
import { composeCreditNote, invoiceNotFound } from "./compose-credit-note";
import { type AskedLines, checkAskedLines } from "./credit-note";

export type PreviewedNote = { readonly invoice: Invoice; readonly credits: readonly CreditOf[] };

/** What a credit note over these lines would take back; saves nothing. */
export async function previewCreditNote(
  context: RequestContext,
  { invoiceId, lines }: { readonly invoiceId: string; readonly lines: AskedLines },
): Promise<Result<PreviewedNote, Refusal | AboveCreditable>> {
  context.require("read");
  const problems = new InputProblems();
  checkAskedLines(lines, problems);
  if (!problems.isEmpty) return invalidInput(problems.found);
  const invoice = isId(invoiceId) ? (await invoicesById([invoiceId])).get(invoiceId) : undefined;
  if (!invoice) return invoiceNotFound(invoiceId);
  const composed = await composeCreditNote(invoice, lines);
  return composed.ok ? ok({ invoice, credits: composed.value.credits }) : composed;
}
