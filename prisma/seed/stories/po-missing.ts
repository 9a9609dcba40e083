import { plainDate } from "../../../server/domain/calendar/plain-date";
import { updateCustomer } from "../../../server/modules/customer/update-customer";
import { carryOut } from "../carry-out";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Calder Valley Water Ltd";
const alias = "calder-valley-water";
const startsOn = plainDate("2025-07-01");

/** 900 + 7,500 × 0.40 = 3,900; then 7,600: 3,940. */
export const poMissing: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: {
      name: "Business, 24 months",
      startsOn,
      endsBefore: plainDate("2027-07-01"),
      phases: singlePhase(startsOn, [{ price: "platform-business" }, { price: "invoice-volume" }]),
    },
    usage: steadyUsage({ metric: "invoices", alias, typical: 7_500, months: { "2026-09": 7_500, "2026-10": 7_600 } }),
  },
  events: [
    {
      at: new Date("2026-10-05T11:00:00Z"),
      happen: (context, { customer: { customerId: id } }) =>
        carryOut(updateCustomer, context, { id, version: 1, changes: { isPoRequired: true } }),
    },
  ],
  expectation: {
    previous: "3900.00",
    current: "3940.00",
    flags: ["PO_NUMBER_MISSING"],
    driver: "VOLUME",
    reason: "Since 5 October the customer pays only against a PO number; the contract has none.",
    remedy: "Ask for the PO number, enter it on the contract and recalculate.",
  },
};
