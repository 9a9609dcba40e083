import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Redwood Harbor Foods Inc.";
const alias = "redwood-harbor-foods";
const startsOn = plainDate("2025-01-01");
const calls = { "2026-07": 290_000, "2026-08": 300_000, "2026-09": 310_000, "2026-10": 305_000 };

/** 1,150 + 4,000 × 0.50 + (900,000 − 300,000) × 0.0025 = 4,650; then 1,150 + 4,100 × 0.50 = 3,200. */
export const quarterlyInArrears: Story = {
  customer: {
    name,
    alias,
    currency: "USD",
    address: addressOf(name, "US"),
    segment: "Mid market",
    contract: {
      name: "Business with API, 36 months",
      startsOn,
      endsBefore: plainDate("2028-01-01"),
      phases: singlePhase(startsOn, [
        { price: "platform-business" },
        { price: "invoice-volume" },
        { price: "api-calls-quarterly" },
      ]),
    },
    usage: steadyUsage(
      { metric: "invoices", alias, typical: 4_000, months: { "2026-09": 4_000, "2026-10": 4_100 } },
      { metric: "api", alias, typical: 300_000, months: calls },
    ),
  },
  expectation: {
    previous: "4650.00",
    current: "3200.00",
    flags: [],
    driver: "TIMING",
    reason: "September also bore the API calls of the third quarter, 1,500.00: timing.",
    remedy: "None.",
  },
};
