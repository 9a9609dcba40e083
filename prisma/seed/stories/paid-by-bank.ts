import { plainDate } from "../../../server/domain/calendar/plain-date";
import type { PlainMonth } from "../../../server/domain/calendar/plain-month";
import { Decimal } from "../../../server/domain/money/decimal";
import type { NewPayment } from "../../../server/modules/receivable";
import { invoiceOfMonth } from "../history.store";
import type { PlantedCustomer } from "../plant-customer";

/** What came in for the invoice of a month; null where the history does not go back so far. */
export async function paidByBank(
  { plan, customerId }: PlantedCustomer,
  { month, amount, receivedOn }: { readonly month: PlainMonth; readonly amount: string; readonly receivedOn: string },
): Promise<NewPayment | null> {
  const invoice = await invoiceOfMonth(customerId, month);
  if (!invoice) return null;
  return {
    customerId,
    currency: plan.currency,
    amount: new Decimal(amount),
    receivedOn: plainDate(receivedOn),
    method: "bank_transfer",
    reference: invoice.number,
    payerName: plan.name,
    payerAccount: null,
    note: null,
    allocations: [{ invoiceId: invoice.id, amount: new Decimal(amount) }],
  };
}
