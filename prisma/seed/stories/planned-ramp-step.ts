import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import type { ChargePlan, PhasePlan } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const name = "Northgate Robotics Inc.";
const alias = "northgate-robotics";
const startsOn = plainDate("2025-11-01");

const year = (number: number, firstDay: string, percent: string | null): PhasePlan => ({
  name: `Year ${number}`,
  startsOn: plainDate(firstDay),
  charges: [
    {
      price: "platform-enterprise",
      ...(percent !== null && { discounts: [{ description: `Ramp, year ${number}`, percent }] }),
    } satisfies ChargePlan,
    { price: "invoice-volume" },
  ],
});

/** October's fee 3,000 − 50 % + 2,000 × 0.50 = 2,500; November's fee 3,000 − 25 % + 2,100 × 0.50 = 3,300. */
export const plannedRampStep: Story = {
  customer: {
    name,
    alias,
    currency: "USD",
    address: addressOf(name, "US"),
    segment: "Mid market",
    contract: {
      name: "Enterprise, three-year ramp",
      startsOn,
      endsBefore: plainDate("2028-11-01"),
      phases: [year(1, "2025-11-01", "50"), year(2, "2026-11-01", "25"), year(3, "2027-11-01", null)],
    },
    usage: steadyUsage({
      metric: "invoices",
      alias,
      since: startsOn,
      typical: 1_900,
      months: { "2026-09": 2_000, "2026-10": 2_100 },
    }),
  },
  expectation: {
    previous: "2500.00",
    current: "3300.00",
    flags: ["SPIKE"],
    driver: "DISCOUNT",
    reason: "The ramp steps to its second year on 1 November: the platform fee goes from 1,500.00 to 2,250.00.",
    remedy: "None: it was agreed. Sign it off.",
  },
};
