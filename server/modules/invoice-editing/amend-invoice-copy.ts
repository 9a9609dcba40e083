import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalid, invalidInput } from "../../platform/refusal";
import { PO_NUMBER_LENGTH } from "../contract";
import { amendmentsByInvoice, currentDocument, insertAmendment, issuedDocument } from "../invoice";
import { loadOrganization } from "../organization";
import { REASON_LENGTH } from "./check-manual-line";
import { touchIssued } from "./issued.store";
import { type InvoiceSeen, takeIssued } from "./take-issued";
import { checkMemo } from "./update-draft-invoice";

export type CopyAmendment = InvoiceSeen & {
  readonly poNumber?: string | null | undefined;
  readonly memo?: string | null | undefined;
  readonly reason: string;
};

const AMENDMENTS_MAXIMUM = 100;

/** What is left out stays as on the last copy. The original is kept, and is what was issued. */
export const amendInvoiceCopy = command({
  name: "amendInvoiceCopy",
  permission: "run_billing",
  run: async ({ invoiceId, version, poNumber, memo, reason }: CopyAmendment, { caller, today, now, note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", REASON_LENGTH, "reason");
    problems.checkOptionalText(poNumber ?? null, "The PO number", PO_NUMBER_LENGTH, "poNumber");
    checkMemo(memo ?? null, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (!(await loadOrganization()).allowsAmendedCopies) {
      const message =
        "The organization issues no amended copies. An administrator may allow them; else credit it and issue it again.";
      return conflict("AMENDED_COPIES_NOT_ALLOWED", message);
    }
    const taken = await takeIssued(invoiceId, version);
    if (!taken.ok) return taken;
    const invoice = taken.value;
    const amendments = (await amendmentsByInvoice([invoiceId])).get(invoiceId) ?? [];
    const { poNumber: lastPoNumber, memo: lastMemo } = amendments.at(-1) ?? invoice;
    const before = { poNumber: lastPoNumber, memo: lastMemo };
    const after = {
      poNumber: poNumber === undefined ? before.poNumber : poNumber,
      memo: memo === undefined ? before.memo : memo,
    };
    if (after.poNumber === before.poNumber && after.memo === before.memo) {
      return invalid("NOTHING_AMENDED", "PO number and memo are as they were.", ["poNumber"]);
    }
    if (amendments.length >= AMENDMENTS_MAXIMUM) {
      return conflict("TOO_MANY_AMENDMENTS", `It has ${AMENDMENTS_MAXIMUM} amended copies already.`, ["invoiceId"]);
    }

    await issuedDocument(invoice);
    await insertAmendment({
      ...after,
      invoiceId,
      ordinal: amendments.length + 1,
      reason,
      amendedOn: today,
      amendedBy: caller.actor.name,
      amendedAt: now,
    });
    await currentDocument(invoice);
    await touchIssued(invoiceId, now);
    note({
      action: "invoice.copy_amended",
      subjectType: "invoice",
      subjectId: invoiceId,
      before,
      after: { ...after, reason },
    });
    return ok({ invoiceId });
  },
});
