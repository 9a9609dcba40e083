import { plainDate } from "../../../server/domain/calendar/plain-date";
import { plainMonth } from "../../../server/domain/calendar/plain-month";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Highmoor Joinery Ltd";
const alias = "highmoor-joinery";
const startsOn = plainDate("2025-04-01");
const JULY = plainMonth("2026-07");

/** July: 900 + 4,000 × 0.40 = 2,500, with tax 3,000, due on 2 September. 900 + 4,100 × 0.40 = 2,540; then 4,000: 2,500. */
export const longOverdue: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Small business",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-04-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({
      metric: "invoices",
      alias,
      typical: 4_000,
      months: { [JULY]: 4_000, "2026-09": 4_100, "2026-10": 4_000 },
    }),
    unpaidMonths: [JULY],
  },
  expectation: {
    previous: "2540.00",
    current: "2500.00",
    flags: [],
    driver: "VOLUME",
    reason: "July's invoice is overdue for two months; October's is as usual.",
    remedy: "None.",
    receivable: {
      month: JULY,
      due: "3000.00",
      bucket: "days61To90",
      remedy: "Send the reminder and call; September was paid, so July's invoice may have been lost.",
    },
  },
};
