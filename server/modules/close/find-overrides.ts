import type { Finding } from "../../domain/close/checklist";
import { currency } from "../../domain/money/currency";
import { money, moneyText } from "../../domain/money/money";
import { type LineOverride, listOverrides } from "../invoice-editing";

const SHOWN = 1_000;

/** Amounts that people set whose base has moved since, or whose line no draft has any more. */
export async function overridesUnconfirmed(): Promise<Finding[]> {
  const page = { limit: SHOWN, after: null };
  const moved = await listOverrides({ state: "unconfirmed", contractId: null }, page);
  const vanished = await listOverrides({ state: "vanished", contractId: null }, page);
  return [...moved, ...vanished].map((override) => {
    const text = (amount: string) => moneyText(money(amount, currency(override.currency)));
    return {
      subjectId: override.id,
      subject: `${override.description}, set to ${text(override.amount)} by ${override.createdBy}`,
      amount: text(override.amount),
      currency: override.currency,
      ...whatHappened(override, text),
    };
  });
}

function whatHappened(
  { engineAmount, engineAmountNow }: LineOverride,
  text: (amount: string) => string,
): Pick<Finding, "problem" | "remedy"> {
  return engineAmountNow === null
    ? { problem: "No draft has its line any more.", remedy: "Remove the override, or bring back what it was about." }
    : {
        problem: `It was set in the place of ${text(engineAmount)}; now the line comes to ${text(engineAmountNow)}.`,
        remedy: "Confirm the override, change it or remove it.",
      };
}
