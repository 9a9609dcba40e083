import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Wetherby Roasters Ltd";
const alias = "wetherby-roasters";
const startsOn = plainDate("2026-05-01");

/** 900 + 120 + 4,500 × 0.40 = 2,820; then 900 + 120 + 4,600 × 0.40 = 2,860. */
export const accountUnmapped: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business with supplier portal, 24 months",
      startsOn,
      endsBefore: plainDate("2028-05-01"),
      phases: singlePhase(startsOn, [
        { price: "platform-business" },
        { price: "supplier-portal" },
        { price: "invoice-volume" },
      ]),
    },
    usage: steadyUsage({
      metric: "invoices",
      alias,
      since: startsOn,
      typical: 4_500,
      months: { "2026-09": 4_500, "2026-10": 4_600 },
    }),
  },
  expectation: {
    previous: "2820.00",
    current: "2860.00",
    flags: [],
    driver: "VOLUME",
    reason: "It is the first to have the supplier portal, a product without a ledger account.",
    remedy: "None; the account is missing in the export.",
  },
};

export const UNMAPPED = {
  product: "PORTAL",
  code: "LEDGER_ACCOUNT_MISSING",
  customer: name,
  remedy: "Set the ledger account of the supplier portal, then export again.",
};
