import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Oakmere Housing Ltd";
const alias = "oakmere-housing";
const startsOn = plainDate("2024-11-01");

/** 900 + 5,000 × 0.40 = 2,900; then 900 + 5,200 × 0.40 = 2,980 and 6,000 for the year from 1 November. */
export const annualInAdvance: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business with premium support, 36 months",
      startsOn,
      endsBefore: plainDate("2027-11-01"),
      phases: singlePhase(startsOn, [
        { price: "platform-business" },
        { price: "invoice-volume" },
        { price: "premium-support" },
      ]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 5_000, months: { "2026-09": 5_000, "2026-10": 5_200 } }),
  },
  expectation: {
    previous: "2900.00",
    current: "8980.00",
    flags: [],
    driver: "TIMING",
    reason: "Premium support of the year from 1 November, 6,000.00, is due: timing, as a year ago.",
    remedy: "None.",
  },
};
