import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { createCreditNote } from "../../../server/modules/credit-note/create-credit-note";
import { linesByInvoice } from "../../../server/modules/invoice";
import { recordPayment } from "../../../server/modules/receivable/record-payment";
import { carryOut, FOUNDER } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { invoiceOfMonth, markSentByHand } from "../history.store";
import { issue } from "../issue";
import { MONTH_BEFORE } from "../timeline";
import { paidByBank } from "./paid-by-bank";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Amberley Events Ltd";
const alias = "amberley-events";
const startsOn = plainDate("2025-09-01");
const CREDITED_AT = new Date("2026-10-15T10:00:00Z");

/** 900 + 6,000 × 0.40 = 3,300, less a tenth of the volume, 240: 3,060; then 3,300. With tax 3,960 − 288 = 3,672 were paid. */
export const creditedInPart: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-09-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 5_900, months: { "2026-09": 6_000, "2026-10": 6_000 } }),
    unpaidMonths: [MONTH_BEFORE],
  },
  events: [
    {
      at: CREDITED_AT,
      happen: async (context, { customer, catalog }) => {
        const invoice = await invoiceOfMonth(customer.customerId, MONTH_BEFORE);
        if (!invoice) return;
        const lines = (await linesByInvoice([invoice.id])).get(invoice.id) ?? [];
        const volume = lines.find(({ productId }) => productId === catalog.productId("invoices"));
        const tenth = { lineId: volume?.id ?? "", amount: null, gross: null, quantity: null, percent: new Decimal(10) };
        const { creditNoteId } = await carryOut(createCreditNote, context, {
          invoiceId: invoice.id,
          lines: [tenth],
          effect: "final",
          category: "service_failure",
          reason: "Three days of September without scanning.",
          serviceTiming: "past_service",
        });
        await issue([creditNoteId], CREDITED_AT);
        await markSentByHand([creditNoteId], { sentAt: CREDITED_AT, recordedBy: FOUNDER.name, payments: [] });
      },
    },
    {
      at: new Date("2026-10-27T11:00:00Z"),
      happen: async (context, { customer }) => {
        const payment = await paidByBank(customer, { month: MONTH_BEFORE, amount: "3672", receivedOn: "2026-10-27" });
        if (payment) await carryOut(recordPayment, context, payment);
      },
    },
  ],
  expectation: {
    previous: "3060.00",
    current: "3300.00",
    flags: [],
    driver: "CREDIT",
    reason:
      "A tenth of September's volume, 240.00, was credited on 15 October after an outage; October is billed in full.",
    remedy: "None.",
  },
};
