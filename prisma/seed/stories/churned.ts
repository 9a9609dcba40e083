import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Brackenridge Media Ltd";
const alias = "brackenridge-media";
const startsOn = plainDate("2024-10-01");

/** 3,000 × 0.40 = 1,200 in September, the last month; nothing after that. */
export const churned: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Small business",
    contract: {
      name: "Team, 24 months",
      startsOn,
      endsBefore: plainDate("2026-10-01"),
      phases: singlePhase(startsOn, [{ price: "platform-team" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 3_000, months: { "2026-09": 3_000, "2026-10": 0 } }),
  },
  expectation: {
    previous: "1200.00",
    current: "0.00",
    flags: ["MISSING_BILL"],
    driver: "LOST",
    reason: "The contract ended on 30 September and was not renewed.",
    remedy: "None: the customer has left. Sign it off.",
  },
};
