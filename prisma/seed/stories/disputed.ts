import { plainDate } from "../../../server/domain/calendar/plain-date";
import { disputeInvoice } from "../../../server/modules/receivable/dispute";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { invoiceOfMonth } from "../history.store";
import { MONTH_BEFORE } from "../timeline";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Cresswell Optics Ltd";
const alias = "cresswell-optics";
const startsOn = plainDate("2025-02-01");

/** 900 + 5,200 × 0.40 = 2,980, with tax 3,576; then 900 + 5,300 × 0.40 = 3,020. */
export const disputed: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business, 36 months",
      startsOn,
      endsBefore: plainDate("2028-02-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 5_200, months: { "2026-09": 5_200, "2026-10": 5_300 } }),
    unpaidMonths: [MONTH_BEFORE],
  },
  events: [
    {
      at: new Date("2026-10-20T13:30:00Z"),
      happen: async (context, { customer }) => {
        const invoice = await invoiceOfMonth(customer.customerId, MONTH_BEFORE);
        const reason = "Says that 800 invoices of September were scanned twice.";
        if (invoice) await carryOut(disputeInvoice, context, { invoiceId: invoice.id, reason });
      },
    },
  ],
  expectation: {
    previous: "2980.00",
    current: "3020.00",
    flags: [],
    driver: "VOLUME",
    reason: "September's invoice is disputed; October's is as usual.",
    remedy: "None.",
    receivable: {
      month: MONTH_BEFORE,
      due: "3576.00",
      bucket: "disputed",
      remedy: "Look at September's usage by day, then credit what was counted twice, or resolve the dispute.",
    },
  },
};
