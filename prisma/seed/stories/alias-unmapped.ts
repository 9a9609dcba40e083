import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Acme Europe B.V.";
const alias = "acme-eu";
const startsOn = plainDate("2024-10-01");
const RENAMED_ON = plainDate("2026-10-17");

/**
 * 1,050 + 10,000 × 0.45 + 1,800 × 0.34 = 6,162; then 1,050 + 6,400 × 0.45 = 3,930, for since 17 October the stream says
 * ACME-EU, which is nobody's: 5,600 invoices, at the usual price in pounds 5,600 × 0.40 = 2,240.
 */
export const aliasUnmapped: Story = {
  customer: {
    name,
    alias,
    currency: "EUR",
    address: addressOf(name, "NL"),
    segment: "Mid market",
    contract: {
      name: "Business, 36 months",
      startsOn,
      endsBefore: plainDate("2027-10-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: (month, random) =>
      month === "2026-10"
        ? [
            { metric: "invoices", alias, from: plainDate("2026-10-01"), endsBefore: RENAMED_ON, quantity: 6_400 },
            {
              metric: "invoices",
              alias: "ACME-EU",
              from: RENAMED_ON,
              endsBefore: plainDate("2026-11-01"),
              quantity: 5_600,
            },
          ]
        : steadyUsage({ metric: "invoices", alias, typical: 11_600, months: { "2026-09": 11_800 } })(month, random),
  },
  expectation: {
    previous: "6162.00",
    current: "3930.00",
    flags: ["DROP"],
    driver: "VOLUME",
    reason: "Since 17 October 5,600 invoices came under ACME-EU, an alias that is nobody's.",
    remedy: "Map ACME-EU to Acme Europe B.V. and recalculate: 2,300.00 more, 6,230.00 in all.",
  },
};

export const UNATTRIBUTED = {
  alias: "ACME-EU",
  metric: "invoices",
  quantity: "5600",
  estimatedValue: { amount: "2240.00", currency: "GBP" },
  similarAliases: ["acme-eu"],
  remedy: "Map ACME-EU to Acme Europe B.V. from 17 October.",
};
