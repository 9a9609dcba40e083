import { plainDate } from "../../../server/domain/calendar/plain-date";
import { addressOf } from "../company-names";
import { singlePhase } from "../customer-plan";
import { steadyUsage } from "./steady-usage";
import type { Story } from "./story";

const startsOn = plainDate("2025-06-01");
const endsBefore = plainDate("2027-06-01");

const tidewater = "Tidewater Publishing Ltd";

/**
 * 400 + 3,000 × 0.40 + 20 × 45 = 2,500; then 400 + 1,200, 12 more seats for 20 of October's 31 days
 * (12 × 45 × 20 / 31 = 348.39), and 32 × 45 = 1,440 for November: 3,388.39.
 */
export const seatsAdded: Story = {
  customer: {
    name: tidewater,
    alias: "tidewater-publishing",
    currency: "GBP",
    address: addressOf(tidewater, "GB"),
    segment: "Small business",
    contract: {
      name: "Team with analytics, 24 months",
      startsOn,
      endsBefore,
      phases: singlePhase(startsOn, [
        { price: "platform-team" },
        { price: "invoice-volume" },
        { price: "analytics-seats-in-advance", quantity: 10 },
      ]),
    },
    seats: [
      { price: "analytics-seats-in-advance", on: startsOn, seats: 20 },
      { price: "analytics-seats-in-advance", on: plainDate("2026-10-12"), seats: 32 },
    ],
    usage: steadyUsage({
      metric: "invoices",
      alias: "tidewater-publishing",
      typical: 3_000,
      months: { "2026-09": 3_000, "2026-10": 3_000 },
    }),
  },
  expectation: {
    previous: "2500.00",
    current: "3388.39",
    flags: ["SPIKE"],
    driver: "VOLUME",
    reason: "20 analytics seats became 32 on 12 October: 348.39 for the rest of October and 540.00 more for November.",
    remedy: "None: the seats were ordered. Sign it off.",
  },
};

const marlowe = "Marlowe Learning Ltd";

/** 400 + 2,500 × 0.40 + 60 × 45 = 4,100; then 400 + 2,600 × 0.40 + 45 × (60 × 15 + 48 × 16) / 31 = 3,861.29. */
export const seatsReturned: Story = {
  customer: {
    name: marlowe,
    alias: "marlowe-learning",
    currency: "GBP",
    address: addressOf(marlowe, "GB"),
    segment: "Mid market",
    contract: {
      name: "Team with analytics, 24 months",
      startsOn,
      endsBefore,
      phases: singlePhase(startsOn, [
        { price: "platform-team" },
        { price: "invoice-volume" },
        { price: "analytics-seats", quantity: 40 },
      ]),
    },
    seats: [
      { price: "analytics-seats", on: startsOn, seats: 60 },
      { price: "analytics-seats", on: plainDate("2026-10-16"), seats: 48 },
    ],
    usage: steadyUsage({
      metric: "invoices",
      alias: "marlowe-learning",
      typical: 2_500,
      months: { "2026-09": 2_500, "2026-10": 2_600 },
    }),
  },
  expectation: {
    previous: "4100.00",
    current: "3861.29",
    flags: [],
    driver: "VOLUME",
    reason: "12 of 60 analytics seats were given back on 16 October; the change is below what is flagged.",
    remedy: "None.",
  },
};
