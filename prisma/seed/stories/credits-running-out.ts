import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { grantCredits } from "../../../server/modules/credit/grant-credits";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Juniata Grain Inc.";
const alias = "juniata-grain";
const startsOn = plainDate("2025-05-01");
const invoices = { "2026-08": 4_600, "2026-09": 4_800, "2026-10": 4_700 };

/**
 * Of 6,000 in credits August took 4,600 × 0.50 = 2,300 and September 2,400; 1,300 are left. September's bill was the fee
 * of 1,150 alone; October's is 1,150 + 4,700 × 0.50 − 1,300 = 2,200.
 */
export const creditsRunningOut: Story = {
  customer: {
    name,
    alias,
    currency: "USD",
    address: addressOf(name, "US"),
    segment: "Mid market",
    contract: {
      name: "Business with prepaid volume, 24 months",
      startsOn,
      endsBefore: plainDate("2027-05-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 4_700, months: invoices }),
  },
  events: [
    {
      at: new Date("2026-07-21T15:00:00Z"),
      happen: (context, { customer: { customerId }, catalog }) =>
        carryOut(grantCredits, context, {
          customerId,
          kind: "prepaid",
          name: "Prepaid invoice volume",
          amount: new Decimal(6_000),
          currency: "USD",
          startsOn: plainDate("2026-08-01"),
          endsBefore: null,
          graceDays: null,
          priority: 0,
          productIds: [catalog.productId("invoices")],
          rollover: null,
          note: null,
        }),
    },
  ],
  expectation: {
    previous: "1150.00",
    current: "2200.00",
    flags: ["SPIKE"],
    driver: "CREDIT",
    reason:
      "The prepaid credits run out: 2,400.00 paid all of September's volume, the last 1,300.00 a part of October's.",
    remedy: "Offer the next package, then sign it off.",
  },
};
