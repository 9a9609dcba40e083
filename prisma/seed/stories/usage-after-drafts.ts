import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Saltmarsh Energy Ltd";
const alias = "saltmarsh-energy";
const startsOn = plainDate("2024-08-01");
const metric = "invoices";

/** 900 + 9,600 × 0.40 = 4,740; drafted 900 + 7,400 × 0.40 = 3,860; with 2,300 more 4,780. */
export const usageAfterDrafts: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business, 36 months",
      startsOn,
      endsBefore: plainDate("2027-08-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: (month, random) => {
      if (month !== "2026-10")
        return steadyUsage({ metric, alias, typical: 9_500, months: { "2026-09": 9_600 } })(month, random);
      const cut = plainDate("2026-10-26");
      return [
        { metric, alias, from: plainDate("2026-10-01"), endsBefore: cut, quantity: 7_400 },
        {
          metric,
          alias,
          from: cut,
          endsBefore: plainDate("2026-11-01"),
          quantity: 2_300,
          delivery: { name: "late-file", at: new Date("2026-11-03T08:20:00Z") },
        },
      ];
    },
  },
  expectation: {
    previous: "4740.00",
    current: "4780.00",
    flags: [],
    asDrafted: { current: "3860.00", flags: ["STALE"] },
    driver: "VOLUME",
    reason: "The file with the last six days of October came after the draft was calculated: 2,300 invoices.",
    remedy: "Recalculate.",
  },
};
