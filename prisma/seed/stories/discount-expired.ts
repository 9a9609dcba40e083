import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Pemberton Retail Group Ltd";
const alias = "pemberton-retail-group";
const startsOn = plainDate("2025-11-01");
const launch = { description: "Launch discount, first year", percent: "40", endsBefore: plainDate("2026-11-01") };

/** October's fee 2,400 − 40 % + 4,000 × 0.40 = 3,040; November's fee 2,400 + 4,100 × 0.40 = 4,040. */
export const discountExpired: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Enterprise, 36 months",
      startsOn,
      endsBefore: plainDate("2028-11-01"),
      phases: singlePhase(startsOn, [
        { price: "platform-enterprise", discounts: [launch] },
        { price: "invoice-volume" },
        { price: "onboarding" },
      ]),
    },
    usage: steadyUsage({
      metric: "invoices",
      alias,
      since: startsOn,
      typical: 4_000,
      months: { "2026-09": 4_000, "2026-10": 4_100 },
    }),
  },
  expectation: {
    previous: "3040.00",
    current: "4040.00",
    flags: ["SPIKE"],
    driver: "DISCOUNT",
    reason: "The launch discount of 40 % ended with October: the platform fee goes from 1,440.00 to 2,400.00.",
    remedy: "None: it was agreed. Warn the account manager, then sign it off.",
  },
};
