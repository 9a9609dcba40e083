import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Juniper Row Studios Ltd";
const alias = "juniper-row-studios";
const startsOn = plainDate("2026-10-12");

/** 900 × 20 / 31 = 580.65 and 1,500 × 0.40 = 600. */
export const midMonthFirstBill: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Small business",
    contract: {
      name: "Business in arrears, 24 months",
      startsOn,
      endsBefore: plainDate("2028-10-12"),
      phases: singlePhase(startsOn, [{ price: "platform-business-arrears" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, since: startsOn, typical: 1_500, months: { "2026-10": 1_500 } }),
  },
  expectation: {
    previous: "0.00",
    current: "1180.65",
    flags: ["FIRST_BILL"],
    driver: "NEW",
    reason: "New since 12 October: 20 of 31 days of the platform fee, and 1,500 invoices.",
    remedy: "Hold the bill against the signed contract, then sign it off.",
  },
};
