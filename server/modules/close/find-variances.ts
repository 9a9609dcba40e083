import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Finding } from "../../domain/close/checklist";
import { moneyText } from "../../domain/money/money";
import { unsignedVariances } from "../month-end";

/** Flagged changes against the month before that nobody signed off, or that changed since somebody did. */
export async function variancesUnsigned(month: PlainMonth, today: PlainDate): Promise<Finding[]> {
  const variances = await unsignedVariances(month, today);
  return variances.map(({ id, customerName, number, flags, reason, change, wasSigned }) => ({
    subjectId: id,
    subject: number === null ? customerName : `${customerName}, ${number}`,
    problem: `${wasSigned ? "Changed since it was signed off" : "Nobody signed it off"} (${flags
      .map((flag) => flag.toLowerCase().replaceAll("_", " "))
      .join(", ")})${reason === null ? "." : `: ${reason}`}`,
    remedy: "Sign it off if it is right; else mend it and recalculate.",
    amount: moneyText(change),
    currency: change.currency.code,
  }));
}
