import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Harbourlight Logistics Ltd";
const alias = "harbourlight-logistics";
const startsOn = plainDate("2025-02-01");

/** 900 + 8,000 × 0.40 = 4,100; then 900 + 10,000 × 0.40 + 14,000 × 0.30 = 9,100. */
export const usageTripled: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-02-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 7_900, months: { "2026-09": 8_000, "2026-10": 24_000 } }),
  },
  expectation: {
    previous: "4100.00",
    current: "9100.00",
    flags: ["SPIKE"],
    driver: "VOLUME",
    reason: "Invoice volume tripled from 8,000 to 24,000 and reached the second tier: 3,200.00 became 8,200.00.",
    remedy: "Ask the customer whether the volume is real; if so, sign it off.",
  },
};
