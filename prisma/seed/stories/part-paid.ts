import { plainDate } from "../../../server/domain/calendar/plain-date";
import { recordPayment } from "../../../server/modules/receivable/record-payment";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { MONTH_BEFORE } from "../timeline";
import { paidByBank } from "./paid-by-bank";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Tamarack Freight LLC";
const alias = "tamarack-freight";
const startsOn = plainDate("2025-08-01");

/** 1,150 + 6,000 × 0.50 = 4,150, of which 2,500 were paid; then 1,150 + 6,100 × 0.50 = 4,200. */
export const partPaid: Story = {
  customer: {
    name,
    alias,
    currency: "USD",
    address: addressOf(name, "US"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-08-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 6_000, months: { "2026-09": 6_000, "2026-10": 6_100 } }),
    unpaidMonths: [MONTH_BEFORE],
  },
  events: [
    {
      at: new Date("2026-10-28T16:00:00Z"),
      happen: async (context, { customer }) => {
        const payment = await paidByBank(customer, { month: MONTH_BEFORE, amount: "2500", receivedOn: "2026-10-28" });
        if (payment) await carryOut(recordPayment, context, payment);
      },
    },
  ],
  expectation: {
    previous: "4150.00",
    current: "4200.00",
    flags: [],
    driver: "VOLUME",
    reason: "September's invoice is paid in part; October's is as usual.",
    remedy: "None.",
    receivable: {
      month: MONTH_BEFORE,
      due: "1650.00",
      bucket: "days1To30",
      remedy: "Ask for the rest, and record the day by which it is promised.",
    },
  },
};
