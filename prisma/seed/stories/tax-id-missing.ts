import { plainDate } from "../../../server/domain/calendar/plain-date";
import { updateCustomer } from "../../../server/modules/customer/update-customer";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Vesterhav Shipping ApS";
const alias = "vesterhav-shipping";
const startsOn = plainDate("2024-12-01");

/** 1,050 + 6,000 × 0.45 = 3,750; then 6,200: 3,840. */
export const taxIdMissing: Story = {
  customer: {
    name,
    alias,
    currency: "EUR",
    address: addressOf(name, "DK"),
    segment: "Mid market",
    contract: {
      name: "Business, 36 months",
      startsOn,
      endsBefore: plainDate("2027-12-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 6_000, months: { "2026-09": 6_000, "2026-10": 6_200 } }),
  },
  events: [
    {
      at: new Date("2026-10-27T14:00:00Z"),
      happen: (context, { customer: { customerId: id } }) =>
        carryOut(updateCustomer, context, { id, version: 1, changes: { taxId: null } }),
    },
  ],
  expectation: {
    previous: "3750.00",
    current: "3840.00",
    flags: ["BUYER_TAX_ID_MISSING"],
    driver: "VOLUME",
    reason: "The VAT number turned out to be no longer valid and was removed on 27 October; reverse charge needs one.",
    remedy: "Enter the new VAT number and recalculate.",
  },
};
