import { parseCurrency } from "../../domain/money/currency";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { invalid, invalidInput, notFound } from "../../platform/refusal";
import { PO_NUMBER_LENGTH } from "../contract";
import { customersById } from "../customer";
import { recalculateOneOffs } from "../invoice";
import { LINES_MAXIMUM } from "./add-manual-line";
import { readLines } from "./check-manual-line";
import { insertEmptyDraft, saveDraftPoNumber } from "./draft.store";
import type { AskedLine } from "./manual-line";
import { insertManualLines } from "./manual-line.store";
import { checkMemo } from "./update-draft-invoice";

export type NewOneOffInvoice = {
  readonly customerId: string;
  /** null: the customer's */
  readonly currency: string | null;
  readonly poNumber: string | null;
  readonly memo: string | null;
  readonly lines: readonly AskedLine[];
};

/** A draft of no contract, with lines that people write; it is issued like all others. */
export const createOneOffInvoice = command({
  name: "createOneOffInvoice",
  permission: "run_billing",
  run: async (input: NewOneOffInvoice, { caller, today, now, note }) => {
    const customer = isId(input.customerId)
      ? (await customersById([input.customerId])).get(input.customerId)
      : undefined;
    if (!customer) return notFound("customer", input.customerId, ["customerId"]);
    const parsed = parseCurrency(input.currency ?? customer.currency);
    if (!parsed.ok) {
      const message = `"${input.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`;
      return invalid("CURRENCY_UNKNOWN", message, ["currency"]);
    }
    const problems = new InputProblems();
    checkMemo(input.memo, problems);
    problems.checkOptionalText(input.poNumber, "The PO number", PO_NUMBER_LENGTH, "poNumber");
    if (input.lines.length === 0 || input.lines.length > LINES_MAXIMUM) {
      problems.report("LINES_OUT_OF_RANGE", `An invoice has 1 to ${LINES_MAXIMUM} lines.`, "lines");
    }
    const { code } = parsed.value;
    const read = await readLines(input.lines, code, problems, (index) => ["lines", String(index)]);
    const lines = read.flatMap((line) => line ?? []);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const invoiceId = newId();
    const days = {
      starts: lines.map((line) => line.serviceStartsOn),
      ends: lines.map((line) => line.serviceEndsBefore),
    };
    await insertEmptyDraft(
      {
        id: invoiceId,
        origin: "one_off",
        customerId: customer.id,
        billToCustomerId: customer.billToCustomerId,
        currency: code,
        billsOn: today,
        memo: input.memo,
        serviceStartsOn: days.starts.reduce((a, b) => (a < b ? a : b)),
        serviceEndsBefore: days.ends.reduce((a, b) => (a > b ? a : b)),
      },
      now,
    );
    if (input.poNumber !== null) await saveDraftPoNumber(invoiceId, input.poNumber);
    await insertManualLines(
      lines.map((line, index) => ({
        ...line,
        id: newId(),
        invoiceId,
        ordinal: index + 1,
        createdBy: caller.actor.name,
        createdAt: now,
      })),
    );
    await recalculateOneOffs([invoiceId], { today, now });
    note({ action: "invoice.created", subjectType: "invoice", subjectId: invoiceId, after: { ...input, lines } });
    return ok({ invoiceId });
  },
});
