import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { linesById } from "../invoice";
import { checkAmount, REASON_LENGTH } from "./check-manual-line";
import { recalculateEdited, takeDraft } from "./edit-draft";
import { saveOverride } from "./line-override.store";

export type NewOverride = {
  readonly lineId: string;
  /** of the draft */
  readonly version: number;
  readonly amount: Decimal;
  readonly reason: string;
};

/** Puts an own amount in place of what the engine came to. It stays where the draft is calculated anew. */
export const setLineOverride = command({
  name: "setLineOverride",
  permission: "run_billing",
  run: async ({ lineId, version, amount, reason }: NewOverride, scope) => {
    const line = isId(lineId) ? (await linesById([lineId])).get(lineId) : undefined;
    if (!line) {
      const gone = "A recalculation makes lines anew: read the draft again.";
      const refusal = notFound("invoice line", lineId, ["lineId"]);
      return { ...refusal, error: { ...refusal.error, message: `${refusal.error.message} ${gone}` } };
    }
    const taken = await takeDraft(line.invoiceId, version, ["lineId"]);
    if (!taken.ok) return taken;
    const draft = taken.value;
    const { contractId } = line;
    if (line.origin !== "engine" || contractId === null) {
      return conflict("LINE_IS_MANUAL", "People wrote this line: change it instead.", ["lineId"]);
    }
    if (line.kind === "credit" || draft.documentKind === "credit_note") {
      const message = "What credits pay, and what a credit note takes back, follows from other amounts.";
      return conflict("LINE_FOLLOWS", message, ["lineId"]);
    }
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", REASON_LENGTH, "reason");
    checkAmount(amount, draft.currency, problems, ["amount"]);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const { billingKey, description } = line;
    const engineAmount = line.engineAmount ?? new Decimal(line.chargeAmount).minus(line.discountAmount).toFixed();
    const overrideId = await saveOverride({
      id: newId(),
      contractId,
      billingKey,
      description,
      engineAmount,
      amount: amount.toFixed(currency(draft.currency).minorUnits),
      reason,
      createdBy: scope.caller.actor.name,
      createdAt: scope.now,
    });
    await recalculateEdited([draft], scope);
    scope.note({
      action: "line_override.set",
      subjectType: "invoice",
      subjectId: draft.id,
      before: { contractId, billingKey, amount: line.engineAmount === null ? engineAmount : line.netAmount },
      after: { overrideId, engineAmount, amount: amount.toFixed(), reason },
    });
    return ok({ overrideId });
  },
});
