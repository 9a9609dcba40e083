import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import type { PhasePlan } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Fernhill Clinics Ltd";
const alias = "fernhill-clinics";
const startsOn = plainDate("2026-09-01");
const free = [{ description: "Free trial", percent: "100" }];

const phases: readonly PhasePlan[] = [
  {
    name: "Trial",
    startsOn,
    charges: [
      { price: "platform-business", discounts: free },
      { price: "invoice-volume", discounts: free },
    ],
  },
  {
    name: "Business",
    startsOn: plainDate("2026-12-01"),
    charges: [{ price: "platform-business" }, { price: "invoice-volume" }],
  },
];

/** Everything at 100 % off until the end of November. */
export const zeroBillInTrial: Story = {
  customer: {
    name,
    alias,
    currency: "GBP",
    address: addressOf(name, "GB"),
    segment: "Mid market",
    contract: { name: "Trial, then Business", startsOn, endsBefore: plainDate("2028-12-01"), phases },
    usage: steadyUsage({
      metric: "invoices",
      alias,
      since: startsOn,
      typical: 700,
      months: { "2026-09": 700, "2026-10": 950 },
    }),
  },
  expectation: {
    previous: "0.00",
    current: "0.00",
    flags: ["ZERO_BILL"],
    driver: null,
    reason: "In its free trial until 30 November.",
    remedy: "None: a zero bill is issued and not mailed.",
  },
};
