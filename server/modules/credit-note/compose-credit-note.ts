import { ok, type Result } from "../../domain/result";
import { conflict, invalidInput, notFound, type Problem, type Refusal } from "../../platform/refusal";
import {
  type Creditable,
  type CreditOf,
  creditedOf,
  type Invoice,
  isCreditedItself,
  leftOfLine,
  loadCreditables,
  takeBack,
} from "../invoice";
import { type AboveCreditable, refuseLines } from "./above-creditable";
import { type AskedLines, toAskedCredit, totalsOf } from "./credit-note";
import type { CreditNoteToWrite } from "./credit-note.store";

export type ComposedNote = Pick<CreditNoteToWrite, "credits" | "before"> & { readonly creditable: Creditable };

/**
 * What a credit note over an issued invoice takes back. Drafts of other credit notes count as if they were issued, so that
 * together they never take more than there is.
 */
export async function composeCreditNote(
  invoice: Invoice,
  asked: AskedLines,
  { replacesNoteId = null }: { readonly replacesNoteId?: string | null } = {},
): Promise<Result<ComposedNote, Refusal | AboveCreditable>> {
  const refused = whyNotCreditable(invoice);
  if (refused) return refused;
  const loaded = (await loadCreditables([invoice])).get(invoice.id) as Creditable;
  const creditable = { ...loaded, credits: loaded.credits.filter(({ noteId }) => noteId !== replacesNoteId) };
  const problems = asked ? problemsOfLines(asked, creditable) : [];
  if (problems.length > 0) return invalidInput(problems);

  const wanted = new Map(asked?.map((each) => [each.lineId, toAskedCredit(each)]));
  const taken = takeBack(creditable, (line) => {
    if (asked !== null) return wanted.get(line.id) ?? null;
    const { charge, net, tax } = leftOfLine(line, creditable);
    return [charge, net, tax].every((amount) => amount.isZero()) ? null : { kind: "rest" };
  });
  if (!taken.ok) return refuseLines(taken.error, creditable, asked);
  const credits = taken.value;
  if (credits.length === 0) {
    return conflict("NOTHING_LEFT_TO_CREDIT", `All of ${invoice.number} is credited already.`, ["invoiceId"]);
  }
  if (totalsOf(credits).gross.gt(0)) {
    const message = "Together the lines are below zero: the customer would owe more. Credit the lines beside them too.";
    return conflict("CREDIT_NOTE_CHARGES", message, ["lines"]);
  }
  return ok({ creditable, credits, before: credits.map((credit) => beforeOf(credit, creditable)) });
}

const beforeOf = ({ line }: CreditOf, { credits }: Creditable) => {
  const { net, tax } = creditedOf(line, credits);
  return { net, tax };
};

function whyNotCreditable({ status, number, documentKind }: Invoice) {
  const path = ["invoiceId"];
  if (documentKind === "credit_note") {
    return conflict("CREDIT_NOTE_NOT_CREDITABLE", "A credit note is not credited itself.", path);
  }
  if (number === null) {
    return conflict("INVOICE_NOT_ISSUED", "It is a draft: change it, or finalize it first.", path);
  }
  return status === "voided"
    ? conflict("INVOICE_VOIDED", `${number} is void: there is nothing to credit.`, path)
    : null;
}

function problemsOfLines(asked: NonNullable<AskedLines>, { invoice, lines }: Creditable): Problem[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return asked.flatMap(({ lineId }, index): Problem[] => {
    const path = ["lines", String(index), "lineId"];
    const line = byId.get(lineId);
    if (!line) return [{ code: "LINE_NOT_FOUND", message: `${invoice.number} has no line ${lineId}.`, path }];
    if (isCreditedItself(line)) return [];
    const message = `"${line.description}" is what prepaid credits pay. It comes back with the line that it pays: credit that one.`;
    return [{ code: "LINE_OF_CREDITS", message, path }];
  });
}

export const invoiceNotFound = (id: string) => notFound("invoice", id, ["invoiceId"]);
