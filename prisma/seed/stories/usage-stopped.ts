import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Millrace Textiles Ltd";
const alias = "millrace-textiles";
const startsOn = plainDate("2025-05-01");

/** 400 + 6,500 × 0.40 = 3,000; then 400 + 0 + true-up 1,500 = 1,900. */
export const usageStopped: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Team with committed volume, 24 months",
      startsOn,
      endsBefore: plainDate("2027-05-01"),
      phases: singlePhase(startsOn, [{ price: "platform-team" }, { price: "invoice-volume" }]),
      minimum: {
        description: "Committed invoice volume",
        amount: "1500.00",
        covers: ["invoice-volume"],
        product: "invoices",
      },
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 6_400, months: { "2026-09": 6_500, "2026-10": 0 } }),
  },
  expectation: {
    previous: "3000.00",
    current: "1900.00",
    flags: ["DROP"],
    driver: "VOLUME",
    reason: "No invoice came in October; the monthly minimum of 1,500.00 is billed instead of 2,600.00 of volume.",
    remedy: "Ask whether the customer's stream is down before the true-up is sent.",
  },
};
