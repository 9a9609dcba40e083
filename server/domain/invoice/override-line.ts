import type { Decimal } from "../money/decimal";
import { money } from "../money/money";
import type { DocumentLine } from "./document-line";
import type { Line } from "./line";
import { makeLine } from "./make-line";

/** The amount that people set in place of the engine's. */
export type Override = {
  /** Before tax; with it where the prices of the document include it. */
  readonly amount: Decimal;
  readonly reason: string;
};

/**
 * A line of the engine with the amount that people set: the engine's stays beside it, for that is what counts as billed.
 * What came to the engine's amount, quantity and all, stays in the explanation; the line itself has no unit price any
 * more, as quantity × unit price is not what it asks for.
 */
export function overrideLine({ line, contractId }: DocumentLine, { amount, reason }: Override): DocumentLine {
  const { currency } = line.net;
  const engineAmount = line.net;
  const own = makeLine(line, {
    currency,
    description: line.description,
    precise: amount,
    charge: amount,
    ...(line.quantity && { quantity: line.quantity }),
    facts: () => line.driverFacts ?? null,
    explain: () => explained(line, { amount, reason }),
  });
  return { line: own, contractId, reason, engineAmount: money(engineAmount.amount, currency), taxCode: null };
}

/** All that the engine says, and then what people said. */
const explained = ({ explanation }: Line, { amount, reason }: Override): Partial<Line["explanation"]> => ({
  ...explanation,
  override: { engineAmount: explanation.result, amount: amount.toFixed(), reason },
});
