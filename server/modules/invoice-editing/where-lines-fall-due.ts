import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Invoice, InvoiceLine } from "../invoice";

/**
 * The day whose invoice the engine proposes a line for: in advance the first day served, in arrears the day after the last.
 * An adjustment, and a line whose own day was billed before, stand on the draft's own day.
 */
export function proposedOn({ billsOn }: Pick<Invoice, "billsOn">, line: InvoiceLine): PlainDate {
  if (line.kind === "adjustment") return billsOn;
  return line.timing === "in_advance" ? line.serviceStartsOn : line.serviceEndsBefore;
}
