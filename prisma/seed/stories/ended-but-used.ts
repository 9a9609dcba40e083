import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Kestrel Aviation Inc.";
const alias = "kestrel-aviation";
const startsOn = plainDate("2024-10-01");

/** September's 8,400 × 0.50 = 4,200 was the last bill; October's 4,200 invoices have no contract. */
export const endedButUsed: Story = {
  customer: {
    name,
    alias,
    currency: "USD",
    address: addressOf(name, "US"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2026-10-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 8_300, months: { "2026-09": 8_400, "2026-10": 4_200 } }),
  },
  expectation: {
    previous: "4200.00",
    current: "0.00",
    flags: ["MISSING_BILL"],
    driver: "LOST",
    reason: "The contract ended on 30 September, yet 4,200 invoices came in October: 2,100.00 at the old price.",
    remedy: "Renew the contract from 1 October, or stop the stream.",
  },
};
