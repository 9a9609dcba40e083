import { plainDate } from "../../../server/domain/calendar/plain-date";
import { mapCustomerAlias } from "../../../server/modules/customer/map-customer-alias";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Cedar & Vale Insurance Inc.";
const alias = "cedar-vale-insurance";
const NEW_ALIAS = "cvi-production";
const startsOn = plainDate("2025-01-01");
const RENAMED_ON = plainDate("2026-10-12");
const metric = "invoices";

/** 1,150 + 9,000 × 0.50 = 5,650; drafted 1,150 + 3,200 × 0.50 = 2,750; with 5,900 under the new alias 5,700. */
export const aliasAfterDrafts: Story = {
  customer: {
    name,
    alias,
    currency: "USD",
    address: addressOf(name, "US"),
    segment: "Mid market",
    contract: {
      name: "Business, 36 months",
      startsOn,
      endsBefore: plainDate("2028-01-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: (month, random) =>
      month === "2026-10"
        ? [
            { metric, alias, from: plainDate("2026-10-01"), endsBefore: RENAMED_ON, quantity: 3_200 },
            { metric, alias: NEW_ALIAS, from: RENAMED_ON, endsBefore: plainDate("2026-11-01"), quantity: 5_900 },
          ]
        : steadyUsage({ metric, alias, typical: 8_900, months: { "2026-09": 9_000 } })(month, random),
  },
  events: [
    {
      at: new Date("2026-11-03T08:40:00Z"),
      happen: (context, { customer: { customerId } }) =>
        carryOut(mapCustomerAlias, context, { customerId, alias: NEW_ALIAS, startsOn: RENAMED_ON, endsBefore: null }),
    },
  ],
  expectation: {
    previous: "5650.00",
    current: "5700.00",
    flags: [],
    asDrafted: { current: "2750.00", flags: ["DROP", "STALE"] },
    driver: "VOLUME",
    reason: "Since 12 October the stream says cvi-production; the alias was mapped after the draft was calculated.",
    remedy: "Recalculate: the drop vanishes.",
  },
};
